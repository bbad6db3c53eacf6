import { Exact, roundMoney } from '../../../platform/money/money.shared.ts';

/** A line of which parts go or come back at several times. */
export interface Whole {
  /** Of all of it. */
  quantity: string;
  amount: string;
  currency: string;
}

/**
 * What the next part of a line comes to: what all parts including it come to, rounded once, less what the parts before it were
 * given. So the last one takes what is left, and all together are the line's amount to the last fen, in any order and number.
 * @param upTo the quantity of all parts including this one
 * @param given what the parts before it came to
 */
export function shareOf({ quantity, amount, currency }: Whole, upTo: string, given: string): string {
  const whole = new Exact(quantity);
  const due = whole.isZero() ? new Exact(0) : new Exact(amount).times(upTo).dividedBy(whole);
  return roundMoney(new Exact(roundMoney(due, currency)).minus(given), currency);
}
