import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CURRENCIES, isCurrency, minorUnits } from './currencies.shared.ts';
import {
  addMoney,
  allocateMoney,
  CurrencyMismatch,
  compareMoney,
  money,
  multiplyMoney,
  roundMoney,
  subtractMoney,
  sumMoney,
} from './money.shared.ts';

const yuan = (amount: string) => money(amount, 'CNY');
const cents = fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }).map((n) => yuan((n / 100).toFixed(2)));

describe('rounding', () => {
  test.each([
    ['1.005', 'CNY', '1.01'],
    ['-1.005', 'CNY', '-1.01'],
    ['1.0049999', 'CNY', '1.00'],
    ['-0.001', 'CNY', '0.00'],
    ['1200', 'CNY', '1200.00'],
    ['1200.5', 'JPY', '1201'],
    ['1.2345', 'KWD', '1.235'],
    ['1e3', 'CNY', '1000.00'],
    ['99999999999999999999.995', 'CNY', '100000000000000000000.00'],
  ])('%s %s → %s', (amount, currency, expected) => {
    expect(roundMoney(amount, currency)).toBe(expected);
  });
});

describe('calculation', () => {
  test('0.1 + 0.2 is 0.3, and different currencies are refused', () => {
    expect(addMoney(yuan('0.1'), yuan('0.2'))).toEqual({ amount: '0.30', currency: 'CNY' });
    expect(subtractMoney(yuan('1'), yuan('1.01')).amount).toBe('-0.01');
    expect(multiplyMoney(yuan('19.99'), '3.5').amount).toBe('69.97');
    expect(sumMoney([], 'JPY')).toEqual({ amount: '0', currency: 'JPY' });
    expect(() => addMoney(yuan('1'), money('1', 'USD'))).toThrow(CurrencyMismatch);
    expect(() => compareMoney(yuan('1'), money('1', 'USD'))).toThrow(CurrencyMismatch);
  });

  test('adding and taking away again changes nothing; order does not matter', () => {
    fc.assert(
      fc.property(cents, cents, (a, b) => {
        expect(subtractMoney(addMoney(a, b), b)).toEqual(a);
        expect(addMoney(a, b)).toEqual(addMoney(b, a));
        expect(Math.sign(compareMoney(a, b))).toBe(-Math.sign(compareMoney(b, a)) + 0);
      }),
    );
  });

  test('parts add up to the whole, none off by more than one cent', () => {
    const weights = fc.array(fc.integer({ min: 1, max: 1000 }).map(String), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(cents, weights, (whole, shares) => {
        const parts = allocateMoney(whole, shares);
        expect(sumMoney(parts, 'CNY')).toEqual(whole);
        const total = shares.reduce((sum, share) => sum + Number(share), 0);
        parts.forEach((part, index) => {
          const fair = (Number(whole.amount) * Number(shares[index])) / total;
          expect(Math.abs(Number(part.amount) - fair)).toBeLessThan(0.0101);
        });
      }),
    );
    expect(allocateMoney(yuan('100'), ['1', '1', '1']).map(({ amount }) => amount)).toEqual([
      '33.34',
      '33.33',
      '33.33',
    ]);
    expect(allocateMoney(yuan('-0.05'), ['1', '1']).map(({ amount }) => amount)).toEqual(['-0.03', '-0.02']);
  });
});

test('currencies: every code has three letters and appears once', () => {
  expect(new Set(CURRENCIES).size).toBe(CURRENCIES.length);
  expect(CURRENCIES.filter((code) => !/^[A-Z]{3}$/.test(code))).toEqual([]);
  expect(['CNY', 'JPY', 'KWD', 'XXX'].map(isCurrency)).toEqual([true, true, true, false]);
  expect(['CNY', 'JPY', 'KWD'].map(minorUnits)).toEqual([2, 0, 3]);
  // The runtime's own data is an independent list to check the digits against.
  const differing = CURRENCIES.filter((currency) => {
    const options = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions();
    return options.maximumFractionDigits !== minorUnits(currency);
  });
  // CLDR rounds these in everyday use; ISO 4217 gives them the digits of our list.
  const everyday =
    'AFN ALL COP HUF IDR IQD IRR KPW LAK LBP MGA MMK PKR RSD SLE SOS SYP TWD TZS UYU UZS YER'.split(' ');
  expect(differing.filter((currency) => !everyday.includes(currency))).toEqual([]);
});
