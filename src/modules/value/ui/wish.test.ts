import { expect, test } from 'vitest';
import { daysOf, type Period, periodNamed, readWish } from './wish.ts';

test.each<[Period, string, string, string]>([
  ['month', '2024-02-10', '2024-02-01', '2024-02-29'],
  ['month', '2026-12-31', '2026-12-01', '2026-12-31'],
  ['quarter', '2026-11-22', '2026-10-01', '2026-12-31'],
  ['quarter', '2026-06-30', '2026-04-01', '2026-06-30'],
  ['year', '2026-11-22', '2026-01-01', '2026-12-31'],
  ['lastYear', '2026-01-01', '2025-01-01', '2025-12-31'],
])('%s on %s', (period, today, from, to) => {
  expect(daysOf(period, today)).toEqual({ from, to });
  expect(periodNamed(from, to, today)).toBe(period);
});

test('other days have no name', () => {
  expect(periodNamed('2026-11-02', '2026-11-30', '2026-11-22')).toBeNull();
});

test('an address is read for what is known of it', () => {
  expect(readWish({ group: 'grade', from: '2026-01-01', to: 'soon', sort: 'name', q: '', x: 1 })).toEqual({
    group: 'grade',
    from: '2026-01-01',
  });
});
