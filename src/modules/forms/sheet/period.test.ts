import { expect, test } from 'vitest';
import { PERIOD, periodBefore, periodOf } from './period.ts';

test.each([
  ['2026', '2026-01-01', '2027-01-01', '2025-01-01'],
  ['2026-Q1', '2026-01-01', '2026-04-01', '2025-10-01'],
  ['2026-Q4', '2026-10-01', '2027-01-01', '2026-07-01'],
  ['2026-01', '2026-01-01', '2026-02-01', '2025-12-01'],
  ['2028-02', '2028-02-01', '2028-03-01', '2028-01-01'],
])('%s', (text, from, end, before) => {
  const period = periodOf(text);
  expect(period).toEqual({ text, from, end });
  expect(periodBefore(period)).toEqual({ from: before, end: from });
});

test.each(['2026-Q5', '2026-13', '0000', '26', '2026-1', "2026'"])('%s is no period', (text) => {
  expect(PERIOD.test(text)).toBe(false);
});
