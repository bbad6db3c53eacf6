import fc from 'fast-check';
import { expect, test } from 'vitest';
import { capitalAmount } from './capitals.shared.ts';

test.each([
  ['10', '人民币壹拾元整'],
  ['1409.50', '人民币壹仟肆佰零玖元伍角'],
  ['6007.14', '人民币陆仟零柒元壹角肆分'],
  ['107000.53', '人民币壹拾万柒仟元零伍角叁分'],
  ['16409.02', '人民币壹万陆仟肆佰零玖元零贰分'],
  ['1680.32', '人民币壹仟陆佰捌拾元零叁角贰分'],
  ['325.04', '人民币叁佰贰拾伍元零肆分'],
  ['0', '人民币零元整'],
  ['0.05', '人民币伍分'],
  ['0.50', '人民币伍角'],
  ['10.05', '人民币壹拾元零伍分'],
  ['1', '人民币壹元整'],
  ['15', '人民币壹拾伍元整'],
  ['101', '人民币壹佰零壹元整'],
  ['1001', '人民币壹仟零壹元整'],
  ['1010', '人民币壹仟零壹拾元整'],
  ['10001', '人民币壹万零壹元整'],
  ['100000', '人民币壹拾万元整'],
  ['100010', '人民币壹拾万零壹拾元整'],
  ['20007000', '人民币贰仟万柒仟元整'],
  ['100000000', '人民币壹亿元整'],
  ['100000001', '人民币壹亿零壹元整'],
  ['100010000', '人民币壹亿零壹万元整'],
  ['100007000', '人民币壹亿零柒仟元整'],
  ['1050000000', '人民币壹拾亿伍仟万元整'],
  ['123456789.01', '人民币壹亿贰仟叁佰肆拾伍万陆仟柒佰捌拾玖元零壹分'],
  ['1000000000000', '人民币壹万亿元整'],
  ['1234500000000', '人民币壹万贰仟叁佰肆拾伍亿元整'],
  ['1000050000000', '人民币壹万亿零伍仟万元整'],
  ['1000500000000', '人民币壹万零伍亿元整'],
  ['-100', '人民币负壹佰元整'],
  ['1.005', '人民币壹元零壹分'],
])('%s → %s', (amount, expected) => {
  expect(capitalAmount(amount)).toBe(expected);
});

test('prefix of choice, and too large an amount', () => {
  expect(capitalAmount('5', '')).toBe('伍元整');
  expect(() => capitalAmount('12345678901234567')).toThrow(RangeError);
});

/** Reads capitals back with plain arithmetic, independent of how they are written. */
function readBack(text: string): number {
  const values: Record<string, number> = { 拾: 10, 佰: 100, 仟: 1000 };
  let [total, section, digit] = [0, 0, 0];
  for (const character of text) {
    const number = '零壹贰叁肆伍陆柒捌玖'.indexOf(character);
    if (number >= 0) digit = number;
    else if (values[character]) [section, digit] = [section + digit * values[character], 0];
    else if (character === '万') [total, section, digit] = [total + (section + digit) * 1e4, 0, 0];
    else if (character === '亿') [total, section, digit] = [(total + section + digit) * 1e8, 0, 0];
    else if (character === '元') [total, section, digit] = [(total + section + digit) * 100, 0, 0];
    else if (character === '角') [total, digit] = [total + digit * 10, 0];
    else if (character === '分') [total, digit] = [total + digit, 0];
  }
  return total;
}

test('any amount reads back as itself, without doubled or hanging zeros', () => {
  const sparse = fc.array(fc.constantFrom('0', '0', '0', '1', '5', '9'), { minLength: 1, maxLength: 14 });
  fc.assert(
    fc.property(sparse, (digits) => {
      const fen = Number(digits.join(''));
      const text = capitalAmount(`${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`, '');
      expect(readBack(text)).toBe(fen);
      if (fen > 0) expect(text).not.toMatch(/零零|零[元万亿整]|^零/);
    }),
    { numRuns: 2000 },
  );
});
