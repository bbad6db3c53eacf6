import type { MoneyValue } from '../../../platform/entity/meta.shared.ts';
import { Exact } from '../../../platform/money/money.shared.ts';
import type { Owed } from '../figures/owed.ts';

/** Why money of the bank may be a customer's, or meant for something of his. */
export const REASONS = ['number', 'payer', 'payerBefore', 'payerLike', 'amount', 'whole'] as const;
export type Reason = (typeof REASONS)[number];

/** How much each says; a number written beside the money says most, an equal amount alone little. */
const WEIGHTS: Record<Reason, number> = {
  number: 60,
  payer: 40,
  payerBefore: 40,
  payerLike: 20,
  amount: 30,
  whole: 15,
};
/** What says less is a guess. */
const LEAST = 20;
const PER_CUSTOMER = 3;
const MOST = 8;

/** What is known of a customer who may have paid. */
export interface Candidate {
  customer: string;
  /** Of his name: at most one of the three. */
  payer: 'payer' | 'payerBefore' | 'payerLike' | null;
  owed: readonly Owed[];
}

/** For whom and for what the money may be; without `item` it is the customer's, for nothing in particular. */
export interface Guess {
  customer: string;
  item: Owed | null;
  reasons: Reason[];
  score: number;
}

const same = (a: MoneyValue, b: MoneyValue) => a.currency === b.currency && new Exact(a.amount).eq(b.amount);

/**
 * Puts what money may be for in order: what its own words name, then whose name it bears, then whose debt is of just this amount.
 * Nothing is decided by it.
 * @param numbers ids of records whose number stands in the words beside the money
 */
export function rank(
  left: MoneyValue,
  candidates: readonly Candidate[],
  numbers: ReadonlySet<string>,
): Guess[] {
  const guesses = candidates.flatMap(({ customer, payer, owed }) => {
    const debts = owed.filter(({ type, open }) => type !== 'invoice' && open.currency === left.currency);
    const sum = debts.reduce((all, { open }) => all.plus(open.amount), new Exact(0));
    const whole = debts.length > 1 && sum.eq(left.amount);
    const of = (item: Owed | null): Guess => {
      const reasons: Reason[] = [
        ...(item && numbers.has(item.id) ? (['number'] as const) : []),
        ...(payer ? [payer] : []),
        ...(item && same(item.open, left) ? (['amount'] as const) : []),
        ...(whole && !item ? (['whole'] as const) : []),
      ];
      return { customer, item, reasons, score: reasons.reduce((all, reason) => all + WEIGHTS[reason], 0) };
    };
    const own = owed.map(of);
    return [...own, ...(own.length === 0 || whole ? [of(null)] : [])].sort(better).slice(0, PER_CUSTOMER);
  });
  return guesses
    .filter(({ score }) => score >= LEAST)
    .sort(better)
    .slice(0, MOST);
}

/** Of two that are as likely what is due first, and an order or contract before its invoice. */
function better(a: Guess, b: Guess): number {
  const due = ({ item }: Guess) => (item?.type === 'invoice' ? '9' : (item?.due ?? '8'));
  return b.score - a.score || due(a).localeCompare(due(b));
}
