import { Decimal } from 'decimal.js';
import { minorUnits } from './currencies.shared.ts';

/** An amount of money as it travels: the amount is a plain decimal, never a float. */
export type Money = { amount: string; currency: string };

/** A calculation with amounts of different currencies: a bug of the caller, who has to convert first. */
export class CurrencyMismatch extends Error {
  constructor(left: string, right: string) {
    super(`${left} and ${right} cannot be calculated with each other`);
    this.name = 'CurrencyMismatch';
  }
}

/** Own settings, so that no other user of the library changes ours: 40 digits carry any product of two amounts. */
export const Exact = Decimal.clone({
  precision: 40,
  rounding: Decimal.ROUND_HALF_UP,
  toExpNeg: -40,
  toExpPos: 40,
});

/**
 * The one place where money is rounded: half away from zero (1.005 → 1.01, -1.005 → -1.01), as invoices in China
 * are. The result has exactly the digits of the currency.
 * @param amount a plain decimal, possibly with more digits than the currency has
 */
export function roundMoney(amount: string | Decimal, currency: string): string {
  const digits = minorUnits(currency);
  const rounded = new Exact(amount).toDecimalPlaces(digits, Decimal.ROUND_HALF_UP);
  return (rounded.isZero() ? rounded.abs() : rounded).toFixed(digits);
}

/** Whether an amount is finer than the smallest unit of its currency: half a fen, one tenth of a yen. */
export const isTooPrecise = (amount: string, currency: string): boolean =>
  new Exact(amount).decimalPlaces() > minorUnits(currency);

/** @param amount any decimal; it is rounded to the digits of the currency */
export function money(amount: string, currency: string): Money {
  return { amount: roundMoney(amount, currency), currency };
}

function sameCurrency(left: Money, right: Money): string {
  if (left.currency !== right.currency) throw new CurrencyMismatch(left.currency, right.currency);
  return left.currency;
}

export function addMoney(left: Money, right: Money): Money {
  const currency = sameCurrency(left, right);
  return { amount: roundMoney(new Exact(left.amount).plus(right.amount), currency), currency };
}

export function subtractMoney(left: Money, right: Money): Money {
  const currency = sameCurrency(left, right);
  return { amount: roundMoney(new Exact(left.amount).minus(right.amount), currency), currency };
}

/** Times a quantity, share or exchange factor (a plain decimal), rounded once. */
export function multiplyMoney(value: Money, factor: string): Money {
  return {
    amount: roundMoney(new Exact(value.amount).times(factor), value.currency),
    currency: value.currency,
  };
}

/** @returns a negative number, 0 or a positive number, for sorting */
export function compareMoney(left: Money, right: Money): number {
  sameCurrency(left, right);
  return new Exact(left.amount).comparedTo(right.amount);
}

/** The sum of amounts of one currency; zero for none. */
export function sumMoney(values: readonly Money[], currency: string): Money {
  return values.reduce((sum, value) => addMoney(sum, value), { amount: roundMoney('0', currency), currency });
}

/**
 * Splits an amount by weights so that the parts add up to it exactly: each part is rounded down in size, and the
 * smallest units left over go to the parts that lost most.
 * @param weights plain decimals, not all zero, none negative
 */
export function allocateMoney(value: Money, weights: readonly string[]): Money[] {
  const { currency } = value;
  const unit = new Exact(10).pow(-minorUnits(currency));
  const total = weights.reduce((sum, weight) => sum.plus(weight), new Exact(0));
  const exact = weights.map((weight) => new Exact(value.amount).times(weight).dividedBy(total));
  const parts = exact.map((part) => part.dividedBy(unit).truncated().times(unit));
  const left = parts.reduce((rest, part) => rest.minus(part), new Exact(value.amount));
  const step = left.isNegative() ? unit.negated() : unit;
  const lost = exact.map((part, index) => ({ index, by: part.minus(parts[index]!).abs() }));
  lost.sort((a, b) => b.by.comparedTo(a.by) || a.index - b.index);
  const steps = left.dividedBy(step).round().toNumber();
  for (const { index } of lost.slice(0, steps)) parts[index] = parts[index]!.plus(step);
  return parts.map((part) => ({ amount: roundMoney(part, currency), currency }));
}
