import { Exact } from '../../../platform/money/money.shared.ts';

export interface ClosenessLimits {
  /** Less than this in half a year is nobody's concern. */
  minSpend: string;
  /** How much more than in the half-year before. */
  risePercent: number;
  /** The part of it that one person spends. */
  personPercent: number;
}

export const DEFAULT_LIMITS: ClosenessLimits = { minSpend: '3000', risePercent: 50, personPercent: 80 };

/** A half-year and the one before it. Sales and margin are null where nobody tells them. */
export interface Spending {
  spend: readonly [before: string, now: string];
  /** Of `now`, what the one person spent. */
  person: string;
  sales: readonly [before: string, now: string] | null;
  margin: readonly [before: string, now: string] | null;
}

export interface Reasons {
  spend: string;
  before: string;
  /** Percent of the spending that is this person's. */
  personPercent: number;
  business: 'marginFalls' | 'salesFall' | 'noSales' | 'unknown';
}

/**
 * 过度贴近: one person spends most of what rises on a customer, while the business does not follow. Gives what speaks for it, or
 * null. Where nobody tells sales, rising spending alone is enough to have a look at.
 */
export function closeness(
  { spend: [before, now], person, sales, margin }: Spending,
  limits: ClosenessLimits,
): Reasons | null {
  const spent = new Exact(now);
  if (spent.lt(limits.minSpend) || spent.lte(0)) return null;
  if (spent.lt(new Exact(before).times(100 + limits.risePercent).div(100))) return null;
  const personPercent = new Exact(person).div(spent).times(100);
  if (personPercent.lt(limits.personPercent)) return null;
  const business = businessOf(sales, margin);
  if (!business) return null;
  return { spend: now, before, personPercent: personPercent.round().toNumber(), business };
}

type Pair = readonly [before: string, now: string];
const falls = ([before, now]: Pair) => new Exact(now).lt(before);

/** What the business does meanwhile; null where it is in order. */
function businessOf(sales: Pair | null, margin: Pair | null): Reasons['business'] | null {
  if (!sales && !margin) return 'unknown';
  if (sales && new Exact(sales[1]).lte(0)) return 'noSales';
  if (margin && falls(margin)) return 'marginFalls';
  return !margin && sales && falls(sales) ? 'salesFall' : null;
}
