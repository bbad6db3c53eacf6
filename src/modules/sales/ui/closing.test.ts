import { expect, test } from 'vitest';
import { daysBetween, plusDays } from './closing.ts';

test.each<[string, number, string]>([
  ['2026-11-23', 7, '2026-11-30'],
  ['2026-12-28', 7, '2027-01-04'],
  ['2028-02-25', 7, '2028-03-03'],
  ['2026-03-29', -1, '2026-03-28'],
])('%s and %i days', (date, days, moved) => {
  expect(plusDays(date, days)).toBe(moved);
  expect(daysBetween(date, moved)).toBe(days);
});
