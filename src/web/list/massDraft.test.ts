import { describe, expect, test } from 'vitest';
import type { MetaEntity, MetaField } from '../api/types.ts';
import { massDraft, massFields } from './massDraft.ts';

const field = (name: string, more: Partial<MetaField> = {}) =>
  ({ name, label: name, kind: 'text', access: 'write', ...more }) as MetaField;
const name = field('name', { required: true });
const city = field('city');
const source = field('source', { kind: 'choice', required: true });
const tags = field('tags', { kind: 'references' });
const fields = [city, source, tags];

test('one may set what one may write, but neither the name nor the owner', () => {
  const entity = {
    title: 'name',
    fields: [
      name,
      city,
      field('owner', { kind: 'reference' }),
      field('grade', { access: 'read' }),
      field('kind', { immutable: true }),
    ],
  } as unknown as MetaEntity;
  expect(massFields(entity).map((each) => each.name)).toEqual(['city']);
});

describe('what was filled in', () => {
  test('nothing chosen is nothing to send, and no second field is asked for', () => {
    expect(massDraft(fields, [{ name: null, value: null }])).toEqual({
      set: {},
      emptied: [],
      ready: false,
      more: false,
    });
  });

  test('values go as the server reads them, references by their ids', () => {
    const draft = massDraft(fields, [
      { name: 'city', value: '杭州市' },
      { name: 'tags', value: [{ id: 't1', title: '重点' }] },
    ]);
    expect(draft).toEqual({ set: { city: '杭州市', tags: ['t1'] }, emptied: [], ready: true, more: true });
  });

  test.each([[null], [''], [[]], [undefined]])('%j empties the field, which is told before', (value) => {
    const draft = massDraft(fields, [{ name: 'city', value }]);
    expect(draft.emptied).toEqual([city]);
    expect(draft.ready).toBe(true);
  });

  test('what must be filled in cannot be emptied, whatever else is chosen', () => {
    const draft = massDraft(fields, [
      { name: 'city', value: '杭州市' },
      { name: 'source', value: null },
    ]);
    expect([draft.ready, draft.emptied]).toEqual([false, [source]]);
  });

  test('a row without a field is not sent, and comes before another', () => {
    const rows = [
      { name: 'city', value: '杭州市' },
      { name: null, value: null },
    ];
    expect(massDraft(fields, rows)).toMatchObject({ set: { city: '杭州市' }, ready: true, more: false });
  });

  test('when every field is chosen there is none to add', () => {
    const rows = fields.map((each) => ({ name: each.name, value: 'x' }));
    expect(massDraft(fields, rows).more).toBe(false);
  });
});
