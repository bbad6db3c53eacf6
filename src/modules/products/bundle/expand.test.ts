import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Exact } from '../../../platform/money/money.shared.ts';
import { splitTax, sumTax } from '../../../platform/money/tax.shared.ts';
import { splitOverParts, sumOfParts } from './expand.shared.ts';

const part = (price: string | null, quantity = '1') => ({ price, quantity });

describe('a bundle’s price over its parts', () => {
  test.each<[string, string, ReturnType<typeof part>[], string[]]>([
    ['by what each costs alone', '90.00', [part('60.00'), part('40.00')], ['54.00', '36.00']],
    ['quantities count', '100.00', [part('10.00', '3'), part('70.00')], ['30.00', '70.00']],
    [
      'the cent left over goes where most was lost',
      '100.00',
      [part('1'), part('1'), part('1')],
      ['33.34', '33.33', '33.33'],
    ],
    ['a part without a price gets nothing', '10.00', [part('5'), part(null)], ['10.00', '0.00']],
    ['without any price quantities decide', '9.00', [part(null, '1'), part('0', '2')], ['3.00', '6.00']],
    ['for nothing', '0.00', [part('5'), part('5')], ['0.00', '0.00']],
    ['no parts', '10.00', [], []],
  ])('%s', (_, total, parts, shares) => {
    expect(splitOverParts(total, 'CNY', parts)).toEqual(shares);
  });

  const cents = fc.integer({ min: 0, max: 100_000_000 });
  const amount = (currency: string) =>
    cents.map((n) => (currency === 'JPY' ? `${n}` : new Exact(n).dividedBy(100).toFixed(2)));
  const parts = fc.array(
    fc.record({
      price: fc.option(amount('CNY')),
      quantity: fc.integer({ min: 1, max: 10_000_000 }).map((n) => new Exact(n).dividedBy(1000).toFixed()),
    }),
    { minLength: 1, maxLength: 12 },
  );

  test.each(['CNY', 'JPY'])('shares add up to the last unit of %s, none below nought', (currency) => {
    fc.assert(
      fc.property(amount(currency), parts, (total, some) => {
        const shares = splitOverParts(total, currency, some);
        const sum = shares.reduce((all, share) => all.plus(share), new Exact(0));
        expect(sum.toFixed()).toBe(new Exact(total).toFixed());
        expect(shares.every((share) => !share.startsWith('-'))).toBe(true);
        expect(shares).toHaveLength(some.length);
      }),
    );
  });

  test('with a tax rate for each part, net and tax add up to the line', () => {
    const rates = fc.array(fc.constantFrom('0.13', '0.09', '0.06', '0.03', '0.01', '0', null), {
      minLength: 12,
      maxLength: 12,
    });
    fc.assert(
      fc.property(amount('CNY'), parts, rates, (total, some, rate) => {
        const lines = splitOverParts(total, 'CNY', some).map((share, at) =>
          splitTax(share, rate[at] ?? null),
        );
        const sum = sumTax(lines);
        expect(sum.gross).toBe(new Exact(total).toFixed(2));
        expect(new Exact(sum.net).plus(sum.tax).toFixed(2)).toBe(sum.gross);
      }),
    );
  });
});

describe('a bundle as the sum of its parts', () => {
  test.each<[string, ReturnType<typeof part>[], string | null, string | null]>([
    ['without discount', [part('60.00'), part('12.50', '2')], null, '85.00'],
    ['10% off', [part('60.00'), part('40.00')], '10', '90.00'],
    ['each part is rounded, then the sum', [part('0.05', '0.5'), part('0.05', '0.5')], null, '0.06'],
    ['half a cent is rounded up once', [part('0.01')], '50', '0.01'],
    ['all of it off', [part('60.00')], '100', '0.00'],
    ['a part without price', [part('60.00'), part(null)], null, null],
  ])('%s', (_, parts, discount, sum) => {
    expect(sumOfParts(parts, discount, 'CNY')).toBe(sum);
  });
});
