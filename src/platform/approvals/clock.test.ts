import { expect, test } from 'vitest';
import { DEFAULT_BUSINESS_DAYS } from '../time/business-calendar.ts';
import { dueAt } from './clock.ts';

// 2026-11-20 is a Friday; Shanghai is eight hours ahead of UTC and works from 9 to 12 and 13:30 to 18.
test.each<[number, 'business' | 'clock', string, string]>([
  [24, 'clock', '2026-11-20T09:00:00Z', '2026-11-21T09:00:00Z'],
  [0.5, 'clock', '2026-11-21T09:00:00Z', '2026-11-21T09:30:00Z'],
  [2, 'business', '2026-11-20T02:00:00Z', '2026-11-20T04:00:00Z'],
  [2, 'business', '2026-11-20T09:00:00Z', '2026-11-23T02:00:00Z'],
  [4, 'business', '2026-11-21T03:00:00Z', '2026-11-23T06:30:00Z'],
])('%s hours by the %s from %s are over at %s', (hours, clock, now, due) => {
  const ctx = { now, timeZone: 'Asia/Shanghai', businessDays: DEFAULT_BUSINESS_DAYS };
  const at = dueAt({ hours, clock, effect: 'reject' }, ctx);
  expect(at && Temporal.Instant.from(at).toString()).toBe(due);
});
