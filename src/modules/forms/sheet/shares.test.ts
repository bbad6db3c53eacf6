import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { growthOf, rateOf, sharesOf, sumOf } from './shares.ts';

const amount = fc
  .tuple(fc.integer({ min: 0, max: 9_999_999_999 }), fc.integer({ min: 0, max: 99 }))
  .map(([whole, cents]) => `${whole}.${String(cents).padStart(2, '0')}`);
const tenths = (share: string | null) => Math.round(Number(share) * 10);

describe('shares', () => {
  test.each([
    [
      ['1', '1', '1'],
      ['33.4', '33.3', '33.3'],
    ],
    [
      ['0', '5'],
      ['0.0', '100.0'],
    ],
    [
      ['0', '0'],
      [null, null],
    ],
    [[], []],
    [
      ['150', '-50'],
      ['150.0', '-50.0'],
    ],
    [
      ['-5', '-5'],
      [null, null],
    ],
  ])('of %j', (amounts, shares) => {
    expect(sharesOf(amounts)).toEqual(shares);
  });

  test('together they are 100.0, each within a tenth of the exact one, and greater amounts have no smaller share', () => {
    fc.assert(
      fc.property(fc.array(amount, { minLength: 1, maxLength: 60 }), (amounts) => {
        const shares = sharesOf(amounts);
        const total = Number(sumOf(amounts));
        if (total === 0) return shares.every((share) => share === null);
        expect(shares.reduce((sum, share) => sum + tenths(share), 0)).toBe(1000);
        amounts.forEach((each, at) => {
          expect(Math.abs(Number(shares[at]) - (Number(each) * 100) / total)).toBeLessThan(0.1000001);
          amounts.forEach((other, against) => {
            if (Number(each) > Number(other))
              expect(tenths(shares[at] ?? null)).toBeGreaterThanOrEqual(tenths(shares[against] ?? null));
          });
        });
        return true;
      }),
    );
  });
});

test.each([
  ['120', '100', '20.0'],
  ['0', '100', '-100.0'],
  ['1', '3', '-66.7'],
  ['5', '0', null],
  ['5', '-1', null],
])('%s after %s grew by %s', (now, before, growth) => {
  expect(growthOf(now, before)).toBe(growth);
});

test.each([
  ['80', '100', '80.0'],
  ['5', '0', null],
])('%s of %s', (part, whole, rate) => {
  expect(rateOf(part, whole)).toBe(rate);
});

test('sums are exact', () => {
  expect(sumOf(['0.1', '0.2', '99999999999999.99'])).toBe('100000000000000.29');
});
