import fc from 'fast-check';
import { expect, test } from 'vitest';
import { roundMoney } from './money.shared.ts';
import { addTax, splitTax, sumTax } from './tax.shared.ts';

test.each([
  ['100.00', '0.13', '88.50', '11.50'],
  ['100.00', '0.06', '94.34', '5.66'],
  ['100.00', '0.09', '91.74', '8.26'],
  ['100.00', '0.03', '97.09', '2.91'],
  ['100.00', '0.01', '99.01', '0.99'],
  ['100.00', '0', '100.00', '0.00'],
  ['100.00', null, '100.00', '0.00'],
  ['0.01', '0.13', '0.01', '0.00'],
  ['-100.00', '0.13', '-88.50', '-11.50'],
])('%s at %s is %s + %s', (gross, rate, net, tax) => {
  expect(splitTax(gross, rate)).toEqual({ gross, net, tax });
});

test('tax on top', () => {
  expect(addTax('88.50', '0.13')).toEqual({ gross: '100.01', net: '88.50', tax: '11.51' });
  expect(addTax('100', null)).toEqual({ gross: '100.00', net: '100.00', tax: '0.00' });
});

test('net and tax always make up the price, and totals are sums of lines', () => {
  const gross = fc.integer({ min: -10_000_000, max: 10_000_000 }).map((n) => (n / 100).toFixed(2));
  const rate = fc.constantFrom('0.13', '0.09', '0.06', '0.03', '0.01', '0', null);
  fc.assert(
    fc.property(fc.array(fc.tuple(gross, rate), { maxLength: 20 }), (lines) => {
      const split = lines.map(([amount, share]) => splitTax(amount, share));
      const total = sumTax(split);
      const exact = (values: string[]) =>
        roundMoney(
          String(values.reduce((sum, value) => sum + Math.round(Number(value) * 100), 0) / 100),
          'CNY',
        );
      expect(total.gross).toBe(exact(lines.map(([amount]) => amount)));
      expect(total.gross).toBe(exact([total.net, total.tax]));
    }),
  );
});
