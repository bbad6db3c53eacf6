import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseMoney } from './money.shared.ts';
import { type DecimalSign, detectDecimalSign, type NumberOptions, parseNumber } from './number.shared.ts';

const read = (text: string, options?: NumberOptions) => {
  const parsed = parseNumber(text, options);
  return parsed.ok ? parsed.value : parsed.code;
};

test.each([
  ['1200', '1200'],
  ['1,200.50', '1200.5'],
  ['1 200', '1200'],
  ["1'200", '1200'],
  ['１，２００．５', '1200.5'],
  ['.5', '0.5'],
  ['5.', '5'],
  ['+5', '5'],
  ['-5', '-5'],
  ['−5', '-5'],
  ['（1,200）', '-1200'],
  ['(5)', '-5'],
  ['-0', '0'],
  ['1.2万', '12000'],
  ['3亿', '300000000'],
  ['1.5千万', '15000000'],
  ['2百万', '2000000'],
  ['5千', '5000'],
  ['1.2w', '12000'],
  ['3K', '3000'],
  ['1.5M', '1500000'],
  ['1万亿', '1000000000000'],
  ['12%', '0.12'],
  ['１２.５％', '0.125'],
  ['1.38E+10', '13800000000'],
  ['1234,5678', '12345678'],
  ['99999999999999999999.99', '99999999999999999999.99'],
  ['', null],
  ['—', null],
  ['N/A', null],
  ['暂无', null],
  ['1,5', 'number_ambiguous'],
  ['1.200,50', 'number_ambiguous'],
  ['12,34', 'number_ambiguous'],
  ['1,2,3', 'number_unreadable'],
  ['1.2.3', 'number_unreadable'],
  ['abc', 'number_unreadable'],
  ['12abc', 'number_unreadable'],
  ['1200元', 'number_unreadable'],
  ['--5', 'number_unreadable'],
  ['9'.repeat(40), 'number_unreadable'],
  ['Infinity', 'number_unreadable'],
  ['0x10', 'number_unreadable'],
])('number %s → %s', (text, expected) => {
  expect(read(text)).toBe(expected);
});

test.each<[string, NumberOptions, string]>([
  ['1200元', { units: ['元', '万元'] }, '1200'],
  ['1.2万元', { units: ['元'] }, '12000'],
  ['50 人', { units: ['人'] }, '50'],
  ['120㎡', { units: ['m2'] }, '120'],
  ['1.200,50', { decimalSign: 'comma' }, '1200.5'],
  ['1,5', { decimalSign: 'comma' }, '1.5'],
  ['1.200', { decimalSign: 'comma' }, '1200'],
])('%s with %j → %s', (text, options, expected) => {
  expect(read(text, options)).toBe(expected);
});

test.each<[string, string[], DecimalSign | 'ambiguous']>([
  ['one comma decides', ['1.200', '1.200,50'], 'comma'],
  ['short decimals decide', ['1,5', '2'], 'comma'],
  ['one point decides', ['1,200', '1,200.50'], 'point'],
  ['thousands alone stay points', ['1,200', '1.200'], 'point'],
  ['contradiction', ['1,5', '1.5'], 'ambiguous'],
  ['currency signs do not disturb', ['€ 1.200,50'], 'comma'],
  ['nothing', ['', '5'], 'point'],
])('decimal sign of a column: %s', (_, samples, expected) => {
  expect(detectDecimalSign(samples)).toBe(expected);
});

test('every decimal reads back as itself, grouped or not', () => {
  const decimal = fc.tuple(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.nat({ max: 99 }));
  fc.assert(
    fc.property(decimal, ([whole, cents]) => {
      const exact = cents === 0 ? `${whole}` : `${whole}.${String(cents).padStart(2, '0').replace(/0$/, '')}`;
      expect(read(exact)).toBe(exact);
      const [digits = '', rest] = exact.split('.');
      const grouped = digits.replace(/\B(?=(\d{3})+$)/g, ',');
      expect(read(rest === undefined ? grouped : `${grouped}.${rest}`)).toBe(exact);
    }),
  );
});

test('number cells', () => {
  expect(parseNumber({ kind: 'number', text: '12%', value: '0.12', lossy: false })).toEqual({
    ok: true,
    value: '0.12',
  });
  expect(
    parseNumber({ kind: 'number', text: '310104199001011008', value: '310104199001011008', lossy: true }),
  ).toMatchObject({ code: 'number_lost_digits' });
  expect(parseNumber({ kind: 'error', text: '=', code: 'formula_uncached' })).toMatchObject({
    code: 'formula_uncached',
  });
});

describe('money', () => {
  const money = (text: string, currency = 'CNY', options?: NumberOptions) => {
    const parsed = parseMoney(text, currency, options);
    return parsed.ok
      ? parsed.value
        ? `${parsed.value.amount} ${parsed.value.currency}`
        : null
      : parsed.code;
  };

  test.each([
    ['1200', '1200.00 CNY'],
    ['￥1,200.00', '1200.00 CNY'],
    ['¥ 1,200', '1200.00 CNY'],
    ['1.2万元', '12000.00 CNY'],
    ['3亿', '300000000.00 CNY'],
    ['人民币1200元整', '1200.00 CNY'],
    ['RMB 1,200', '1200.00 CNY'],
    ['1200块', '1200.00 CNY'],
    ['USD 1,200', '1200.00 USD'],
    ['1,200.5 usd', '1200.50 USD'],
    ['US$1,200', '1200.00 USD'],
    ['$1,200', '1200.00 USD'],
    ['HK$500', '500.00 HKD'],
    ['5万美元', '50000.00 USD'],
    ['€1,200', '1200.00 EUR'],
    ['1200日元', '1200 JPY'],
    ['JPY ¥1,200', '1200 JPY'],
    ['-¥5', '-5.00 CNY'],
    ['¥-5', '-5.00 CNY'],
    ['（¥1,200.00）', '-1200.00 CNY'],
    ['1200.555', 'money_too_precise'],
    ['1200.5500', '1200.55 CNY'],
    ['0.12345万元', '1234.50 CNY'],
    ['1200.5日元', 'money_too_precise'],
    ['1200.00日元', '1200 JPY'],
    ['1.2345 KWD', 'money_too_precise'],
    ['1.234 KWD', '1.234 KWD'],
    ['', null],
    ['/', null],
    ['约1200', 'money_currency_unknown'],
    ['1200积分', 'money_currency_unknown'],
    ['1200/月', 'money_unreadable'],
    ['USD 5 EUR', 'money_unreadable'],
    ['面议', 'money_unreadable'],
    ['¥1.200,50', 'number_ambiguous'],
    ['(5', 'money_unreadable'],
  ])('%s → %s', (text, expected) => {
    expect(money(text)).toBe(expected);
  });

  test('the default currency, a bare dollar, a decimal comma', () => {
    expect(money('$5', 'HKD')).toBe('5.00 HKD');
    expect(money('5', 'JPY')).toBe('5 JPY');
    expect(money('€1.200,50', 'EUR', { decimalSign: 'comma' })).toBe('1200.50 EUR');
    expect(parseMoney({ kind: 'number', text: '5.5', value: '5.5', lossy: false }, 'CNY')).toEqual({
      ok: true,
      value: { amount: '5.50', currency: 'CNY' },
    });
    expect(parseMoney({ kind: 'number', text: '5.555', value: '5.555', lossy: false }, 'CNY')).toEqual({
      ok: false,
      code: 'money_too_precise',
      params: { text: '5.555', currency: 'CNY', digits: 2 },
    });
  });
});
