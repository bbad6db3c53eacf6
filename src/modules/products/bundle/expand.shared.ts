import { allocateMoney, Exact, multiplyMoney } from '../../../platform/money/money.shared.ts';

/** What of a part counts when a bundle's price is split. */
export interface Weighed {
  quantity: string;
  /** Of one unit when sold alone; null where it has no price. */
  price: string | null;
}

/** By what a bundle's price is split: what each part would cost alone; where none has a price, quantities decide. */
export function weightsOf(parts: readonly Weighed[]): string[] {
  const worth = parts.map(({ price, quantity }) => new Exact(price ?? 0).times(quantity));
  const weights = worth.every((each) => each.isZero())
    ? parts.map(({ quantity }) => new Exact(quantity))
    : worth;
  return weights.map((weight) => weight.toFixed());
}

/**
 * Splits what a bundle line costs over its parts, by what each would cost alone, so that the shares add up to the line to
 * the last cent. Parts without a price get nothing while others have one; where none has one, quantities decide.
 * @param total price × quantity of the line, rounded to the currency
 */
export function splitOverParts(total: string, currency: string, parts: readonly Weighed[]): string[] {
  if (parts.length === 0) return [];
  return allocateMoney({ amount: total, currency }, weightsOf(parts)).map(({ amount }) => amount);
}

/**
 * What one bundle costs as the sum of its parts less a discount: each part rounded, the sum less the discount rounded once.
 * Null while a part has no price.
 * @param discount in per cent
 */
export function sumOfParts(
  parts: readonly Weighed[],
  discount: string | null,
  currency: string,
): string | null {
  let sum = new Exact(0);
  for (const { price, quantity } of parts) {
    if (price === null) return null;
    sum = sum.plus(multiplyMoney({ amount: price, currency }, quantity).amount);
  }
  const left = new Exact(100).minus(discount ?? 0).dividedBy(100);
  return multiplyMoney({ amount: sum.toFixed(), currency }, left.toFixed()).amount;
}
