import { expect, test } from 'vitest';
import { instantTextIn, moneyText, setZone } from './format.ts';

test.each([
  ['1234567.50', 'CNY', '¥1,234,567.50'],
  ['-700', 'CNY', '-¥700'],
  ['1200', 'JPY', 'JP¥1,200'],
  ['1200', 'USD', 'US$1,200'],
  ['5', 'CHF', 'CHF 5'],
])('%s %s is written %s, yuan and yen apart', (amount, currency, text) => {
  expect(moneyText({ amount, currency })).toBe(text);
});

test.each([
  ['Asia/Shanghai', '2026-11-23 20:35'],
  ['Asia/Chongqing', '2026-11-23 20:35'],
  ['UTC', '2026-11-23 20:35 中国标准时间'],
  ['America/New_York', '2026-11-23 20:35 中国标准时间'],
])('in %s the company’s clock says %s', (viewer, text) => {
  setZone(viewer);
  expect(instantTextIn('Asia/Shanghai', '2026-11-23T12:35:00.000000Z')).toBe(text);
});
