import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { capOf, DEFAULT_RULES, monthsBefore, quarterNamed, quarterOf, shareOf, stateOf } from './cap.ts';

const months = (...sales: (string | number)[]) => [
  ...Array.from({ length: 12 - sales.length }, () => '0'),
  ...sales.map(String),
];
const cap = (sales: string[] | null) => capOf(sales, DEFAULT_RULES, 'CNY');

describe('the cap of a quarter', () => {
  test.each<[string, string[] | null, string, string, string | null, number]>([
    // 月均购货额为5万元 … 每月不能超过250元
    ['the source’s customer', Array(12).fill('50000'), '750.00', '375.00', '50000.00', 12],
    ['nobody knows of sales', null, '600.00', '480.00', null, 0],
    ['a prospect', months(), '600.00', '480.00', null, 0],
    ['a customer of three months', months(60000, 30000, 0), '450.00', '225.00', '30000.00', 3],
    ['a customer of one month', months(10000), '150.00', '75.00', '10000.00', 1],
    ['months without sales count', ['12000', ...months().slice(1)], '15.00', '7.50', '1000.00', 12],
    ['everything given back', months(5000, -5000), '600.00', '480.00', null, 0],
    ['part of it given back', months(5000, -1000), '30.00', '15.00', '2000.00', 2],
    ['rounded in fen, once', months('100.01', '0', '0'), '0.50', '0.25', '33.34', 3],
    ['half a fen goes up', months('33.00', '1.00', '0'), '0.17', '0.09', '11.33', 3],
  ])('%s', (_what, sales, limit, warnAt, average, count) => {
    expect(cap(sales)).toMatchObject({ cap: limit, warnAt, average, months: count });
  });

  test.each<[string, string, string]>([
    ['375.00', 'within', 'exactly where the warning begins'],
    ['375.01', 'near', 'a fen more'],
    ['750.00', 'near', 'exactly the cap'],
    ['750.01', 'over', 'a fen over'],
    ['0', 'within', 'nothing'],
  ])('%s of 750.00 is %s: %s', (used, state) => {
    expect(stateOf(used, cap(Array(12).fill('50000')))).toBe(state);
  });

  test.each([
    ['2026-01-01', '2026Q1', '2026-01-01', '2026-03-31'],
    ['2026-03-31', '2026Q1', '2026-01-01', '2026-03-31'],
    ['2026-04-01', '2026Q2', '2026-04-01', '2026-06-30'],
    ['2024-02-29', '2024Q1', '2024-01-01', '2024-03-31'],
    ['2026-12-31', '2026Q4', '2026-10-01', '2026-12-31'],
  ])('%s lies in %s', (date, name, from, to) => {
    expect(quarterOf(date)).toEqual({ name, from, to });
    expect(quarterNamed(name)).toEqual({ name, from, to });
  });

  test.each(['2026Q5', '2026', 'Q1', '2026q1', ''])('%j names no quarter', (name) => {
    expect(quarterNamed(name)).toBeUndefined();
  });

  test('a share is of what may be spent', () => {
    expect([shareOf('250', '750'), shareOf('900', '750'), shareOf('1', '0')]).toEqual([33.3, 120, null]);
  });
});

const fen = fc.integer({ min: 0, max: 10_000_000_00 }).map((amount) => (amount / 100).toFixed(2));
const year = fc.array(fen, { minLength: 12, maxLength: 12 });
const day = fc
  .integer({ min: 0, max: 36_500 })
  .map((days) => Temporal.PlainDate.from('2000-01-01').add({ days }).toString());

describe('properties', () => {
  test('every day lies in one quarter, quarters touch, and the months before end where one begins', () => {
    fc.assert(
      fc.property(day, (date) => {
        const quarter = quarterOf(date);
        expect(quarter.from <= date && date <= quarter.to).toBe(true);
        const next = Temporal.PlainDate.from(quarter.to).add({ days: 1 }).toString();
        expect(quarterOf(next).from).toBe(next);
        const before = monthsBefore(quarter);
        expect(before).toHaveLength(12);
        before.forEach((month, at) => {
          const after = before[at + 1]?.from ?? quarter.from;
          expect(Temporal.PlainDate.from(month.to).add({ days: 1 }).toString()).toBe(after);
        });
      }),
    );
  });

  test('more sales in a month never lower the cap of a customer of a year', () => {
    fc.assert(
      fc.property(year, fc.nat(11), fen, (sales, at, more) => {
        const full = ['1', ...sales.slice(1)];
        const raised = full.map((each, index) =>
          index === at ? (Number(each) + Number(more)).toFixed(2) : each,
        );
        expect(Number(cap(raised).cap)).toBeGreaterThanOrEqual(Number(cap(full).cap));
      }),
    );
  });

  test('the cap is within half a fen of the exact share, and is whole fen', () => {
    fc.assert(
      fc.property(year, (sales) => {
        const full = ['1.00', ...sales.slice(1)];
        const total = full.reduce((sum, each) => sum + BigInt(each.replace('.', '')), 0n);
        // 3 months × 0.005 ÷ 12 is 1/800 of the sum.
        const exact = (total * 10n) / 800n;
        const got = BigInt(cap(full).cap.replace('.', ''));
        expect(cap(full).cap).toMatch(/^\d+\.\d\d$/);
        expect(got === exact / 10n || got === exact / 10n + 1n).toBe(true);
      }),
    );
  });

  test('spending more never stands better', () => {
    const order = ['within', 'near', 'over'];
    fc.assert(
      fc.property(year, fen, fen, (sales, one, two) => {
        const [less, more] = [one, two].sort((a, b) => Number(a) - Number(b)) as [string, string];
        const limits = cap(sales);
        expect(order.indexOf(stateOf(less, limits))).toBeLessThanOrEqual(
          order.indexOf(stateOf(more, limits)),
        );
      }),
    );
  });
});
