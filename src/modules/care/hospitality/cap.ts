import { Exact, roundMoney } from '../../../platform/money/money.shared.ts';

/** What a company allows. Shares are of a customer's monthly sales. */
export interface CapRules {
  /** From here on one is warned: 0.25%. */
  lowShare: string;
  /** Beyond it somebody has to agree: 0.5%. */
  highShare: string;
  /** A month, for customers without sales. */
  allowance: string;
}

export const DEFAULT_RULES: CapRules = { lowShare: '0.0025', highShare: '0.005', allowance: '200' };

export interface Cap {
  basis: 'sales' | 'allowance';
  /** 月均购货额; null without sales. */
  average: string | null;
  /** Months it is the average of. */
  months: number;
  /** Of the whole quarter. */
  cap: string;
  warnAt: string;
}

export type CapState = 'within' | 'near' | 'over';

export interface Quarter {
  /** `2026Q4`. */
  name: string;
  from: string;
  to: string;
}

const MONTHS = 3;
/** Without sales there are no two shares: one is told when this part of the allowance is used. */
const NEAR = '0.8';

/** The quarter a day lies in. */
export function quarterOf(date: string): Quarter {
  const day = Temporal.PlainDate.from(date);
  const first = Math.floor((day.month - 1) / MONTHS) * MONTHS + 1;
  const from = day.with({ month: first, day: 1 });
  return {
    name: `${day.year}Q${(first - 1) / MONTHS + 1}`,
    from: from.toString(),
    to: from.add({ months: MONTHS }).subtract({ days: 1 }).toString(),
  };
}

/** A quarter by its name; undefined for anything else. */
export function quarterNamed(name: string): Quarter | undefined {
  const match = /^(\d{4})Q([1-4])$/.exec(name);
  if (!match) return undefined;
  const month = String((Number(match[2]) - 1) * MONTHS + 1).padStart(2, '0');
  return quarterOf(`${match[1]}-${month}-01`);
}

/** The twelve whole months before a quarter, oldest first: what its cap is reckoned by, fixed as it begins. */
export function monthsBefore({ from }: Quarter): { from: string; to: string }[] {
  const start = Temporal.PlainDate.from(from);
  return Array.from({ length: 12 }, (_, at) => {
    const month = start.subtract({ months: 12 - at });
    return { from: month.toString(), to: month.add({ months: 1 }).subtract({ days: 1 }).toString() };
  });
}

/**
 * What may be spent on a customer in a quarter: three months of a share of its average monthly sales. Who began to buy less than a
 * year ago is averaged over the months since. What is not spent does not go on to the next quarter.
 * @param sales of the twelve months before, oldest first; null where nobody knows of any
 */
export function capOf(sales: readonly string[] | null, rules: CapRules, currency: string): Cap {
  const amounts = (sales ?? []).map((each) => new Exact(each));
  const began = amounts.findIndex((amount) => !amount.isZero());
  const total = amounts.reduce((sum, amount) => sum.plus(amount), new Exact(0));
  if (began === -1 || total.lte(0)) {
    const cap = new Exact(rules.allowance).times(MONTHS);
    return {
      basis: 'allowance',
      average: null,
      months: 0,
      cap: roundMoney(cap, currency),
      warnAt: roundMoney(cap.times(NEAR), currency),
    };
  }
  const months = amounts.length - began;
  // Multiplied first: a third is not exact, and half a fen counts.
  const quarter = total.times(MONTHS).div(months);
  return {
    basis: 'sales',
    average: roundMoney(total.div(months), currency),
    months,
    cap: roundMoney(quarter.times(rules.highShare), currency),
    warnAt: roundMoney(quarter.times(rules.lowShare), currency),
  };
}

/** How a quarter's spending stands. Exactly at the cap is within the company's word. */
export function stateOf(used: string, { cap, warnAt }: Pick<Cap, 'cap' | 'warnAt'>): CapState {
  const spent = new Exact(used);
  if (spent.gt(cap)) return 'over';
  return spent.gt(warnAt) ? 'near' : 'within';
}

/** The part of the cap that is used, in percent; null where nothing may be spent. */
export const shareOf = (used: string, cap: string): number | null =>
  new Exact(cap).isZero() ? null : new Exact(used).div(cap).times(100).toDecimalPlaces(1).toNumber();
