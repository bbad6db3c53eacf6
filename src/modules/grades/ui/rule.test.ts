import { expect, test } from 'vitest';
import type { RuleFilter } from '../scheme/definition.shared.ts';
import { filterOfRule, ruleOf } from './rule.ts';

const city: RuleFilter = { field: 'city', op: 'in', value: ['杭州'] };
const often: RuleFilter = { measure: { name: 'contacts', op: 'gte', value: 2, days: 90 } };

test.each<[string, RuleFilter]>([
  ['a field', { and: [city] }],
  ['a number', { and: [often] }],
  ['both', { and: [city, often] }],
  ['several fields and a number', { and: [city, { field: 'size', op: 'in', value: ['large'] }, often] }],
])('%s comes back from the editor as it went in', (_what, rule) => {
  expect(filterOfRule(ruleOf(rule))).toEqual(rule);
});

test('what is not filled in is left out, and nothing said is no rule', () => {
  expect(filterOfRule(ruleOf(null))).toBeNull();
  expect(
    filterOfRule({
      filter: { and: [{ field: 'city', op: 'in', value: [] }] },
      measures: [{ name: '', op: 'gte', value: 0 }],
    }),
  ).toBeNull();
});

test('alternatives stay together beside a number', () => {
  const either = { or: [city, { field: 'employees', op: 'gte', value: 9 }] } as RuleFilter;
  const { filter, measures } = ruleOf({ and: [either, often] });
  expect([filter, measures.length]).toEqual([either, 1]);
  expect(filterOfRule({ filter, measures })).toEqual({ and: [either, often] });
});
