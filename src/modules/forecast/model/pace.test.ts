import { describe, expect, test } from 'vitest';
import { paceOf, paceUntil, spreadOf } from './pace.ts';

describe('the pace of a quarter', () => {
  test('nothing known is an even pace', () => expect(paceOf([])).toEqual([1, 1, 1]));

  test('what comes more in the last month is found, and few wins say little', () => {
    const months = (came: number) => [
      { month: 1, came: came * 0.7, expected: came },
      { month: 4, came: came * 0.7, expected: came },
      { month: 3, came: came * 1.3, expected: came },
    ];
    const [first, second, third] = paceOf(months(10_000));
    expect([first, second, third].map((one) => Math.round(one * 100))).toEqual([70, 100, 130]);
    expect(paceOf(months(1))[2]).toBeCloseTo(1, 1);
  });

  test('is that of the day so many days before the end', () => {
    const pace = paceUntil('2026-04-01', [1, 2, 3]);
    expect([1, 31, 32, 59, 60, 90, 91].map(pace)).toEqual([3, 3, 2, 2, 1, 1, 3]);
  });
});

test.each([
  ['without any: as usual', [], 0.25],
  [
    'as far off as chance lets expect: less than usual',
    [0, 0, 0].map(() => ({ mean: 100, variance: 100, came: 110 })),
    0.158,
  ],
  ['far off: more', [0, 0, 0].map(() => ({ mean: 100, variance: 0, came: 200 })), 0.79],
])('the spread of forecasts: %s', (_name, told, spread) =>
  expect(spreadOf(told, 0.25)).toBeCloseTo(spread, 2),
);
