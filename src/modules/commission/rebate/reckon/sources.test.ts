import { describe, expect, test } from 'vitest';
import { Exact } from '../../../../platform/money/money.shared.ts';
import type { Deal, DealLine } from '../../reckon/deal.ts';
import { type Shipment, sourcesOf } from './sources.ts';

const line = (more: Partial<DealLine> = {}): DealLine => ({
  id: 'l',
  product: 'pump',
  categories: ['pumps', 'machines'],
  gross: '1130',
  net: '1000',
  quantity: '10',
  price: '113',
  askedGross: null,
  cost: null,
  belowMinimum: false,
  kept: { quantity: '10', gross: '1130', net: '1000' },
  returned: '0',
  ...more,
});
type Counting = Parameters<typeof sourcesOf>[0];
const deal = (more: Partial<Deal> = {}): Counting => ({
  holder: 'order',
  id: 'o',
  day: '2026-09-10',
  currency: 'CNY',
  rate: '1',
  cap: '1130',
  netRatio: new Exact(1000).dividedBy(1130),
  lines: [line()],
  allocations: [],
  ...more,
});
type Rules = Parameters<typeof sourcesOf>[1];
const rules = (more: Partial<Rules> = {}): Rules => ({
  ...{ counted: 'ordered', measure: 'amount', taxed: 'gross', currency: 'CNY', products: [], categories: [] },
  ...more,
});
const bases = (of: Counting, by: Partial<Rules> = {}, shipments: Shipment[] = []) =>
  sourcesOf(of, rules(by), shipments, 'CNY').map(({ base }) => base);

describe('what is ordered counts', () => {
  const hose = line({ id: 'h', product: 'hose', categories: ['hoses'] });
  test.each<[string, Partial<Deal>, Partial<Rules>, string]>([
    ['with tax', {}, {}, '1130.00'],
    ['without', {}, { taxed: 'net' }, '1000.00'],
    ['by pieces', {}, { measure: 'quantity' }, '10'],
    ['of one product', { lines: [line(), hose], cap: '2260' }, { products: ['hose'] }, '1130.00'],
    [
      'of a category with those below',
      { lines: [line(), hose], cap: '2260' },
      { categories: ['machines'] },
      '1130.00',
    ],
    ['of none of it', {}, { products: ['hose'] }, '0.00'],
    [
      'less what came back',
      { lines: [line({ kept: { quantity: '8', gross: '904', net: '800' } })], cap: '904' },
      {},
      '904.00',
    ],
    ['less what only a red invoice took back', { cap: '1000' }, {}, '1000.00'],
    ['a red invoice takes no pieces', { cap: '1000' }, { measure: 'quantity' }, '10'],
    ['not when it is cancelled', { cap: '0' }, {}, '0.00'],
    ['nor its pieces', { cap: '0' }, { measure: 'quantity' }, '0'],
    ['in dollars at the rate stored', { currency: 'USD', rate: '7.1' }, {}, '8023.00'],
    ['in dollars where the agreement is', { currency: 'USD', rate: '7.1' }, { currency: 'USD' }, '1130.00'],
    ['not in yuan where the agreement is in dollars', {}, { currency: 'USD' }, '0.00'],
  ])('%s', (_what, of, by, base) => {
    expect(bases(deal(of), by)).toEqual([base]);
  });

  test('a contract orders nothing by itself', () => {
    expect(bases(deal({ holder: 'contract' }))).toEqual([]);
  });
});

test('goods that left last count no more first when some come back', () => {
  const shipment = (id: string, quantity: string): Shipment => ({
    ...{ id, day: '2026-09-12' },
    lines: [
      { line: 'l', quantity, gross: String(Number(quantity) * 113), net: String(Number(quantity) * 100) },
    ],
  });
  const shipped = [shipment('a', '6'), shipment('b', '3')];
  const back = (returned: string) =>
    deal({ lines: [line({ returned, kept: { quantity: '8', gross: '904', net: '800' } })], cap: '904' });
  const by = { counted: 'delivered', taxed: 'net' } as const;
  expect(bases(deal(), by, shipped)).toEqual(['600.00', '300.00']);
  expect(bases(back('2'), by, shipped)).toEqual(['600.00', '100.00']);
  expect(bases(back('4'), { ...by, measure: 'quantity' }, shipped)).toEqual(['5', '0']);
  expect(bases(deal({ cap: '0' }), { ...by, measure: 'quantity' }, shipped)).toEqual(['0', '0']);
});

test('money counts on its day, its share of the goods the agreement is of', () => {
  const money = (posting: string, counted: string) => ({
    ...{ posting, day: '2026-10-01', receipt: 'r', performer: null },
    ...{ amount: counted, counted },
  });
  const paid = deal({
    allocations: [money('p', '113'), money('q', '0')],
    lines: [line(), line({ id: 'h', product: 'hose', categories: [] })],
  });
  expect(bases(paid, { counted: 'received' })).toEqual(['113.00', '0.00']);
  expect(bases(paid, { counted: 'received', taxed: 'net', products: ['hose'] })).toEqual(['50.00', '0.00']);
  expect(bases({ ...paid, lines: [] }, { counted: 'received', products: ['hose'] })).toEqual([
    '0.00',
    '0.00',
  ]);
});
