import { describe, expect, test } from 'vitest';
import { difference, leftOf, spread } from './dialogs.ts';

const yuan = (amount: string) => ({ amount, currency: 'CNY' });
const line = (key: string, amount: string, more: object = {}) => ({
  key,
  open: yuan(amount),
  invoice: false,
  ...more,
});

describe('free money', () => {
  test.each([
    ['goes to what is due first', '100', [line('a', '60'), line('b', '60')], { a: '60', b: '40' }],
    ['of more than is open the rest stays free', '200', [line('a', '60.5')], { a: '60.5' }],
    [
      'does not pay an order and its invoice',
      '100',
      [line('a', '60'), line('i', '60', { invoice: true })],
      { a: '60' },
    ],
    [
      'leaves other currencies to people',
      '100',
      [line('a', '60', { open: { amount: '60', currency: 'USD' } }), line('b', '1')],
      { b: '1' },
    ],
  ])('%s', (_what, free, lines, expected) => expect(spread(yuan(free), lines)).toEqual(expected));

  test.each([
    [{}, '100'],
    [{ a: '30.1', b: ' 0.2 ', c: '' }, '69.7'],
    [{ a: '130' }, '-30'],
    [{ a: '3,0' }, null],
  ])('less %o is %s', (shares, left) => expect(leftOf(yuan('100'), shares)).toBe(left));
});

test.each([
  ['100', '100.00', null],
  ['60', '100', { kind: 'part', amount: '40' }],
  ['100.1', '100', { kind: 'over', amount: '0.1' }],
  ['', '100', null],
])('%s paid for %s', (paid, open, expected) => expect(difference(paid, open)).toEqual(expected));
