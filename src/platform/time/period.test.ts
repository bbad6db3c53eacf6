import { describe, expect, test } from 'vitest';
import {
  firstDay,
  lastDay,
  partsOf,
  periodLater,
  periodName,
  yearAt,
  yearBefore,
  yearOn,
} from './period.shared.ts';

describe('periods', () => {
  test.each([
    ['month', '2026-02-17', 1, '2026-02-01', '2026-02-28'],
    ['quarter', '2026-11-23', 1, '2026-10-01', '2026-12-31'],
    ['year', '2028-02-29', 1, '2028-01-01', '2028-12-31'],
    ['year', '2028-02-29', 3, '2027-03-01', '2028-02-29'],
    ['year', '2026-04-01', 4, '2026-04-01', '2027-03-31'],
    ['year', '2026-03-31', 4, '2025-04-01', '2026-03-31'],
    ['quarter', '2026-02-17', 2, '2026-02-01', '2026-04-30'],
    ['quarter', '2026-01-31', 2, '2025-11-01', '2026-01-31'],
    ['month', '2026-12-31', 7, '2026-12-01', '2026-12-31'],
  ] as const)('the %s of %s, years from month %i: %s to %s', (kind, day, begins, first, last) => {
    expect(firstDay(kind, day, begins)).toBe(first);
    expect(lastDay(kind, first)).toBe(last);
  });

  test('consist of shorter ones and follow one another', () => {
    expect(partsOf('year', '2026-04-01', 'quarter')).toEqual([
      '2026-04-01',
      '2026-07-01',
      '2026-10-01',
      '2027-01-01',
    ]);
    expect(partsOf('quarter', '2026-10-01', 'month')).toEqual(['2026-10-01', '2026-11-01', '2026-12-01']);
    expect(periodLater('quarter', '2026-10-01', 1)).toBe('2027-01-01');
    expect(periodLater('month', '2026-01-01', -1)).toBe('2025-12-01');
  });

  test('lie a year before, and in years that begin with any month', () => {
    expect([yearBefore('2026-10-01'), yearBefore('2028-02-29')]).toEqual(['2025-10-01', '2027-02-28']);
    expect([yearOn(2026, 1), yearOn(2026, 10)]).toEqual(['2026-01-01', '2026-10-01']);
    expect([yearAt('2026-09-30', 10), yearAt('2026-10-01', 10)]).toEqual([2025, 2026]);
  });

  test.each([
    ['year', '2026-01-01', 1, '2026'],
    ['year', '2026-04-01', 4, '2026-04 – 2027-03'],
    ['quarter', '2026-10-01', 1, '2026 Q4'],
    ['quarter', '2027-01-01', 4, '2026 Q4'],
    ['month', '2027-01-01', 4, '2027-01'],
  ] as const)('the %s from %s, years from month %i, is called %s', (kind, day, begins, name) => {
    expect(periodName(kind, day, begins)).toBe(name);
  });
});
