import { Exact, roundMoney } from '../../../platform/money/money.shared.ts';

/** What of a line tells how far it goes below what it should cost. */
export interface DiscountedLine {
  quantity: string;
  price: string;
  listPrice: string | null;
  /** What the house asks this customer for one of so many: a price book's, or the list's. */
  offeredPrice: string | null;
  minimumPrice: string | null;
  /** Of the whole line as it is sold, in the terms of its price: with tax or without. */
  amount: string;
}

/**
 * The largest discount of any line against what the house asks for it (the list price where that is not known, else its price), in
 * per cent to two places, with the line's part of whatever was taken off the whole; and whether any is sold below its lowest price.
 * What a price book gives is no discount, nor is rounding.
 */
export function discountOfLines(
  lines: readonly DiscountedLine[],
  currency: string,
): { rate: string; belowMinimum: boolean } {
  let most = new Exact(0);
  let belowMinimum = false;
  for (const { quantity, price, listPrice, offeredPrice, minimumPrice, amount } of lines) {
    if (new Exact(quantity).lte(0)) continue;
    const at = (each: string) => new Exact(roundMoney(new Exact(each).times(quantity), currency));
    const full = at(offeredPrice ?? listPrice ?? price);
    if (full.gt(0)) most = Exact.max(most, new Exact(1).minus(new Exact(amount).dividedBy(full)).times(100));
    if (minimumPrice !== null && at(minimumPrice).gt(amount)) belowMinimum = true;
  }
  return { rate: most.toDecimalPlaces(2).toFixed(), belowMinimum };
}
