import { describe, expect, test } from 'vitest';
import { holds, type Sense } from './condition.ts';
import type { Condition } from './flow.shared.ts';

const sense: Sense = {
  kinds: new Map(
    Object.entries({
      amount: 'money',
      discount: 'decimal',
      rows: 'integer',
      grade: 'choice',
      city: 'region',
      departments: 'references',
      due: 'date',
      seen: 'instant',
      vip: 'boolean',
      name: 'text',
    }),
  ),
  timeZone: 'Asia/Shanghai',
  now: '2026-11-22T08:00:00Z',
};
const values = {
  amount: '50000.00',
  discount: '0.15',
  rows: 1200,
  grade: 'A',
  city: '杭州市',
  departments: ['sales', 'east'],
  due: '2026-11-22',
  seen: '2026-11-21T16:30:00Z',
  vip: true,
  name: 'Yunfan 云帆',
};
const met = (condition: Condition) => holds(condition, values, sense);

test.each<[string, string, unknown, boolean]>([
  ['amount', 'gt', '9999.99', true],
  ['amount', 'gt', { amount: '50000', currency: 'CNY' }, false],
  ['amount', 'gte', '50000', true],
  ['amount', 'eq', '50000', true],
  ['amount', 'between', ['50000', '60000'], true],
  ['amount', 'lt', '100000', true],
  ['discount', 'lte', '0.150', true],
  ['discount', 'gt', '0.15', false],
  ['rows', 'gt', 999, true],
  ['rows', 'in', [1, 1200], true],
  ['rows', 'nin', [1, 1200], false],
  ['grade', 'in', ['A', 'S'], true],
  ['grade', 'ne', 'B', true],
  ['city', 'eq', '杭州', true],
  ['city', 'eq', '上海', false],
  ['departments', 'contains', 'east', true],
  ['departments', 'in', ['west'], false],
  ['departments', 'nin', ['west'], true],
  ['due', 'eq', 'today', true],
  ['due', 'gt', '2026-11-22', false],
  ['due', 'gte', '2026-11-22', true],
  ['due', 'between', ['2026-11-01', '2026-11-30'], true],
  ['seen', 'eq', '2026-11-22', true],
  ['seen', 'lt', '2026-11-22', false],
  ['vip', 'eq', true, true],
  ['name', 'contains', 'YUNFAN', true],
  ['name', 'startsWith', '云', false],
  ['name', 'empty', undefined, false],
  ['missing', 'empty', undefined, true],
  ['missing', 'eq', 'x', false],
  ['missing', 'ne', 'x', true],
  ['amount', 'gt', 'not a number', false],
  ['rows', 'unknown', 1, false],
])('%s %s %j is %s', (field, op, value, expected) => {
  expect(met({ field, op, value })).toBe(expected);
});

describe('joined', () => {
  const yes: Condition = { field: 'vip', op: 'eq', value: true };
  const no: Condition = { not: yes };
  test.each<[Condition, boolean]>([
    [{ and: [yes, yes] }, true],
    [{ and: [yes, no] }, false],
    [{ or: [no, yes] }, true],
    [{ or: [no, no] }, false],
    [{ not: { or: [no, no] } }, true],
  ])('%j is %s', (condition, expected) => expect(met(condition)).toBe(expected));
});
