import { expect, test } from 'vitest';
import { DEFAULT_BUSINESS_DAYS } from '../../../platform/time/business-calendar.ts';
import { fallsOn, nextPeriod, type Period } from './period.ts';

test.each<[string, Period, string]>([
  ['2026-01-31', 'month', '2026-02-01'],
  ['2026-12-31', 'month', '2027-01-01'],
  ['2026-01-01', 'quarter', '2026-04-01'],
  ['2026-03-31', 'quarter', '2026-04-01'],
  ['2026-11-22', 'quarter', '2027-01-01'],
  ['2028-02-29', 'year', '2029-01-01'],
])('the period of %s by %s is over on %s', (today, period, end) => {
  expect(nextPeriod(today, period)).toBe(end);
});

test.each<[string, string, Period, string]>([
  ['in good time it is the end of the period', '2026-06-01', 'month', '2026-07-01'],
  ['on its last day the owner still has five working days', '2026-06-30', 'month', '2026-07-07'],
  ['the National Day holidays are no days to do something in', '2026-09-30', 'quarter', '2026-10-13'],
  ['the year as well', '2026-12-31', 'year', '2027-01-08'],
])('%s', (_what, today, period, day) => {
  expect(fallsOn(DEFAULT_BUSINESS_DAYS, today, period)).toBe(day);
});
