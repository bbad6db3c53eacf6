import { Exact } from './money.shared.ts';

/**
 * Divides a whole so that the parts add up to it to the last fen: each gets its share cut off at `digits`, and what is left over
 * goes fen by fen to those who lost most by the cut, the first of equals first.
 * @param shares how much weight each part has; none of them any is all of them the same
 */
export function split(whole: string, shares: readonly string[], digits: number): string[] {
  if (shares.length === 0) return [];
  const given = shares.map((share) => Exact.max(new Exact(share), 0));
  const sum = given.reduce((total, share) => total.plus(share), new Exact(0));
  const weights = sum.isZero() ? given.map(() => new Exact(1)) : given;
  const all = sum.isZero() ? new Exact(shares.length) : sum;
  const unit = new Exact(10).pow(-digits);
  const exact = weights.map((weight) => new Exact(whole).times(weight).div(all));
  const cut = exact.map((part) => part.toDecimalPlaces(digits, Exact.ROUND_FLOOR));
  const left = cut
    .reduce((rest, part) => rest.minus(part), new Exact(whole))
    .div(unit)
    .round()
    .toNumber();
  const order = exact
    .map((part, at) => ({ at, lost: part.minus(cut[at] as typeof part) }))
    .toSorted((a, b) => b.lost.comparedTo(a.lost) || a.at - b.at);
  for (const { at } of order.slice(0, left)) cut[at] = (cut[at] as (typeof cut)[number]).plus(unit);
  return cut.map((part) => part.toFixed(digits));
}

/** A number so many per cent larger. */
export const grown = (amount: string, percent: string, digits: number): string =>
  new Exact(amount)
    .times(new Exact(percent).plus(100))
    .div(100)
    .toDecimalPlaces(digits, Exact.ROUND_HALF_UP)
    .toFixed(digits);
