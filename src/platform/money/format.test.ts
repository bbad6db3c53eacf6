import { expect, test } from 'vitest';
import { formatDecimal, formatMoney, formatMoneyShort } from './format.shared.ts';
import { money } from './money.shared.ts';

test.each([
  ['412000', 'CNY', '¥412,000.00'],
  ['-1200.5', 'USD', '-US$1,200.50'],
  ['1200', 'JPY', 'JP¥1,200'],
  ['1200', 'EUR', '€1,200.00'],
  ['5', 'CHF', 'CHF 5.00'],
  ['12345678901234567.89', 'CNY', '¥12,345,678,901,234,567.89'],
])('exact %s %s', (amount, currency, expected) => {
  expect(formatMoney({ amount, currency })).toBe(expected);
});

test.each([
  ['412000', '¥41.2万', '¥412K'],
  ['0', '¥0', '¥0'],
  ['999.50', '¥999.50', '¥999.50'],
  ['9999', '¥9,999', '¥10K'],
  ['10000', '¥1万', '¥10K'],
  ['960000', '¥96万', '¥960K'],
  ['99994999', '¥9,999.5万', '¥100M'],
  ['99999500', '¥1亿', '¥100M'],
  ['350000000', '¥3.5亿', '¥350M'],
  ['999499999', '¥10亿', '¥999M'],
  ['-1250000', '-¥125万', '-¥1.3M'],
  ['1234567890123', '¥12,345.7亿', '¥1,235B'],
])('short %s', (amount, zh, en) => {
  expect([
    formatMoneyShort(money(amount, 'CNY'), 'zh'),
    formatMoneyShort(money(amount, 'CNY'), 'en'),
  ]).toEqual([zh, en]);
});

test('decimals keep every digit', () => {
  expect(formatDecimal('1234567890123456789.125', 'zh')).toBe('1,234,567,890,123,456,789.125');
  expect(formatDecimal('2', 'en', 2)).toBe('2.00');
});
