import { expect, test } from 'vitest';
import { TABLE_ERROR_CODES, TABLE_NOTICE_CODES } from './errors.ts';
import en from './i18n/en.json' with { type: 'json' };
import zh from './i18n/zh.json' with { type: 'json' };

const places = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();

test('every code has a Chinese and an English text with the same parameters', () => {
  const codes = [...TABLE_ERROR_CODES, ...TABLE_NOTICE_CODES].sort();
  expect(Object.keys(zh).sort()).toEqual(codes);
  expect(Object.keys(en).sort()).toEqual(codes);
  for (const code of codes) expect([code, places(zh[code])]).toEqual([code, places(en[code])]);
  expect(Object.values(zh).filter((text) => !/[一-鿿]/.test(text))).toEqual([]);
});
