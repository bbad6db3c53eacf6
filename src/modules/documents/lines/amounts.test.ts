import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Exact } from '../../../platform/money/money.shared.ts';
import { documentAmounts, type LineTerms, lineAmount } from './amounts.shared.ts';

const line = (
  quantity: string,
  price: string,
  taxRate: string | null = '0.13',
  discount: string | null = null,
) => ({
  quantity,
  price,
  taxRate,
  discount,
});
const document = (deduction: string | null = null, pricesIncludeTax = true, currency = 'CNY') => ({
  currency,
  pricesIncludeTax,
  deduction,
});

describe('amounts of a document', () => {
  test.each<[string, LineTerms[], ReturnType<typeof document>, { gross: string; net: string; tax: string }]>([
    ['100.00 at 13 %', [line('1', '100')], document(), { gross: '100.00', net: '88.50', tax: '11.50' }],
    [
      'prices without tax',
      [line('1', '88.50')],
      document(null, false),
      { gross: '100.01', net: '88.50', tax: '11.51' },
    ],
    [
      'totals are sums of lines, not of the total',
      [line('1', '10.01'), line('1', '10.01'), line('1', '10.01')],
      document(),
      { gross: '30.03', net: '26.58', tax: '3.45' },
    ],
    [
      'a discount of 12.5 %',
      [line('3', '9.99', '0.13', '12.5')],
      document(),
      { gross: '26.22', net: '23.20', tax: '3.02' },
    ],
    [
      'exempt is no tax',
      [line('2', '50', null)],
      document(),
      { gross: '100.00', net: '100.00', tax: '0.00' },
    ],
    [
      'a deduction lowers every line',
      [line('1', '100'), line('1', '200')],
      document('0.5'),
      { gross: '299.50', net: '265.05', tax: '34.45' },
    ],
    [
      'yen have no fen',
      [line('3', '33.4', '0.1')],
      document(null, true, 'JPY'),
      { gross: '100', net: '91', tax: '9' },
    ],
    [
      'a fine price of a large quantity',
      [line('10000', '0.0123')],
      document(),
      { gross: '123.00', net: '108.85', tax: '14.15' },
    ],
    ['no lines', [], document(), { gross: '0.00', net: '0.00', tax: '0.00' }],
  ])('%s', (_what, lines, terms, total) => {
    expect(documentAmounts(lines, terms).total).toEqual(total);
  });

  test('a deduction larger than the lines is refused', () => {
    expect(() => documentAmounts([line('1', '10')], document('10.01'))).toThrow(RangeError);
  });

  test('a bundle is split over its parts, each taxed by its own rate, and adds up to what was agreed', () => {
    const amount = fc
      .integer({ min: 0, max: 9_999_999 })
      .map((cents) => new Exact(cents).dividedBy(100).toFixed(2));
    const rate = fc.constantFrom('0.13', '0.09', '0.06', '0.03', '0.01', '0', null);
    const parts = fc.array(
      fc.record({ weight: fc.integer({ min: 0, max: 999_999 }).map(String), taxRate: rate }),
      { maxLength: 6 },
    );
    const lines = fc.array(
      fc.record({
        quantity: fc
          .integer({ min: 1, max: 99_999 })
          .map((thousandths) => new Exact(thousandths).dividedBy(1000).toFixed()),
        price: amount,
        discount: fc.option(fc.integer({ min: 0, max: 100 }).map(String)),
        taxRate: rate,
        parts,
      }),
      { minLength: 1, maxLength: 8 },
    );
    const sum = (all: readonly Record<'gross' | 'net' | 'tax', string>[], of: 'gross' | 'net' | 'tax') =>
      all.reduce((to, one) => to.plus(one[of]), new Exact(0)).toFixed(2);
    fc.assert(
      fc.property(
        lines,
        fc.integer({ min: 0, max: 100 }),
        fc.boolean(),
        (each, percent, pricesIncludeTax) => {
          const whole = each.reduce((to, one) => to.plus(lineAmount(one, 'CNY')), new Exact(0));
          const deduction = whole
            .times(percent)
            .dividedBy(100)
            .toDecimalPlaces(2, Exact.ROUND_DOWN)
            .toFixed(2);
          const made = documentAmounts(each, document(deduction, pricesIncludeTax));
          const bearing = made.lines.flatMap((line) => (line.parts.length ? line.parts : [line]));
          for (const of of ['gross', 'net', 'tax'] as const) {
            expect(sum(bearing, of)).toBe(made.total[of]);
            for (const line of made.lines) if (line.parts.length) expect(sum(line.parts, of)).toBe(line[of]);
          }
          for (const one of bearing) expect(new Exact(one.net).plus(one.tax).toFixed(2)).toBe(one.gross);
          // Whether a line is a bundle changes nothing in what was agreed.
          const plain = documentAmounts(
            each.map(({ parts: _parts, ...line }) => line),
            document(deduction, pricesIncludeTax),
          );
          const agreed = pricesIncludeTax ? ('gross' as const) : ('net' as const);
          expect(made.lines.map((line) => line[agreed])).toEqual(plain.lines.map((line) => line[agreed]));
        },
      ),
    );
  });

  test('lines add up to the total, net and tax to gross, whatever is taken off', () => {
    const amount = fc
      .integer({ min: 0, max: 9_999_999 })
      .map((cents) => new Exact(cents).dividedBy(100).toFixed(2));
    const lines = fc.array(
      fc.record({
        quantity: fc
          .integer({ min: 1, max: 99_999 })
          .map((thousandths) => new Exact(thousandths).dividedBy(1000).toFixed()),
        price: amount,
        discount: fc.option(fc.integer({ min: 0, max: 100 }).map(String)),
        taxRate: fc.constantFrom('0.13', '0.09', '0.06', '0.03', '0.01', '0', null),
      }),
      { minLength: 1, maxLength: 20 },
    );
    fc.assert(
      fc.property(
        lines,
        fc.integer({ min: 0, max: 100 }),
        fc.boolean(),
        (each, percent, pricesIncludeTax) => {
          const plain = documentAmounts(each, document(null, pricesIncludeTax));
          const basis = pricesIncludeTax ? plain.total.gross : plain.total.net;
          const deduction = new Exact(basis)
            .times(percent)
            .dividedBy(100)
            .toDecimalPlaces(2, Exact.ROUND_DOWN)
            .toFixed(2);
          const { lines: taxed, total } = documentAmounts(each, document(deduction, pricesIncludeTax));
          const sum = (of: 'gross' | 'net' | 'tax') =>
            taxed.reduce((all, one) => all.plus(one[of]), new Exact(0)).toFixed(2);
          expect([sum('gross'), sum('net'), sum('tax')]).toEqual([total.gross, total.net, total.tax]);
          for (const one of taxed) expect(new Exact(one.net).plus(one.tax).toFixed(2)).toBe(one.gross);
          const left = new Exact(basis).minus(deduction).toFixed(2);
          expect(pricesIncludeTax ? total.gross : total.net).toBe(left);
        },
      ),
    );
  });
});
