import { describe, expect, test } from 'vitest';
import { type DiscountedLine, discountOfLines } from './discount.shared.ts';

const line = (amount: string, more: Partial<DiscountedLine> = {}): DiscountedLine => ({
  quantity: '1',
  price: '100',
  listPrice: '100',
  offeredPrice: null,
  minimumPrice: null,
  amount,
  ...more,
});

describe('the discount of a quote', () => {
  test.each<[string, DiscountedLine[], string, boolean]>([
    ['none', [line('100')], '0', false],
    ['of one line of two', [line('100'), line('88')], '12', false],
    ['hidden in the price', [line('85', { price: '85' })], '15', false],
    ['hidden in a dearer line', [line('150', { price: '150' }), line('50')], '50', false],
    ['without a list price against the price', [line('90', { listPrice: null })], '10', false],
    ['of a deduction', [line('99.5')], '0.5', false],
    ['of a given-away line', [line('0')], '100', false],
    ['a free gift has no list price', [line('0', { price: '0', listPrice: '0' })], '0', false],
    ['below the lowest price', [line('79.9', { minimumPrice: '80' })], '20.1', true],
    ['exactly the lowest price', [line('80', { minimumPrice: '80' })], '20', false],
    [
      'rounding is no discount',
      [line('33.33', { quantity: '3', listPrice: '11.11', minimumPrice: '11.11' })],
      '0',
      false,
    ],
    [
      'so little that it rounds away',
      [line('0.03', { quantity: '0.1', price: '0.33', listPrice: '0.33', minimumPrice: '0.33' })],
      '0',
      false,
    ],
    ['none at the price of a book', [line('80', { price: '80', offeredPrice: '80' })], '0', false],
    ['below the price of a book', [line('72', { price: '72', offeredPrice: '80' })], '10', false],
    ['below the price of a dearer book', [line('108', { price: '108', offeredPrice: '120' })], '10', false],
    ['more than the list price', [line('120')], '0', false],
    ['what goes back', [line('-50', { quantity: '-1' })], '0', false],
    ['nothing', [], '0', false],
  ])('%s', (_what, lines, rate, belowMinimum) => {
    expect(discountOfLines(lines, 'CNY')).toEqual({ rate, belowMinimum });
  });

  test('is none where the currency has no smaller coin', () => {
    const yen = line('33', { quantity: '0.33', listPrice: '101', minimumPrice: '101' });
    expect(discountOfLines([yen], 'JPY')).toEqual({ rate: '0', belowMinimum: false });
  });
});
