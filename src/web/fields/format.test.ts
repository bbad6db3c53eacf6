import { expect, test } from 'vitest';
import { moneyText } from './format.ts';

test.each([
  ['1234567.50', 'CNY', '¥1,234,567.50'],
  ['-700', 'CNY', '-¥700'],
  ['1200', 'JPY', 'JP¥1,200'],
  ['1200', 'USD', 'US$1,200'],
  ['5', 'CHF', 'CHF 5'],
])('%s %s is written %s, yuan and yen apart', (amount, currency, text) => {
  expect(moneyText({ amount, currency })).toBe(text);
});
