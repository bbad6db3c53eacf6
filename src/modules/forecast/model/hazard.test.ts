import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chancesOf, curveOf, type Watched } from './hazard.ts';

const piece = (next: string | null, age: number, count = 1): Watched => ({
  next,
  week: Math.floor(age / 7),
  count,
  rest: (age % 7) * count,
});

/** A company whose business is won with 1%, lost with 2% of every day, watched for ten weeks. */
const steady = (): Watched[] => {
  const watched: Watched[] = [];
  let open = 100_000;
  for (let age = 0; age < 70; age++) {
    watched.push(piece('won', age, open * 0.01), piece('lost', age, open * 0.02));
    open *= 0.97;
  }
  return [...watched, piece(null, 70, open)];
};

describe('how business ends by its age', () => {
  test('a steady chance is found again, at every age', () => {
    const chances = chancesOf({ all: curveOf(steady()), stages: {} }, 90);
    const exact = (days: number) => (0.01 / 0.03) * (1 - 0.97 ** days);
    for (const days of [1, 7, 30]) expect(chances.within(null, 0, days)).toBeCloseTo(exact(days), 3);
    expect(chances.within(null, 35, 30)).toBeCloseTo(exact(30), 3);
  });

  test('what is still open counts for as long as it was watched', () => {
    const won = piece('won', 10, 100);
    const alone = chancesOf({ all: curveOf([won]), stages: {} }, 30);
    const beside = chancesOf({ all: curveOf([won, piece(null, 20, 900)]), stages: {} }, 30);
    expect(alone.within(null, 0, 30)).toBeGreaterThan(0.9);
    expect(beside.within(null, 0, 30)).toBeCloseTo(0.1, 1);
  });

  test('what got older than anything that was ever won has next to no chance', () => {
    const chances = chancesOf(
      { all: curveOf([piece('won', 20, 500), piece(null, 1000, 500)]), stages: {} },
      30,
    );
    expect(chances.within(null, 15, 30)).toBeGreaterThan(0.3);
    expect(chances.within(null, 900, 30)).toBeLessThan(0.01);
  });

  test('a way leads through stages', () => {
    // Half of a day’s first stage goes on, of the second half is won: within two days a quarter, and more later.
    const first = curveOf([piece('second', 0, 1e7), piece(null, 1, 1e7)]);
    const second = curveOf([piece('won', 0, 1e7), piece('lost', 0, 1e7)]);
    const chances = chancesOf({ all: curveOf([]), stages: { first, second } }, 10);
    expect(chances.within('second', 0, 1)).toBeCloseTo(0.5, 3);
    expect(chances.within('first', 0, 1)).toBeCloseTo(0, 3);
    expect(chances.within('first', 0, 2)).toBeCloseTo(0.25, 2);
    expect(chances.within('unknown', 0, 5)).toBe(0);
  });

  test('a day that is readier wins more', () => {
    const all = curveOf(steady());
    const even = chancesOf({ all, stages: {} }, 30);
    const ready = chancesOf({ all, stages: {} }, 30, (left) => (left <= 10 ? 2 : 1));
    expect(ready.within(null, 0, 30)).toBeGreaterThan(even.within(null, 0, 30));
    expect(ready.within(null, 0, 30) - even.within(null, 0, 30)).toBeLessThan(even.within(null, 0, 10) * 1.1);
  });

  test('chances are chances, and grow with the time there is', () => {
    const watched = fc.array(
      fc.tuple(fc.constantFrom('won', 'lost', null), fc.nat(800), fc.integer({ min: 1, max: 500 })),
      { minLength: 1 },
    );
    fc.assert(
      fc.property(
        watched,
        fc.nat(900),
        fc.integer({ min: 1, max: 92 }),
        fc.double({ min: 0, max: 9, noNaN: true }),
        (pieces, age, days, pace) => {
          const all = curveOf(pieces.map(([next, at, count]) => piece(next, at, count)));
          const { within } = chancesOf({ all, stages: {} }, 92, () => pace);
          const [less, more] = [within(null, age, days - 1), within(null, age, days)];
          expect(less).toBeGreaterThanOrEqual(0);
          expect(more).toBeGreaterThanOrEqual(less);
          expect(more).toBeLessThanOrEqual(1 + 1e-9);
        },
      ),
    );
  });
});
