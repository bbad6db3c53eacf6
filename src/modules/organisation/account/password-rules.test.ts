import { describe, expect, test } from 'vitest';
import { passwordFault } from './password-rules.ts';

const RULES = { minLength: 8, maxAgeDays: 0 };
const OWNER = {
  name: 'Chen Mo',
  email: 'chen.mo@yunhe.example',
  phone: '+86 138-0013-8000',
  username: 'cmo88888',
};

describe('passwords', () => {
  test.each(['Bamboo*Rain-47', '竹林深处有人家吗', 'correct horse battery', '云鹤2026年要更好', 'xK9$mQ2z'])(
    '%s is good',
    (password) => {
      expect(passwordFault(password, RULES, OWNER)).toBeNull();
    },
  );

  test.each([
    ['short', 'password_too_short'],
    ['竹林深处', 'password_too_short'],
    ['x'.repeat(129), 'password_too_long'],
    ['password123', 'password_common'],
    ['Password123', 'password_common'],
    ['ｐａｓｓｗｏｒｄ', 'password_common'],
    ['woaini1314', 'password_common'],
    ['12345678', 'password_common'],
    ['987654321', 'password_common'],
    ['abcdefghij', 'password_common'],
    ['aaaaaaaa', 'password_common'],
    ['abababab', 'password_common'],
    ['我爱你我爱你我爱你', 'password_common'],
    ['chen.mo-2026', 'password_contains_login'],
    ['My-13800138000', 'password_contains_login'],
    ['X13800138000', 'password_contains_login'],
    ['CMO88888!', 'password_contains_login'],
    ['I am chen mo!', 'password_contains_login'],
  ])('%s → %s', (password, code) => {
    expect(passwordFault(password, RULES, { ...OWNER, phone: '13800138000' })?.code).toBe(code);
  });

  test('the company may ask for more, never for less than eight characters', () => {
    expect(passwordFault('xK9$mQ2z', { minLength: 12, maxAgeDays: 0 })).toEqual({
      code: 'password_too_short',
      params: { min: 12 },
    });
    expect(passwordFault('xK9$m', { minLength: 1, maxAgeDays: 0 })).toEqual({
      code: 'password_too_short',
      params: { min: 8 },
    });
  });

  test('a short name forbids nothing', () => {
    expect(passwordFault('Bamboo*Li-47', RULES, { name: 'Li', username: 'li' })).toBeNull();
  });
});
