import { expect, test } from 'vitest';
import { changesOf, type Noted } from './change.ts';

const noted = (id: string, amount: string | null, more: Partial<Noted> = {}): Noted => ({
  id,
  what: '远山泵',
  unit: null,
  price: amount === null ? null : { amount, currency: 'CNY' },
  ...more,
});

test.each<[string, Noted[], [string, number][]]>([
  ['a first price', [noted('a', '100')], []],
  ['one that fell', [noted('b', '850.00'), noted('a', '1000.00')], [['b', -15]]],
  ['one that rose by little', [noted('b', '1001'), noted('a', '1000')], [['b', 0.1]]],
  ['one that stayed', [noted('b', '1'), noted('a', '1')], [['b', 0]]],
  [
    'each against the one before',
    [noted('c', '90'), noted('b', '100'), noted('a', '80')],
    [
      ['c', -10],
      ['b', 25],
    ],
  ],
  ['another product', [noted('b', '1'), noted('a', '2', { what: '远山阀' })], []],
  ['another unit', [noted('b', '1', { unit: '箱' }), noted('a', '2')], []],
  ['another currency', [noted('b', '1', { price: { amount: '1', currency: 'USD' } }), noted('a', '2')], []],
  ['a price nobody may see', [noted('b', null), noted('a', '2')], []],
  ['nothing before', [noted('b', '1'), noted('a', '0')], []],
])('%s', (_what, prices, changes) => expect([...changesOf(prices)]).toEqual(changes));
