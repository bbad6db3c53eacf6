import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SOURCES } from '../form/form.shared.ts';
import { DEFAULT_TEMPLATE } from '../template/template.ts';
import { type Facts, factScore, ratingOf, totalOf } from './evaluation-score.ts';

const NOTHING: Facts = {
  contacts: null,
  expected: 1,
  keepRate: null,
  warnings: null,
  completeness: null,
  receiptRate: null,
};

describe('points by facts', () => {
  test.each([
    ['contacts', { contacts: 3, expected: 4 }, '75'],
    ['contacts', { contacts: 9, expected: 3 }, '100'],
    ['contacts', { contacts: 0, expected: 3 }, '0'],
    ['keepRate', { keepRate: 66 }, '66'],
    ['coverage', { warnings: 0 }, '100'],
    ['coverage', { warnings: 5 }, '0'],
    ['completeness', { completeness: 80 }, '80'],
    ['receipts', { receiptRate: 120 }, '100'],
  ] as const)('%s of %j', (source, facts, score) => {
    expect(factScore(source, { ...NOTHING, ...facts })).toBe(score);
  });

  test.each(SOURCES)('%s is unknown where nothing is known', (source) => {
    expect(factScore(source, NOTHING)).toBeNull();
  });
});

describe('the total', () => {
  test.each([
    [
      [
        { weight: 60, score: '100' },
        { weight: 40, score: '50' },
      ],
      '80.0',
    ],
    [
      [
        { weight: 60, score: null },
        { weight: 40, score: '50' },
      ],
      '50.0',
    ],
    [[{ weight: 100, score: '' }], null],
    [[], null],
  ])('of %j', (parts, total) => {
    expect(totalOf(parts)).toBe(total);
  });

  test('lies between the lowest and the highest score', () => {
    const part = fc.record({
      weight: fc.integer({ min: 1, max: 100 }),
      score: fc.integer({ min: 0, max: 100 }).map(String),
    });
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 10 }), (parts) => {
        const scores = parts.map(({ score }) => Number(score));
        const total = Number(totalOf(parts));
        expect(total).toBeGreaterThanOrEqual(Math.min(...scores) - 0.05);
        expect(total).toBeLessThanOrEqual(Math.max(...scores) + 0.05);
      }),
    );
  });
});

test.each([
  [null, null],
  ['85.0', 'A'],
  ['84.9', 'B'],
  ['70.0', 'B'],
  ['55.0', 'C'],
  ['54.9', 'D'],
])('%s is rated %s', (total, rating) => {
  expect(ratingOf(total)).toBe(rating);
});

test('what a company begins with counts for 100 together', () => {
  expect(DEFAULT_TEMPLATE.reduce((sum, { weight }) => sum + weight, 0)).toBe(100);
});
