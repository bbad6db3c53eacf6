import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Exact } from '../../../platform/money/money.shared.ts';
import type { Mode, Tier } from '../plan/definition.shared.ts';
import { partsOf, periodEnd, periodStart, rateAt, worthOf } from './tiers.shared.ts';

const TIERS: Tier[] = [
  { from: '0', rate: '2' },
  { from: '100000', rate: '3' },
  { from: '300000', rate: '5.5' },
];

describe('what a sum is worth', () => {
  test.each<[Mode, string, string | undefined, string]>([
    ['progressive', '0', undefined, '0.00'],
    ['progressive', '100000', undefined, '2000.00'],
    ['progressive', '100000.01', undefined, '2000.00'],
    ['progressive', '250000', undefined, '6500.00'],
    ['progressive', '400000', undefined, '13500.00'],
    ['progressive', '400000', '12000', '12000.00'],
    ['whole', '99999.99', undefined, '2000.00'],
    ['whole', '100000', undefined, '3000.00'],
    ['whole', '400000', undefined, '22000.00'],
    ['whole', '400000', '20000', '20000.00'],
    // Half a fen goes up, and a sum below nothing is worth less than nothing.
    ['progressive', '0.25', undefined, '0.01'],
    ['progressive', '-1000', undefined, '-20.00'],
  ])('%s of %s, at most %s, is %s', (mode, sum, cap, worth) => {
    expect(worthOf({ mode, tiers: TIERS, ...(cap ? { cap } : {}) }, sum, 'CNY')).toBe(worth);
  });

  test('in yen there are no fen', () => {
    expect(worthOf({ mode: 'progressive', tiers: TIERS }, '1025', 'JPY')).toBe('21');
  });

  test('the tiers a step lies in are told, also of a step back', () => {
    expect(partsOf(TIERS, '90000', '310000')).toEqual([
      { base: '10000', rate: '2' },
      { base: '200000', rate: '3' },
      { base: '10000', rate: '5.5' },
    ]);
    expect(partsOf(TIERS, '110000', '95000')).toEqual([
      { base: '-10000', rate: '3' },
      { base: '-5000', rate: '2' },
    ]);
    expect(rateAt(TIERS, '300000')).toBe('5.5');
  });
});

test.each([
  ['month', '2026-11-23', '2026-11-01', '2026-11-30'],
  ['month', '2028-02-29', '2028-02-01', '2028-02-29'],
  ['quarter', '2026-11-23', '2026-10-01', '2026-12-31'],
  ['quarter', '2026-03-31', '2026-01-01', '2026-03-31'],
  ['year', '2026-11-23', '2026-01-01', '2026-12-31'],
] as const)('the %s of %s is %s to %s', (period, day, start, end) => {
  expect([periodStart(period, day), periodEnd(period, start)]).toEqual([start, end]);
});

const fen = (n: number) => new Exact(n).dividedBy(100).toFixed(2);
const rules = fc.record({
  mode: fc.constantFrom<Mode>('progressive', 'whole'),
  tiers: fc
    .uniqueArray(fc.integer({ min: 1, max: 5_000_000 }), { maxLength: 4 })
    .chain((from) =>
      fc.tuple(
        ...[0, ...from.toSorted((a, b) => a - b)].map((each) =>
          fc.integer({ min: 0, max: 3000 }).map((rate) => ({ from: fen(each), rate: fen(rate) })),
        ),
      ),
    ),
  cap: fc.option(fc.integer({ min: 1, max: 1_000_000 }).map(fen), { nil: undefined }),
});

/** What steps earn one after the other. */
function earned(plan: Parameters<typeof worthOf>[0], steps: readonly string[]) {
  let sum = new Exact(0);
  return steps.map((step) => {
    const before = worthOf(plan, sum.toFixed(), 'CNY');
    sum = sum.plus(step);
    return new Exact(worthOf(plan, sum.toFixed(), 'CNY')).minus(before);
  });
}
const total = (parts: InstanceType<typeof Exact>[]) =>
  parts.reduce((sum, part) => sum.plus(part), new Exact(0)).toFixed(2);
const amounts = fc.array(fc.integer({ min: 1, max: 2_000_000 }).map(fen), { minLength: 1, maxLength: 12 });

test('steps come to the same in whatever order they come', () => {
  fc.assert(
    fc.property(
      rules,
      amounts.chain((steps) =>
        fc.tuple(fc.constant(steps), fc.shuffledSubarray(steps, { minLength: steps.length })),
      ),
      (plan, [steps, shuffled]) => {
        const sum = steps.reduce((all, step) => all.plus(step), new Exact(0)).toFixed();
        expect(total(earned(plan, steps))).toBe(worthOf(plan, sum, 'CNY'));
        expect(total(earned(plan, shuffled))).toBe(total(earned(plan, steps)));
      },
    ),
  );
});

test('what is earned and taken back comes to nothing, whatever came between', () => {
  fc.assert(
    fc.property(rules, amounts, amounts, (plan, taken, kept) => {
      const back = taken.map((step) => `-${step}`);
      expect(total(earned(plan, [...taken, ...kept, ...back]))).toBe(total(earned(plan, kept)));
      expect(total(earned(plan, [...taken, ...back]))).toBe('0.00');
    }),
  );
});

test('step by step a fen more never earns more than its tier gives it', () => {
  fc.assert(
    fc.property(rules, fc.nat(6_000_000), ({ tiers }, at) => {
      const plan = { mode: 'progressive' as const, tiers };
      const [before, after] = [fen(at), fen(at + 1)].map((sum) => new Exact(worthOf(plan, sum, 'CNY')));
      // Rates end at 30%: half a fen of rounding is all a fen can move.
      expect(
        (after as typeof before)
          ?.minus(before ?? 0)
          .abs()
          .lte('0.01'),
      ).toBe(true);
    }),
  );
});

test('pieces are worth so much each', () => {
  const tiers: Tier[] = [
    { from: '0', rate: '0.5' },
    { from: '100', rate: '0.8' },
  ];
  expect(worthOf({ mode: 'progressive', tiers, per: 'piece' }, '150', 'CNY')).toBe('90.00');
  expect(worthOf({ mode: 'whole', tiers, per: 'piece' }, '150', 'CNY')).toBe('120.00');
});

test('the tiers of a step add up to it', () => {
  fc.assert(
    fc.property(rules, fc.nat(9_000_000), fc.nat(9_000_000), ({ tiers }, from, to) => {
      const parts = partsOf(tiers, fen(from), fen(to)).map(({ base }) => new Exact(base));
      expect(total(parts)).toBe(fen(to - from));
    }),
  );
});
