import { expect, test } from 'vitest';
import type { MetaEntity, MetaField } from '../../../web/api/types.ts';
import {
  choiceAt,
  emptyDraft,
  groupBy,
  measureOf,
  moved,
  ownChoices,
  queryOf,
  referredChoices,
} from './model.ts';

const field = (name: string, kind: MetaField['kind'], more: Partial<MetaField> = {}): MetaField => ({
  name,
  kind,
  label: name.toUpperCase(),
  access: 'read',
  ...more,
});
const entity = (name: string, ...fields: MetaField[]) => ({ name, fields }) as MetaEntity;
const customer = entity('customer', field('city', 'region'), field('phone', 'phone'));
const deal = entity(
  'deal',
  field('amount', 'money'),
  field('closedOn', 'date'),
  field('customer', 'reference', { to: 'customer' }),
  field('secret', 'text', { access: 'masked' }),
  field('note', 'longText'),
);
const meta = { entity: (name: string) => [customer, deal].find((each) => each.name === name) };

test('offers fields that can be counted by, also of what records refer to', () => {
  expect(ownChoices(deal).map(({ path }) => path)).toEqual(['amount', 'closedOn', 'customer']);
  expect(referredChoices(meta, deal)).toMatchObject([
    { label: 'CUSTOMER', choices: [{ path: 'customer.city' }] },
  ]);
  expect(choiceAt(meta, deal, 'customer.city')?.label).toBe('CUSTOMER › CITY');
  expect(choiceAt(meta, deal, 'customer.nothing')).toBeUndefined();
});

test.each([
  ['amount', { field: 'amount', cuts: [1000, 10_000, 100_000] }, { fn: 'sum', field: 'amount' }],
  ['closedOn', { field: 'closedOn', by: 'month' }, { fn: 'min', field: 'closedOn' }],
  ['customer', { field: 'customer' }, { fn: 'distinct', field: 'customer' }],
])('%s as a group and as a number', (path, group, value) => {
  const choice = choiceAt(meta, deal, path)!;
  expect([groupBy(choice), measureOf(choice)]).toEqual([group, value]);
});

test('what is unfinished is not asked', () => {
  const draft = {
    ...emptyDraft('deal', { and: [] }),
    values: [{ fn: 'count' as const, where: { and: [] } }],
    sort: { by: 3 },
  };
  expect(queryOf(draft, () => null)).toEqual({
    entity: 'deal',
    rows: [],
    columns: [],
    values: [{ fn: 'count' }],
  });
  expect(queryOf({ ...draft, values: [] }, () => null)).toBeNull();
});

test.each([
  [0, 2, ['b', 'c', 'a']],
  [2, 0, ['c', 'a', 'b']],
  [1, 1, ['a', 'b', 'c']],
])('moves from %i to %i', (from, to, result) => {
  expect(moved(['a', 'b', 'c'], from, to)).toEqual(result);
});
