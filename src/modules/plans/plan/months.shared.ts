import { Exact } from '../../../platform/money/money.shared.ts';
import { split } from '../../../platform/money/split.shared.ts';

const AMOUNT = /^\d{1,15}(\.\d{1,6})?$/;
export const NO_MONTHS: readonly string[] = Array.from({ length: 12 }, () => '0');

/** Twelve amounts, or null where it is something else. */
export function monthsFrom(value: unknown): string[] | null {
  if (!Array.isArray(value) || value.length !== 12) return null;
  const months = value.map((each) => (each === null || each === '' ? '0' : String(each)));
  return months.every((month) => AMOUNT.test(month))
    ? months.map((month) => new Exact(month).toFixed())
    : null;
}

export const sumOf = (amounts: readonly string[]): string =>
  amounts.reduce((sum, amount) => sum.plus(amount), new Exact(0)).toFixed();

/** A year's amount in months, by how much each weighs; without any weight all the same. It adds up to the last fen. */
export function spread(whole: string, shares: readonly string[], digits: number): string[] {
  const written = (whole.split('.')[1] ?? '').length;
  return split(whole, shares, Math.max(digits, written)).map((part) => new Exact(part).toFixed());
}
