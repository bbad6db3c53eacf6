import { describe, expect, it } from 'vitest';
import type { MetaEntity, MetaField } from '../api/types.ts';
import { errorsByField, groupsOf, initialValues, missingFields, trimmed } from './model.ts';

const field = (name: string, more: Partial<MetaField> = {}): MetaField => ({
  name,
  kind: 'text',
  label: name,
  access: 'write',
  ...more,
});

const entity: MetaEntity = {
  name: 'customer',
  plural: 'customers',
  label: 'Customer',
  manyLabel: 'Customers',
  module: 'customers',
  title: 'name',
  scope: 'own',
  fields: [
    field('number', { access: 'read' }),
    field('name', { required: true, group: 'basic' }),
    field('kind', { required: true, default: 'company', group: 'basic' }),
    field('province', { kind: 'region', level: 'province', group: 'place' }),
    field('city', { kind: 'region', level: 'city', group: 'place', quick: true }),
    field('secret', { access: 'masked' }),
    field('code', { immutable: true }),
    field('source', { quick: true }),
    field('createdAt', { access: 'read', kind: 'instant' }),
  ],
  list: { columns: ['name'], sort: '-updatedAt' },
  actions: ['read', 'create'],
  commands: [],
  children: [],
  timeline: false,
};

const names = (creating: boolean, quick: boolean) =>
  groupsOf(entity, creating, quick).map((group) => [
    group.name,
    group.fields.map((item) => item.name).join(),
  ]);

describe('groups', () => {
  it('keeps to writable fields and makes one control of a region', () => {
    expect(names(true, false)).toEqual([
      ['basic', 'name,kind'],
      ['place', 'province'],
      [null, 'code,source'],
    ]);
  });
  it('leaves out what is written once when editing', () => {
    expect(names(false, false).at(-1)).toEqual([null, 'source']);
  });
  it('the quick form has the title, the required without default, and the quick fields', () => {
    expect(names(true, true)).toEqual([[null, 'name,province,source']]);
  });
});

describe('values', () => {
  it('start with defaults, overruled by what is given', () => {
    expect(initialValues(entity)).toEqual({ kind: 'company' });
    expect(initialValues(entity, { kind: 'person', name: 'A' })).toEqual({ kind: 'person', name: 'A' });
  });
  it('lose empty lines and outer spaces', () => {
    expect(trimmed({ a: ['1', ''], b: ' x ', c: null, d: 0, e: ' ' })).toEqual({
      a: ['1'],
      b: 'x',
      c: null,
      d: 0,
      e: null,
    });
  });
  it.each([
    [{}, true, ['name', 'kind']],
    [{ name: 'A', kind: 'x' }, true, []],
    [{ name: '' }, false, ['name']],
    [{}, false, []],
  ])('%j (creating %s) misses %j', (values, creating, missing) => {
    expect(missingFields(entity, values, creating)).toEqual(missing);
  });
});

describe('errors', () => {
  it('stand beside their field, the first of each; unknown paths go to the head', () => {
    const problem = {
      type: '',
      title: '',
      status: 422,
      code: 'invalid',
      detail: '',
      errors: [
        { path: 'name', code: 'a', message: 'first' },
        { path: 'name.0', code: 'b', message: 'second' },
        { path: 'other', code: 'c', message: 'head' },
      ],
    };
    expect(errorsByField(entity, problem)).toEqual({ fields: { name: 'first' }, rest: ['head'] });
  });
});
