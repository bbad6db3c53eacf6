import { expect, test } from 'vitest';
import { numberText, shortText } from './format.ts';

test.each([
  ['money', '1234567.5', '¥1,234,567.50', '¥123.5万'],
  ['money', '-98765', '-¥98,765.00', '-¥9.9万'],
  ['money', '5200000000', '¥5,200,000,000.00', '¥52亿'],
  ['money', '88', '¥88.00', '¥88'],
  ['count', '12345', '12,345', '1.2万'],
  ['percent', '0.631501', '63.2%', '63.2%'],
  ['days', '51.7820', '51.8', '51.8'],
  ['number', '1.50', '1.5', '1.5'],
  ['date', '2026-11-23', '2026-11-23', '2026-11-23'],
] as const)('%s %s', (kind, number, exact, short) => {
  expect(numberText(number, kind, 'CNY')).toBe(exact);
  expect(shortText(number, kind, 'CNY', 'zh')).toBe(short);
});

test('nothing is nothing', () => {
  expect(numberText(null, 'money', 'CNY')).toBe('');
});
