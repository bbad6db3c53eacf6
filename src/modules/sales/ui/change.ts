import type { MoneyValue } from '../../../web/api/types.ts';

/** A price as somebody noted it. */
export interface Noted {
  id: string;
  what: string;
  unit: string | null;
  price: MoneyValue | null;
}

/**
 * Of prices, newest first, by how many per cent each differs from the one before it of the same thing in the same unit and
 * currency; nothing where there is none.
 */
export function changesOf(prices: readonly Noted[]): Map<string, number> {
  const changes = new Map<string, number>();
  for (const [at, { id, what, unit, price }] of prices.entries()) {
    const before = prices
      .slice(at + 1)
      .find((each) => each.what === what && each.unit === unit && each.price?.currency === price?.currency);
    const [now, then] = [Number(price?.amount), Number(before?.price?.amount)];
    if (price && then > 0) changes.set(id, Math.round((now / then - 1) * 1000) / 10);
  }
  return changes;
}
