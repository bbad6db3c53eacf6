import { describe, expect, test } from 'vitest';
import type { Owed } from '../figures/owed.ts';
import { type Candidate, rank } from './rank.ts';

const yuan = (amount: string) => ({ amount, currency: 'CNY' });
const owed = (id: string, amount: string, more: Partial<Owed> = {}): Owed => ({
  type: 'order',
  id,
  number: `DD-${id}`,
  name: null,
  customer: 'c',
  instalment: null,
  due: '2026-11-01',
  open: yuan(amount),
  ...more,
});
const of = (customer: string, payer: Candidate['payer'], ...items: Owed[]): Candidate => ({
  customer,
  payer,
  owed: items,
});
const told = (left: string, candidates: Candidate[], numbers: string[] = []) =>
  rank(yuan(left), candidates, new Set(numbers)).map(({ customer, item, reasons }) => [
    customer,
    item?.id ?? null,
    reasons.join(),
  ]);

describe('what money may be for', () => {
  test.each<[string, string, Candidate[], string[], unknown[]]>([
    [
      'a number named beside it says more than a name',
      '100',
      [of('a', 'payer', owed('x', '50')), of('b', null, owed('y', '70'))],
      ['y'],
      [
        ['b', 'y', 'number'],
        ['a', 'x', 'payer'],
      ],
    ],
    [
      'of one payer’s debts the equal one comes first',
      '70',
      [of('a', 'payer', owed('x', '50'), owed('y', '70', { due: '2026-12-01' }))],
      [],
      [
        ['a', 'y', 'payer,amount'],
        ['a', 'x', 'payer'],
      ],
    ],
    [
      'as likely: what is due first',
      '10',
      [of('a', 'payer', owed('x', '50', { due: '2026-12-01' }), owed('y', '70'))],
      [],
      [
        ['a', 'y', 'payer'],
        ['a', 'x', 'payer'],
      ],
    ],
    [
      'an order before its invoice',
      '50',
      [of('a', 'payer', owed('i', '50', { type: 'invoice' }), owed('x', '50'))],
      [],
      [
        ['a', 'x', 'payer,amount'],
        ['a', 'i', 'payer,amount'],
      ],
    ],
    [
      'all he owes together',
      '120',
      [of('a', 'payerLike', owed('x', '50'), owed('y', '70'))],
      [],
      [
        ['a', null, 'payerLike,whole'],
        ['a', 'x', 'payerLike'],
        ['a', 'y', 'payerLike'],
      ],
    ],
    ['who owes nothing pays in advance', '10', [of('a', 'payerBefore')], [], [['a', null, 'payerBefore']]],
    [
      'an equal amount alone is a guess worth telling',
      '50',
      [of('a', null, owed('x', '50'), owed('y', '60'))],
      [],
      [['a', 'x', 'amount']],
    ],
    [
      'another currency is another amount',
      '50',
      [of('a', null, owed('x', '50', { open: { amount: '50', currency: 'USD' } }))],
      [],
      [],
    ],
  ])('%s', (_what, left, candidates, numbers, expected) => {
    expect(told(left, candidates, numbers)).toEqual(expected);
  });

  test('nobody looks through more than eight', () => {
    const many = Array.from({ length: 20 }, (_, at) => of(`c${at}`, 'payer', owed(`x${at}`, '9')));
    expect(told('9', many)).toHaveLength(8);
  });
});
