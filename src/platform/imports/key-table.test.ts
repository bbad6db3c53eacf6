import { expect, test } from 'vitest';
import { hashKey } from '../duplicates/keys.ts';
import { KeyTable } from './key-table.ts';

test('keeps the first line of every key, also past several growths', () => {
  const table = new KeyTable();
  const key = (at: number) => hashKey(`row ${at}`);
  for (let at = 1; at <= 50_000; at += 1) table.add(key(at), at);
  for (let at = 1; at <= 50_000; at += 7) table.add(key(at), 99_999);
  for (let at = 1; at <= 50_000; at += 1) expect(table.get(key(at))).toBe(at);
  expect(table.get(key(50_001))).toBeUndefined();
});

test('takes keys of either sign and zero', () => {
  const table = new KeyTable();
  for (const [at, key] of ['0', '-1', '9223372036854775807', '-9223372036854775808'].entries()) {
    expect(table.get(key)).toBeUndefined();
    table.add(key, at + 1);
    expect(table.get(key)).toBe(at + 1);
  }
});
