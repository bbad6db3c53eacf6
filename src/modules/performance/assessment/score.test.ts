import { expect, test } from 'vitest';
import { ranks } from './score.ts';

test.each([
  [[], []],
  [['5'], [1]],
  [
    ['80', '91.4', '80', '-3', '100', '80.0'],
    [3, 2, 3, 6, 1, 3],
  ],
])('totals %j take the places %j', (totals, places) => {
  expect(ranks(totals)).toEqual(places);
});
