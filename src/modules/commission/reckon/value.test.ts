import { describe, expect, test } from 'vitest';
import { Exact } from '../../../platform/money/money.shared.ts';
import { type Allocation, capOf, counted, type Deal, type DealLine } from './deal.ts';
import { baseOf, discountOf } from './value.ts';

const line = (more: Partial<DealLine> = {}): DealLine => ({
  id: 'l',
  product: 'pump',
  categories: ['pumps', 'machines'],
  gross: '1130',
  net: '1000',
  quantity: '10',
  price: '113',
  askedGross: '1130',
  cost: '60',
  belowMinimum: false,
  kept: { quantity: '10', gross: '1130', net: '1000' },
  returned: '0',
  ...more,
});
const allocation = (amount: string, more: Partial<Allocation> = {}): Allocation => ({
  posting: 'p',
  day: '2026-11-20',
  receipt: 'r',
  performer: null,
  amount,
  counted: amount,
  ...more,
});
const deal = (more: Partial<Deal> = {}): Deal => ({
  holder: 'order',
  id: 'o',
  customer: 'c',
  name: '订单',
  performer: null,
  currency: 'CNY',
  rate: '1',
  netRatio: new Exact(1000).dividedBy(1130),
  firstDay: '2026-11-01',
  day: '2026-11-01',
  cap: null,
  lines: [line()],
  allocations: [],
  shares: [],
  open: null,
  ...more,
});

test.each<[string, Partial<Deal>, Parameters<typeof baseOf>[1], string]>([
  ['as received', {}, { base: 'gross' }, '113.00'],
  ['without tax', {}, { base: 'net' }, '100.00'],
  ['what was earned on the goods', {}, { base: 'margin' }, '40.00'],
  ['no cost known, no margin', { lines: [line({ cost: null })] }, { base: 'margin' }, '0.00'],
  ['sold below cost', { lines: [line({ cost: '130' })] }, { base: 'margin' }, '0.00'],
  ['in dollars', { currency: 'USD', rate: '7.1' }, { base: 'net' }, '710.00'],
  [
    'a product that counts more',
    {},
    { base: 'net', factors: [{ product: 'pump', factor: '1.5' }] },
    '150.00',
  ],
  [
    'its nearest category',
    {},
    {
      base: 'net',
      factors: [
        { category: 'machines', factor: '3' },
        { category: 'pumps', factor: '2' },
      ],
    },
    '200.00',
  ],
  [
    'half of it one that counts nothing',
    { lines: [line(), line({ product: 'hose', categories: [] })] },
    { base: 'net', factors: [{ product: 'hose', factor: '0' }] },
    '50.00',
  ],
  ['a new customer', {}, { base: 'net', newCustomer: { days: 30, factor: '1.2' } }, '120.00'],
  ['new no longer', {}, { base: 'net', newCustomer: { days: 18, factor: '1.2' } }, '100.00'],
  [
    'a discount too deep',
    { lines: [line({ askedGross: '1500' })] },
    { base: 'net', floor: { maxDiscount: '20' } },
    '0.00',
  ],
  [
    'one just deep enough',
    { lines: [line({ askedGross: '1412.5' })] },
    { base: 'net', floor: { maxDiscount: '20' } },
    '100.00',
  ],
  [
    'a price below the lowest',
    { lines: [line({ belowMinimum: true })] },
    { base: 'net', floor: { aboveMinimum: true } },
    '0.00',
  ],
])('%s', (_what, more, rules, base) => {
  expect(baseOf(deal(more), rules, allocation('113'), 'CNY').base).toBe(base);
});

test('of lines without a list price no discount is known', () => {
  expect(discountOf([line({ askedGross: null })])).toBeNull();
});

describe('what counts of a deal', () => {
  const head = { gross: '1000', total: '1000', stands: true, invoiced: null };
  test.each<[string, Parameters<typeof capOf>[0], string | null]>([
    ['all of it', head, '1000'],
    ['less what came back', { ...head, gross: '800' }, '800'],
    ['less what a red invoice took back', { ...head, invoiced: { peak: '1000', now: '700' } }, '700'],
    [
      'the goods came back and the invoice with them',
      { ...head, gross: '800', invoiced: { peak: '1000', now: '800' } },
      '800',
    ],
    ['invoiced anew', { ...head, invoiced: { peak: '1000', now: '1000' } }, '1000'],
    ['not yet invoiced', { ...head, invoiced: { peak: '0', now: '0' } }, '1000'],
    ['a frame', { ...head, gross: null, total: null }, null],
    ['cancelled', { ...head, stands: false }, '0'],
  ])('%s', (_what, of, cap) => {
    expect(capOf(of)?.toFixed() ?? null).toBe(cap);
  });

  test('money that came last counts no more first', () => {
    const received = ['300', '400', '300'].map((amount) => allocation(amount));
    expect(counted(received, new Exact(600)).map((each) => each.counted)).toEqual(['300', '300', '0']);
    expect(counted(received, null).map((each) => each.counted)).toEqual(['300', '400', '300']);
  });
});
