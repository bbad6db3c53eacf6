import { areaOf, type Cut, cutKey } from '../plan/cut.shared.ts';

/** What is known of goods that were sold, as far as a plan tells them apart. */
export interface Sold {
  product: string | null;
  /** Its category and those above it, the nearest first. */
  categories: readonly string[];
  province: string | null;
  partner: string | null;
  channel: string | null;
}

/**
 * The line of a plan that something counts for: of all that fit, the one that names it most closely — its product before its
 * category, then its partner before its channel, then its province before its part of the country. So every fen counts once.
 * @returns the key of the line; null where no line fits
 */
export function closestOf(keys: ReadonlySet<string>): (sold: Sold) => string | null {
  return ({ product, categories, province, partner, channel }) => {
    const area = province === null ? null : areaOf(province);
    for (const goods of named(product, ...categories))
      for (const way of named(partner, channel))
        for (const place of named(province, area)) {
          const key = [goods, place, way].join('|');
          if (keys.has(key)) return key;
        }
    return null;
  };
}

/** What is known, the closest first, and at last what names nothing. */
const named = (...values: (string | null)[]): string[] => [...values.filter((value) => value !== null), ''];

/** A line as far as something tells of it: receipts know no product, so lines that differ by it alone are one. */
export const seenBy = (cut: Cut, tellsProduct: boolean): Cut =>
  tellsProduct ? cut : { ...cut, product: null, category: null };

export const keyOfCut = (cut: Cut, tellsProduct: boolean): string => cutKey(seenBy(cut, tellsProduct));
