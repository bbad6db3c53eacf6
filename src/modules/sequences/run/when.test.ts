import { expect, test } from 'vitest';
import { opensIn, workingMoment } from '../../../platform/context/working.ts';
import { DEFAULT_BUSINESS_DAYS } from '../../../platform/time/business-calendar.ts';
import { stepAt } from './when.ts';

const at = (now: string) => ({ businessDays: DEFAULT_BUSINESS_DAYS, timeZone: 'Asia/Shanghai', now });

test.each<[string, string, string]>([
  // Monday 23 November 2026, in Shanghai
  ['in the morning', '2026-11-23T02:00:00.000000Z', '2026-11-23T02:00:00.000000Z'],
  ['at noon', '2026-11-23T04:30:00.000000Z', '2026-11-23T05:30:00.000000Z'],
  ['in the evening', '2026-11-23T12:00:00.000000Z', '2026-11-24T01:00:00.000000Z'],
  ['on Saturday', '2026-11-28T03:00:00.000000Z', '2026-11-30T01:00:00.000000Z'],
])('nothing goes out %s but when the company works', (_when, now, moment) =>
  expect(workingMoment(at(now))).toBe(moment),
);

test.each<[number, string, string, string]>([
  [0, 'days', '2026-11-23T02:00:00.000000Z', '2026-11-23T02:00:00.000000Z'],
  [1, 'days', '2026-11-23T02:00:00.000000Z', '2026-11-24T01:00:00.000000Z'],
  // over a weekend
  [2, 'days', '2026-11-26T08:00:00.000000Z', '2026-11-30T01:00:00.000000Z'],
  [2, 'hours', '2026-11-23T02:00:00.000000Z', '2026-11-23T04:00:00.000000Z'],
  // over the night: an hour is left of Monday
  [3, 'hours', '2026-11-23T09:00:00.000000Z', '2026-11-24T03:00:00.000000Z'],
])('%i %s after %s', (wait, unit, now, due) => expect(stepAt(at(now), { wait, unit })).toBe(due));

test('a holiday with its swapped workdays is passed over', () => {
  // National Day 2026 is off from 1 to 7 October.
  expect(opensIn(at('2026-09-30T03:00:00.000000Z'), 1)).toBe('2026-10-08T01:00:00.000000Z');
});
