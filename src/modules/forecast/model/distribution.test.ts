import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Cell, outlookOf, varianceOf } from './distribution.ts';

const cell = (count: number, chance: number, mean: number, deviation = 0): Cell => ({
  count,
  chance,
  mean,
  deviation,
});

describe('what cells may come to', () => {
  test.each<[string, Cell[], [number, number, number]]>([
    ['nothing', [], [0, 0, 0]],
    ['one that is as likely as not', [cell(1, 0.5, 1000)], [500, 0, 1000]],
    ['one that is all but sure', [cell(1, 0.95, 1000)], [950, 1000, 1000]],
    ['two of them', [cell(2, 0.5, 1000)], [1000, 0, 2000]],
    ['a large one beside small ones', [cell(1, 0.3, 9000), cell(10, 1, 100)], [3700, 1000, 10_000]],
  ])('%s', (_name, cells, [mean, low, high]) => {
    const outlook = outlookOf(cells, 0);
    expect(outlook.mean).toBeCloseTo(mean, 6);
    // A grid has places of some width.
    const width = mean * 0.03 + 1;
    expect(Math.abs(outlook.low - low)).toBeLessThan(width);
    expect(Math.abs(outlook.high - high)).toBeLessThan(width);
  });

  test('many are normal: one in ten is below, one above', () => {
    const many = cell(4000, 0.3, 250, 80);
    const deviation = Math.sqrt(varianceOf(many));
    const { mean, low, high } = outlookOf([many], 0);
    expect(mean).toBeCloseTo(300_000, 3);
    expect(low).toBeCloseTo(mean - 1.2816 * deviation, -2);
    expect(high).toBeCloseTo(mean + 1.2816 * deviation, -2);
  });

  test('piece by piece comes to the same as all at once', () => {
    const few = outlookOf(
      Array.from({ length: 50 }, () => cell(2, 0.4, 250, 50)),
      0,
    );
    const many = outlookOf([cell(100, 0.4, 250, 50)], 0);
    expect(Math.abs(few.low / many.low - 1)).toBeLessThan(0.02);
    expect(Math.abs(few.high / many.high - 1)).toBeLessThan(0.02);
  });

  test('what was off before widens what is said now, on both sides', () => {
    const cells = [cell(4000, 0.3, 250)];
    const [sure, unsure] = [outlookOf(cells, 0), outlookOf(cells, 0.3)];
    expect(unsure.mean).toBe(sure.mean);
    expect(unsure.low).toBeLessThan(sure.low * 0.85);
    expect(unsure.high).toBeGreaterThan(sure.high * 1.15);
  });

  test('the ends are in order and none is below nothing', () => {
    const cells = fc.array(
      fc.record({
        count: fc.integer({ min: 0, max: 60 }),
        chance: fc.double({ min: 0, max: 1, noNaN: true }),
        mean: fc.integer({ min: 0, max: 100_000 }),
        deviation: fc.integer({ min: 0, max: 50_000 }),
      }),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(cells, fc.double({ min: 0, max: 1, noNaN: true }), (some, spread) => {
        const { mean, low, high } = outlookOf(some, spread);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeGreaterThanOrEqual(low);
        expect(Number.isFinite(mean + high)).toBe(true);
      }),
      { numRuns: 50 },
    );
  });
});
