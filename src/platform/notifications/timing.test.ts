import { expect, test } from 'vitest';
import { isQuiet, mailTime } from './timing.ts';

const ZONE = 'Asia/Shanghai';
const digest = { hour: 8, weekday: 1 };
const night = { from: 22, to: 7 };

test.each<[number, { from: number; to: number } | null, boolean]>([
  [23, night, true],
  [0, night, true],
  [6, night, true],
  [7, night, false],
  [21, night, false],
  [22, night, true],
  [12, { from: 12, to: 14 }, true],
  [14, { from: 12, to: 14 }, false],
  [12, { from: 12, to: 12 }, false],
  [3, null, false],
])('%i o’clock with %j', (hour, quiet, expected) => {
  const now = Temporal.ZonedDateTime.from(`2026-11-22T${String(hour).padStart(2, '0')}:30[${ZONE}]`);
  expect(isQuiet(quiet, ZONE, now.toInstant().toString())).toBe(expected);
});

test.each<[string, 'now' | 'daily' | 'weekly', string, typeof night | null, boolean, string]>([
  ['at once', 'now', '2026-11-22T10:00', night, false, '2026-11-22T10:00'],
  ['late, tomorrow morning', 'now', '2026-11-22T23:10', night, false, '2026-11-23T07:00'],
  ['after midnight, this morning', 'now', '2026-11-23T00:10', night, false, '2026-11-23T07:00'],
  ['what is urgent, at once', 'now', '2026-11-23T00:10', night, true, '2026-11-23T00:10'],
  ['before the hour, today', 'daily', '2026-11-22T07:59', null, false, '2026-11-22T08:00'],
  ['at the hour, tomorrow', 'daily', '2026-11-22T08:00', null, false, '2026-11-23T08:00'],
  ['on Sunday, the next day', 'weekly', '2026-11-22T09:00', null, false, '2026-11-23T08:00'],
  ['on Monday after the hour, in a week', 'weekly', '2026-11-23T09:00', null, false, '2026-11-30T08:00'],
])('%s', (_what, mode, local, quiet, urgent, expected) => {
  const at = (text: string) => Temporal.PlainDateTime.from(text).toZonedDateTime(ZONE).toInstant().toString();
  expect(mailTime(mode, { digest, quiet }, ZONE, at(local), urgent)).toBe(at(expected));
});
