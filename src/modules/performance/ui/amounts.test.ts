import { expect, test } from 'vitest';
import { exact, plain, readAmount } from './amounts.ts';
import { monthsIn, periodName, periodOf } from './period.ts';

test.each([
  ['1,200.50', '1200.5'],
  ['¥ 1200', '1200'],
  ['１２万', '120000'],
  ['1.5亿', '150000000'],
  ['', ''],
  ['12x', null],
  ['-3', null],
])('%j is read as %j', (text, amount) => {
  expect(readAmount(text)).toBe(amount);
});

test('amounts add up exactly', () => {
  expect(plain(exact('0.1') + exact('0.2'))).toBe('0.3');
  expect(plain(exact('100') - exact('100.05'))).toBe('-0.05');
  expect(plain(exact(null))).toBe('0');
});

test('periods', () => {
  expect(periodOf('quarter', '2026-11-23')).toBe('2026-10-01');
  expect(periodOf('month', '2026-12-31', 1)).toBe('2027-01-01');
  expect(periodOf('year', '2026-05-01', -1)).toBe('2025-01-01');
  expect(monthsIn(2026).at(-1)).toBe('2026-12-01');
  expect(['year', 'quarter', 'month'].map((kind) => periodName(kind as 'year', '2026-10-01'))).toEqual([
    '2026',
    '2026 Q4',
    '2026-10',
  ]);
});
