import { expect, test } from 'vitest';
import { dueAt } from './clock.ts';

// 2026-11-20 is a Friday; Shanghai is eight hours ahead of UTC.
test.each<[number, 'business' | 'clock', string, string]>([
  [24, 'clock', '2026-11-20T09:00:00Z', '2026-11-21T09:00:00Z'],
  [2, 'business', '2026-11-20T02:00:00Z', '2026-11-20T04:00:00Z'],
  [2, 'business', '2026-11-20T09:00:00Z', '2026-11-23T02:00:00Z'],
  [1, 'business', '2026-11-20T09:00:00Z', '2026-11-20T10:00:00Z'],
  [4, 'business', '2026-11-21T03:00:00Z', '2026-11-23T05:00:00Z'],
  [9, 'business', '2026-11-19T22:00:00Z', '2026-11-20T10:00:00Z'],
  [18, 'business', '2026-11-20T01:00:00Z', '2026-11-23T10:00:00Z'],
  [0.5, 'business', '2026-11-20T15:00:00Z', '2026-11-23T01:30:00Z'],
])('%s hours by the %s from %s are over at %s', (hours, clock, now, due) => {
  expect(dueAt({ hours, clock, effect: 'reject' }, now, 'Asia/Shanghai')).toBe(due);
});
