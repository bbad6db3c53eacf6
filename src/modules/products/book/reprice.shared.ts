import { Exact, roundMoney } from '../../../platform/money/money.shared.ts';

/** To what prices are rounded: fen, jiao, yuan, ten yuan. */
export const STEPS = ['0.01', '0.1', '1', '10'] as const;

/** A price changed by per cent and rounded, half up, to a step and the digits of its currency. */
export function repriced(amount: string, percent: string, step: string, currency: string): string {
  const exact = new Exact(amount).times(new Exact(100).plus(percent)).dividedBy(100);
  return roundMoney(exact.dividedBy(step).round().times(step), currency);
}
