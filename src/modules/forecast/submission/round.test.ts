import { expect, test } from 'vitest';
import { roundAt, roundBefore } from './round.ts';

const MONDAYS = { weekday: 1, time: '10:00' };
const SHANGHAI = 'Asia/Shanghai';

test.each([
  ['a Sunday', MONDAYS, '2026-11-22T12:00:00Z', '2026-11-23'],
  ['the deadline’s morning', MONDAYS, '2026-11-23T01:59:59Z', '2026-11-23'],
  ['the deadline itself: it is over', MONDAYS, '2026-11-23T02:00:00Z', '2026-11-30'],
  ['late on Sunday in UTC is Monday already', MONDAYS, '2026-11-22T17:00:00Z', '2026-11-23'],
  ['another day', { weekday: 5, time: '18:00' }, '2026-11-23T02:00:00Z', '2026-11-27'],
])('the round of %s', (_name, deadline, now, key) => {
  const round = roundAt(deadline, SHANGHAI, now);
  expect(round.key).toBe(key);
  expect(Temporal.Instant.compare(round.closesAt, now)).toBe(1);
});

test('a round is a week after the one before', () => expect(roundBefore('2026-11-30')).toBe('2026-11-23'));
