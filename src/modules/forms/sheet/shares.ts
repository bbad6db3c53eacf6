import { Exact } from '../../../platform/money/money.shared.ts';

/**
 * The share of each amount in all, in percent with one decimal. Rounded so that together they are exactly 100.0 (largest
 * remainders first): a reader adds them up. Null where there is nothing to share; with returns greater than a sale the parts
 * are rounded each by itself.
 */
export function sharesOf(amounts: readonly string[]): (string | null)[] {
  const values = amounts.map((amount) => new Exact(amount));
  const total = values.reduce((sum, value) => sum.plus(value), new Exact(0));
  if (total.lte(0)) return amounts.map(() => null);
  const exact = values.map((value) => value.times(1000).div(total));
  if (values.some((value) => value.lt(0))) return exact.map((share) => share.round().div(10).toFixed(1));
  const tenths = exact.map((share) => share.floor().toNumber());
  let missing = 1000 - tenths.reduce((sum, part) => sum + part, 0);
  const order = exact
    .map((share, at) => ({ at, rest: share.minus(share.floor()) }))
    .sort((a, b) => b.rest.comparedTo(a.rest) || a.at - b.at);
  for (const { at } of order) {
    if (missing <= 0) break;
    tenths[at] = (tenths[at] as number) + 1;
    missing -= 1;
  }
  return tenths.map((part) => (part / 10).toFixed(1));
}

/** By how many percent an amount has grown; null where there was nothing to grow from. */
export function growthOf(now: string, before: string): string | null {
  if (new Exact(before).lte(0)) return null;
  return new Exact(now).minus(before).times(100).div(before).toFixed(1);
}

/** A part in percent; null of nothing. */
export function rateOf(part: string, whole: string): string | null {
  return new Exact(whole).lte(0) ? null : new Exact(part).times(100).div(whole).toFixed(1);
}

/** All of it together. */
export const sumOf = (amounts: readonly string[]): string =>
  amounts.reduce((sum, amount) => sum.plus(amount), new Exact(0)).toFixed();

export const differenceOf = (whole: string, part: string): string => new Exact(whole).minus(part).toFixed();
