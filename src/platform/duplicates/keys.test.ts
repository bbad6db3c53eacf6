import { describe, expect, test } from 'vitest';
import { declaredRegistry } from '../../app.ts';
import { duplicateKeys, hashKey, nameKey } from './keys.ts';

const { byName } = declaredRegistry();
const keysOf = (entity: string, values: Record<string, unknown>) =>
  duplicateKeys(byName.get(entity)!, (field) => values[field] ?? null);

type Values = Record<string, unknown>;
const company = (values: Values) => ({ kind: 'company', ...values });
const person = (values: Values) => ({ kind: 'person', ...values });

describe('two records are', () => {
  const verdict = (entity: string, one: Values, other: Values) => {
    const known = new Set(keysOf(entity, one).map(({ key }) => key));
    const shared = keysOf(entity, other).filter(({ key }) => known.has(key));
    return shared.some(({ certain }) => certain) ? 'certain' : shared.length ? 'likely' : 'different';
  };

  test.each([
    [
      'the same full name, written otherwise',
      company({ name: '杭州海康（集团）有限公司' }),
      company({ name: '杭州 海康(集團)有限公司' }),
      'certain',
    ],
    [
      'the same valid tax number',
      company({ name: '甲公司', taxNumber: '91350100M000100Y43' }),
      company({ name: '乙公司', taxNumber: '91350100 m000100y43' }),
      'certain',
    ],
    [
      'the same invalid tax number',
      company({ name: '甲公司', taxNumber: '1234' }),
      company({ name: '乙公司', taxNumber: '1234' }),
      'different',
    ],
    [
      'another city',
      company({ name: '杭州海康电子有限公司' }),
      company({ name: '宁波海康电子有限公司' }),
      'likely',
    ],
    [
      'a branch',
      company({ name: '杭州海康电子有限公司' }),
      company({ name: '杭州海康电子有限公司上海分公司' }),
      'likely',
    ],
    [
      'another trade word',
      company({ name: '杭州海康电子有限公司' }),
      company({ name: '杭州海康贸易有限公司' }),
      'likely',
    ],
    [
      'a shared phone',
      company({ name: '甲公司', phone: '+86 138 0013 8000' }),
      company({ name: '乙公司', otherPhones: ['13800138000'] }),
      'likely',
    ],
    [
      'a shared mail',
      company({ name: '甲公司', email: 'A@b.example' }),
      company({ name: '乙公司', email: 'a@B.example' }),
      'likely',
    ],
    [
      'namesakes',
      person({ name: '王伟', phone: '13800138000' }),
      person({ name: '王伟', phone: '13900139000' }),
      'likely',
    ],
    [
      'one person with one phone',
      person({ name: '王伟', phone: '13800138000' }),
      person({ name: '王 伟', phone: '13800138000' }),
      'certain',
    ],
    ['persons of whom nothing else is known', person({ name: '王伟' }), person({ name: '王伟' }), 'certain'],
    ['nothing in common', company({ name: '甲公司' }), company({ name: '乙公司' }), 'different'],
  ])('%s', (_what, one, other, expected) => expect(verdict('customer', one, other)).toBe(expected));

  test.each([
    [
      'one name at one customer',
      { customer: 'c1', name: '张三' },
      { customer: 'c1', name: '張三' },
      'certain',
    ],
    [
      'one name at two customers',
      { customer: 'c1', name: '张三' },
      { customer: 'c2', name: '张三' },
      'likely',
    ],
  ])('contacts: %s', (_what, one, other, expected) => expect(verdict('contact', one, other)).toBe(expected));

  test('products with codes of their own only likely, when they share the name', () => {
    expect(verdict('product', { name: '甲' }, { name: '甲' })).toBe('certain');
    expect(verdict('product', { name: '甲', code: '1' }, { name: '甲', code: '2' })).toBe('likely');
  });
});

test('names are looked up in the form they are kept in', () => {
  const stored = keysOf('department', { name: '华东 Sales' }).map(({ key }) => key);
  expect(stored).toContain(nameKey(byName.get('department')!, '華東ｓａｌｅｓ'));
  expect(nameKey(byName.get('task')!, '任务')).toBeNull();
  expect(nameKey(byName.get('customer')!, ' （） ')).toBeNull();
});

test('hashes are spread over all 64 bits and fit a bigint', () => {
  const keys = new Set<string>();
  let negative = 0;
  for (let at = 0; at < 20_000; at += 1) {
    const key = hashKey(`customer name 杭州${at}有限公司`);
    keys.add(key);
    const value = BigInt(key);
    expect(BigInt.asIntN(64, value)).toBe(value);
    if (value < 0n) negative += 1;
  }
  expect(keys.size).toBe(20_000);
  expect(negative).toBeGreaterThan(9_000);
  expect(negative).toBeLessThan(11_000);
});
