import { describe, expect, it } from 'vitest';
import { foldMail, isMail, maskEmail } from './mail.ts';
import { maskPhone, parsePhones } from './phones.ts';
import { checkTaxNumber } from './tax-number.ts';

describe('parsePhones', () => {
  it.each([
    ['13812341234', 'mobile', '13812341234'],
    ['138 1234 1234', 'mobile', '13812341234'],
    ['+86-138-1234-1234', 'mobile', '13812341234'],
    ['0086 13812341234', 'mobile', '13812341234'],
    ['１３８１２３４１２３４', 'mobile', '13812341234'],
    ['13812341234.0', 'mobile', '13812341234'],
    ['手机：13812341234', 'mobile', '13812341234'],
    ['0571-88888888转801', 'landline', '0571-88888888-801'],
    ['（010）6888 8888', 'landline', '010-68888888'],
    ['057188888888', 'landline', '0571-88888888'],
    ['0571-8888-8888', 'landline', '0571-88888888'],
    ['+86 571 8888 8888', 'landline', '0571-88888888'],
    ['88886666', 'landline', '88886666'],
    ['4008208888', 'service', '400-820-8888'],
    ['800-820-8888', 'service', '800-820-8888'],
    ['95588', 'short', '95588'],
    ['+1 415 555 0100', 'foreign', '+1 415 555 0100'],
    ['0049 30 123456', 'foreign', '0049 30 123456'],
  ])('%s', (written, kind, number) => {
    const { phones, problems } = parsePhones(written);
    expect(problems).toEqual([]);
    expect(phones).toMatchObject([{ kind, number }]);
  });

  it('takes several numbers from one cell, each once', () => {
    const cell = '13812341234/13912341234、0571-88886666；13812341234 ; 4008208888';
    expect(parsePhones(cell).phones.map((phone) => phone.number)).toEqual([
      '13812341234',
      '13912341234',
      '0571-88886666',
      '400-820-8888',
    ]);
    expect(parsePhones('13812341234 13912341234').phones).toHaveLength(2);
  });

  it.each([
    ['1.38E+10', 'spreadsheet_damage'],
    ['1.3812E10', 'spreadsheet_damage'],
    ['138123412', 'unrecognised_phone'],
    ['12812341234', 'unrecognised_phone'],
    ['无', 'unrecognised_phone'],
  ])('%s is reported', (written, problem) => {
    expect(parsePhones(written)).toEqual({ phones: [], problems: [problem] });
  });

  it('keeps the good numbers beside a bad one', () => {
    const { phones, problems } = parsePhones('13812341234/1.38E+10');
    expect([phones.length, problems]).toEqual([1, ['spreadsheet_damage']]);
  });
});

it.each([
  ['13812341234', '138****1234'],
  ['0571-88888888-801', '0571-****8888'],
  ['400-820-8888', '400-****8888'],
  ['+1 415 555 0100', '+14****0100'],
  ['95588', '****'],
  ['', ''],
])('maskPhone(%s) → %s', (number, masked) => expect(maskPhone(number)).toBe(masked));

describe('checkTaxNumber', () => {
  it.each([
    ['91350100M000100Y43', true, undefined],
    [' 91350100m000100y43 ', true, undefined],
    ['91350100M000100Y44', false, 'bad_check_digit'],
    ['91350100M00010OY43', false, 'bad_characters'],
    ['9135010', false, 'bad_length'],
    ['330100123456789', true, 'old_tax_number'],
  ])('%s', (text, valid, note) => {
    const check = checkTaxNumber(text);
    expect([check.valid, check.note]).toEqual([valid, note]);
  });

  it('notices every single wrong digit', () => {
    const good = '91350100M000100Y43';
    for (let at = 0; at < good.length; at += 1) {
      const other = good[at] === '7' ? '8' : '7';
      expect(checkTaxNumber(good.slice(0, at) + other + good.slice(at + 1)).valid).toBe(false);
    }
  });
});

describe('mail', () => {
  it('folds for comparison', () => {
    expect(foldMail(' Zhang.San＠Example.COM ')).toBe('zhang.san@example.com');
    expect(foldMail('张三 <z@a.cn>')).toBe('z@a.cn');
  });

  it.each([
    ['zhang@example.com', true],
    ['zhang@example', false],
    ['@example.com', false],
    ['a@b@c.com', false],
    ['张三@例子.中国', true],
  ])('isMail(%s) %s', (text, expected) => expect(isMail(text)).toBe(expected));

  it.each([
    ['zhangsan@example.com', 'z***n@example.com'],
    ['ab@example.com', 'a***@example.com'],
    ['broken', '***'],
    ['', ''],
  ])('maskEmail(%s) → %s', (mail, masked) => expect(maskEmail(mail)).toBe(masked));
});
