import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Exact } from '../../../platform/money/money.shared.ts';
import { shareOf } from './share.ts';

const third = { quantity: '3', amount: '100.00', currency: 'CNY' };

test.each<[string, string, string]>([
  ['1', '0', '33.33'],
  ['2', '33.33', '33.34'],
  ['3', '66.67', '33.33'],
  ['3', '0', '100.00'],
])('up to %s of three, after %s: %s', (upTo, given, share) => {
  expect(shareOf(third, upTo, given)).toBe(share);
});

test('nothing of nothing is nothing', () => {
  expect(shareOf({ quantity: '0', amount: '0', currency: 'CNY' }, '0', '0')).toBe('0.00');
});

const sum = (amounts: readonly string[]) =>
  amounts.reduce((all, amount) => all.plus(amount), new Exact(0)).toFixed(2);
const parts = fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 1, maxLength: 12 });
const cents = fc
  .integer({ min: 0, max: 99_999_999 })
  .map((each) => new Exact(each).dividedBy(100).toFixed(2));

/** What each of several parts is given, one after the other. */
function given(amount: string, quantity: number, pieces: readonly number[]): string[] {
  const shares: string[] = [];
  let upTo = 0;
  for (const piece of pieces) {
    upTo += piece;
    shares.push(shareOf({ quantity: `${quantity}`, amount, currency: 'CNY' }, `${upTo}`, sum(shares)));
  }
  return shares;
}

test('partial deliveries come to the whole, and no part is off by more than a fen', () => {
  fc.assert(
    fc.property(cents, parts, (amount, pieces) => {
      const quantity = pieces.reduce((all, piece) => all + piece, 0);
      const shares = given(amount, quantity, pieces);
      expect(sum(shares)).toBe(amount);
      for (const [at, piece] of pieces.entries()) {
        const exact = new Exact(amount).times(piece).dividedBy(quantity);
        expect(
          exact
            .minus(shares[at] as string)
            .abs()
            .lte('0.01'),
        ).toBe(true);
      }
    }),
  );
});

test('whatever is delivered and returned, what stays and what came back are the whole, net and tax alike', () => {
  const net = fc.integer({ min: 0, max: 100 });
  fc.assert(
    fc.property(cents, net, parts, fc.nat(12), (amount, percent, pieces, kept) => {
      const quantity = pieces.reduce((all, piece) => all + piece, 0);
      const netAmount = new Exact(amount).times(percent).dividedBy(100).toFixed(2);
      const back = pieces.slice(0, kept);
      const [gross, without] = [given(amount, quantity, back), given(netAmount, quantity, back)];
      const left = new Exact(amount).minus(sum(gross));
      expect(left.gte(0)).toBe(true);
      expect(left.plus(sum(gross)).toFixed(2)).toBe(amount);
      if (back.length === pieces.length) expect([sum(gross), sum(without)]).toEqual([amount, netAmount]);
      for (const [at, each] of gross.entries()) {
        const tax = new Exact(each).minus(without[at] as string);
        expect(tax.gte('-0.01')).toBe(true);
      }
    }),
  );
});
