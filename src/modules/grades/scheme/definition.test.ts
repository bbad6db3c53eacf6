import { expect, test } from 'vitest';
import { pointsOf, type Scale, scoreOf } from './definition.shared.ts';

const steps: Scale = {
  steps: [
    { from: 1, points: 40 },
    { from: 3, points: 70 },
    { from: 10, points: 100 },
  ],
};
const days: Scale = {
  steps: [
    { from: 0, points: 100 },
    { from: 30, points: 60 },
    { from: 90, points: 0 },
  ],
  missing: 5,
};

test.each<[string, Scale, number | null, number]>([
  ['below the first step', steps, 0, 0],
  ['on a step', steps, 3, 70],
  ['between steps', steps, 9.9, 70],
  ['above the last', steps, 1e9, 100],
  ['no number', steps, null, 0],
  ['fewer is better', days, 0, 100],
  ['fewer is better, later', days, 45, 60],
  ['no number, with points of its own', days, null, 5],
  ['even, at the beginning', { from: 0, to: 200 }, 0, 0],
  ['even, in the middle', { from: 0, to: 200 }, 50, 25],
  ['even, beyond the end', { from: 0, to: 200 }, 900, 100],
  ['even, before the beginning', { from: 10, to: 20 }, -5, 0],
  ['even, downwards', { from: 100, to: 0 }, 25, 75],
  ['even, downwards, beyond', { from: 100, to: 0 }, 250, 0],
])('points: %s', (_what, scale, value, points) => {
  expect(pointsOf(scale, value)).toBe(points);
});

test.each<[{ weight: number; points: number }[], number]>([
  [[], 0],
  [[{ weight: 5, points: 80 }], 80],
  [
    [
      { weight: 3, points: 50 },
      { weight: 1, points: 0 },
    ],
    37.5,
  ],
  [
    [
      { weight: 1, points: 100 },
      { weight: 2, points: 0 },
    ],
    33.3,
  ],
])('the weighted mean of %j is %d', (parts, score) => {
  expect(scoreOf(parts)).toBe(score);
});
