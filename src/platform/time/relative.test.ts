import { describe, expect, test } from 'vitest';
import {
  isRelative,
  RELATIVE_NAMES,
  type RelativeDate,
  rangeInstants,
  resolveRelative,
} from './relative.shared.ts';

/** Tuesday 5 March 2024, 14:30 in Shanghai. */
const NOW = '2024-03-05T06:30:00Z';

describe('ranges on Tuesday 2024-03-05', () => {
  test.each<[RelativeDate, string | undefined, string | undefined]>([
    ['yesterday', '2024-03-04', '2024-03-05'],
    ['today', '2024-03-05', '2024-03-06'],
    ['tomorrow', '2024-03-06', '2024-03-07'],
    ['lastWeek', '2024-02-26', '2024-03-04'],
    ['thisWeek', '2024-03-04', '2024-03-11'],
    ['nextWeek', '2024-03-11', '2024-03-18'],
    ['lastMonth', '2024-02-01', '2024-03-01'],
    ['thisMonth', '2024-03-01', '2024-04-01'],
    ['nextMonth', '2024-04-01', '2024-05-01'],
    ['lastQuarter', '2023-10-01', '2024-01-01'],
    ['thisQuarter', '2024-01-01', '2024-04-01'],
    ['nextQuarter', '2024-04-01', '2024-07-01'],
    ['lastYear', '2023-01-01', '2024-01-01'],
    ['thisYear', '2024-01-01', '2025-01-01'],
    ['nextYear', '2025-01-01', '2026-01-01'],
    [{ daysAgo: 14 }, '2024-02-20', '2024-02-21'],
    [{ daysAhead: 1 }, '2024-03-06', '2024-03-07'],
    [{ within: { days: 30 } }, '2024-02-05', '2024-03-06'],
    [{ within: { days: 1 } }, '2024-03-05', '2024-03-06'],
    [{ within: { months: 1 } }, '2024-02-06', '2024-03-06'],
    [{ next: { days: 7 } }, '2024-03-05', '2024-03-12'],
    [{ olderThan: { months: 3 } }, undefined, '2023-12-05'],
    [{ laterThan: { weeks: 1 } }, '2024-03-13', undefined],
  ])('%j', (value, from, to) => {
    expect(resolveRelative(value, 'Asia/Shanghai', NOW)).toEqual({
      ...(from && { from }),
      ...(to && { to }),
    });
  });
});

test('the zone decides which day it is', () => {
  const late = '2024-03-04T16:30:00Z';
  expect(resolveRelative('today', 'Asia/Shanghai', late).from).toBe('2024-03-05');
  expect(resolveRelative('today', 'UTC', late).from).toBe('2024-03-04');
});

test('weeks begin on Monday, on a Sunday too, and named periods follow each other without gap', () => {
  expect(resolveRelative('thisWeek', 'UTC', '2024-03-10T12:00:00Z')).toEqual({
    from: '2024-03-04',
    to: '2024-03-11',
  });
  for (let day = 0; day < 800; day++) {
    const now = Temporal.Instant.from('2023-01-01T00:00:00Z')
      .add({ hours: 24 * day })
      .toString();
    for (const period of ['Week', 'Month', 'Quarter', 'Year'] as const) {
      const [last, current, next] = (['last', 'this', 'next'] as const).map((which) =>
        resolveRelative(`${which}${period}`, 'UTC', now),
      );
      expect([last!.to, current!.to]).toEqual([current!.from, next!.from]);
      expect(current!.from! <= now.slice(0, 10) && now.slice(0, 10) < current!.to!).toBe(true);
    }
  }
});

test('instants are the midnights of the zone', () => {
  const range = resolveRelative('today', 'Asia/Shanghai', NOW);
  expect(rangeInstants(range, 'Asia/Shanghai')).toEqual({
    from: '2024-03-04T16:00:00.000000Z',
    to: '2024-03-05T16:00:00.000000Z',
  });
  expect(rangeInstants({}, 'UTC')).toEqual({});
});

test.each([
  ['a date', '2024-03-05'],
  ['an unknown name', 'someday'],
  ['negative', { daysAgo: -1 }],
  ['fraction', { daysAgo: 1.5 }],
  ['empty span', { within: {} }],
  ['unknown unit', { within: { hours: 3 } }],
  ['two at once', { daysAgo: 1, daysAhead: 1 }],
  ['giant', { daysAgo: 1e9 }],
  ['null', null],
])('%s is no relative date', (_, value) => {
  expect(isRelative(value)).toBe(false);
});

test('every name is one', () => {
  expect(RELATIVE_NAMES.filter((name) => !isRelative(name))).toEqual([]);
});
