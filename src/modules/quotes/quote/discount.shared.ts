import { Exact } from '../../../platform/money/money.shared.ts';

/** What of a line tells how far it goes below what it should cost. */
export interface DiscountedLine {
  quantity: string;
  price: string;
  listPrice: string | null;
  minimumPrice: string | null;
  /** Of the whole line as it is sold, in the terms of its price: with tax or without. */
  amount: string;
}

/**
 * The largest discount of any line against its list price (its price, where it has none), in per cent to two places, with the
 * line's part of whatever was taken off the whole; and whether any is sold below its lowest price.
 */
export function discountOfLines(lines: readonly DiscountedLine[]): { rate: string; belowMinimum: boolean } {
  let most = new Exact(0);
  let belowMinimum = false;
  for (const { quantity, price, listPrice, minimumPrice, amount } of lines) {
    if (new Exact(quantity).lte(0)) continue;
    const full = new Exact(listPrice ?? price);
    const whole = full.times(quantity);
    if (whole.gt(0))
      most = Exact.max(most, new Exact(1).minus(new Exact(amount).dividedBy(whole)).times(100));
    // Half a fen of a line is rounding, no discount.
    const floor = minimumPrice === null ? null : new Exact(minimumPrice).times(quantity).minus('0.005');
    if (floor?.gt(amount)) belowMinimum = true;
  }
  return { rate: most.toDecimalPlaces(2).toFixed(), belowMinimum };
}
