import { expect, test } from 'vitest';
import { exact, plain, readAmount } from './amounts.shared.ts';

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
