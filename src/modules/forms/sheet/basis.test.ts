import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../../platform/testing/app.ts';
import { basisOf } from './basis.ts';

let house: TestApp;
beforeAll(async () => {
  house = await startTestApp();
});
afterAll(() => house.stop());

const said = async (
  readings: { term?: unknown; value: unknown }[],
  cause = 'rule',
  note: string | null = null,
) => basisOf(await house.context(), { cause, note, readings, terms: null }).text;

const REVENUE = { field: 'annualRevenue', op: 'gte', value: '100000000' };
const CONTACTS = { measure: { name: 'contacts', op: 'gte', value: 2 } };

test.each([
  ['a great number in groups', [{ term: REVENUE, value: '259090000' }], '年营业额 259,090,000'],
  ['with its fraction', [{ term: REVENUE, value: '12345.50' }], '年营业额 12,345.50'],
  ['a year as it is', [{ term: { field: 'employees' }, value: 2026 }], '员工人数 2026'],
  ['with what was asked', [{ term: CONTACTS, value: 3 }], '联系次数 3（≥ 2）'],
  ['personal data not at all', [{ term: { field: 'phone' }, value: '13800000000' }], ''],
  ['nothing that has no value', [{ term: REVENUE, value: null }], ''],
])('a basis says %s', async (_name, readings, text) => {
  expect(await said(readings)).toBe(text);
});

test('who was graded by hand stands with the reason', async () => {
  expect(await said([], 'hand', '连续两季未下单')).toBe('人工评定：连续两季未下单');
});
