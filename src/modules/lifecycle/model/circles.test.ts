import { expect, test } from 'vitest';
import { circlesOf } from './circles.ts';
import { DEFAULT_MODELS } from './defaults.ts';
import type { StageMove } from './definition.shared.ts';

const way = (from: string, to: string, filter: unknown): StageMove => ({
  from,
  to,
  filter,
  evidence: { zh: '', en: '' },
});
const size = (op: string, value: unknown) => ({ field: 'employees', op, value });
const city = (op: string, value: unknown) => ({ field: 'city', op, value });
const measure = (name: string, op: string, value: number) => ({ measure: { name, op, value } });
const tasks = { related: 'task', via: 'customer', aggregate: { fn: 'count' }, op: 'gte', value: 1 };

test.each<[string, unknown, unknown, 'no' | 'perhaps' | 'surely']>([
  ['ranges that exclude each other', size('gte', 100), size('lt', 100), 'no'],
  ['ranges that share one number', size('gte', 100), size('lte', 100), 'surely'],
  ['the same number left out', size('gt', 100), size('lte', 100), 'no'],
  ['ranges that overlap', size('gte', 100), size('lt', 500), 'surely'],
  ['two different fields', size('gte', 100), city('eq', '杭州市'), 'surely'],
  ['different values', city('eq', '宁波市'), city('eq', '杭州市'), 'no'],
  ['lists with one in common', city('in', ['宁波市', '杭州市']), city('eq', '杭州市'), 'surely'],
  ['a listed number within a range', size('eq', 5), size('lt', 10), 'surely'],
  ['a listed number outside', size('eq', 50), size('lt', 10), 'no'],
  ['one measure, apart', measure('contacts', 'gte', 5), measure('contacts', 'lt', 5), 'no'],
  ['one measure, overlapping', measure('contacts', 'gte', 5), measure('contacts', 'gte', 2), 'surely'],
  [
    'measures that may hang together',
    measure('daysSinceContact', 'gte', 90),
    measure('contacts', 'gte', 2),
    'perhaps',
  ],
  ['measure and related records', measure('contacts', 'gte', 2), tasks, 'perhaps'],
  ['alternatives', { or: [size('gte', 1), city('eq', '杭州市')] }, size('lt', 500), 'perhaps'],
  [
    'one of several parts excludes',
    { and: [size('gte', 100), city('eq', '杭州市')] },
    { and: [size('lt', 100)] },
    'no',
  ],
  ['by hand only', size('gte', 100), null, 'no'],
])('there and back by %s', (_what, there, back, expected) => {
  const [circle] = circlesOf([way('a', 'b', there), way('b', 'a', back)]);
  expect(circle ? (circle.certain ? 'surely' : 'perhaps') : 'no').toBe(expected);
});

test('a way round over several stages is found once', () => {
  const moves = [way('a', 'b', size('gte', 1)), way('b', 'c', size('gte', 2)), way('c', 'a', size('gte', 3))];
  expect(circlesOf(moves)).toEqual([{ moves: [0, 1, 2], certain: true }]);
});

test('what is shipped contradicts itself nowhere for sure', () => {
  for (const { moves } of Object.values(DEFAULT_MODELS))
    expect(circlesOf(moves).filter(({ certain }) => certain)).toEqual([]);
});
