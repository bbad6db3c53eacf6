import { describe, expect, it } from 'vitest';
import { type DiscountMode, discountOf, discountText } from './discount.ts';

describe('a discount', () => {
  it.each<[string, DiscountMode, string | null]>([
    ['9', 'zhe', '10'],
    ['95', 'zhe', '5'],
    ['8.5', 'zhe', '15'],
    ['88折', 'percent', '12'],
    ['9折', 'percent', '10'],
    ['10', 'zhe', '0'],
    ['5%', 'zhe', '5'],
    ['5', 'percent', '5'],
    ['１２．５', 'percent', '12.5'],
    ['', 'zhe', null],
    ['面议', 'zhe', '面议'],
  ])('written %s (%s) is %s per cent off', (text, mode, percent) => {
    expect(discountOf(text, mode)).toBe(percent);
  });

  it.each<[unknown, DiscountMode, string]>([
    ['10', 'zhe', '9'],
    ['12.5', 'zhe', '8.75'],
    ['12.5', 'percent', '12.5'],
    ['0', 'zhe', ''],
    [null, 'percent', ''],
  ])('of %s per cent (%s) reads %s', (percent, mode, text) => {
    expect(discountText(percent, mode)).toBe(text);
  });
});
