import { expect, test } from 'vitest';
import { repriced } from './reprice.shared.ts';

test.each([
  ['100.00', '5', '0.01', 'CNY', '105.00'],
  ['99.99', '3', '0.01', 'CNY', '102.99'],
  ['99.99', '-10', '0.1', 'CNY', '90.00'],
  ['1280.00', '3.5', '1', 'CNY', '1325.00'],
  ['1280.00', '3.5', '10', 'CNY', '1320.00'],
  ['0.05', '10', '0.01', 'CNY', '0.06'],
  ['4.00', '-50', '10', 'CNY', '0.00'],
  ['1000', '2.55', '0.01', 'JPY', '1026'],
])('%s by %s%% to %s %s is %s', (amount, percent, step, currency, expected) => {
  expect(repriced(amount, percent, step, currency)).toBe(expected);
});
