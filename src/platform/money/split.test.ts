import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Exact } from './money.shared.ts';
import { grown, split } from './split.shared.ts';

const sum = (parts: readonly string[]) => parts.reduce((total, part) => total.plus(part), new Exact(0));

describe('an amount divided', () => {
  test.each<[string, string[], number, string[]]>([
    ['100', ['1', '1', '1'], 2, ['33.34', '33.33', '33.33']],
    ['100', ['0', '0', '0', '0'], 2, ['25.00', '25.00', '25.00', '25.00']],
    ['10', ['1', '2', '0'], 0, ['3', '7', '0']],
    ['0.01', ['1', '1'], 2, ['0.01', '0.00']],
    ['7', ['5'], 0, ['7']],
    ['100', ['3', '-1'], 2, ['100.00', '0.00']],
    ['5', [], 2, []],
  ])('%s by %j', (whole, shares, digits, parts) => {
    expect(split(whole, shares, digits)).toEqual(parts);
  });

  test('always adds up to the last fen, and nobody differs from his exact share by a fen', () => {
    const amount = fc.bigInt({ min: 0n, max: 10n ** 15n });
    fc.assert(
      fc.property(amount, fc.array(amount, { minLength: 1, maxLength: 40 }), (fen, weights) => {
        const whole = new Exact(fen.toString()).div(100).toFixed(2);
        const shares = weights.map(String);
        const parts = split(whole, shares, 2);
        expect(sum(parts).toFixed(2)).toBe(whole);
        const all = sum(shares);
        for (const [at, part] of parts.entries()) {
          const share = all.isZero()
            ? new Exact(1).div(shares.length)
            : new Exact(shares[at] as string).div(all);
          expect(new Exact(part).minus(new Exact(whole).times(share)).abs().lt('0.01')).toBe(true);
        }
      }),
    );
  });

  test.each([
    ['1000', '10', '1100.00'],
    ['0.05', '50', '0.08'],
    ['100', '-20', '80.00'],
  ])('%s with %s per cent more is %s', (amount, percent, more) => {
    expect(grown(amount, percent, 2)).toBe(more);
  });
});
