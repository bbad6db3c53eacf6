import { Exact, roundMoney } from '../../../platform/money/money.shared.ts';
import type { SourceRule } from './definition.ts';

/** What a cause brings with it. */
export interface Costly {
  minutes: number | null;
  /** Its own amount; null where it is costed by time. */
  amount: string | null;
}

/** What a cause costs: its own amount, or so much each and the time of whoever it took. Null where it costs nothing. */
export function costOf(
  { minutes, amount }: Costly,
  rule: SourceRule,
  hourly: string,
  currency: string,
): string | null {
  if (!rule.active) return null;
  const exact =
    amount === null
      ? new Exact(rule.each).plus(new Exact(hourly).times(minutes ?? rule.minutes).div(60))
      : new Exact(rule.each).plus(new Exact(amount).times(rule.percent).div(100));
  const cost = roundMoney(exact, currency);
  return new Exact(cost).gt(0) ? cost : null;
}

/** What an hour costs in a department: its own rate, else that of the nearest one above it that has one. */
export function hourlyOf(
  department: string | null,
  above: ReadonlyMap<string, string | null>,
  rules: { hourly: string; departments: readonly { department: string; hourly: string }[] },
): string {
  const rates = new Map(rules.departments.map((each) => [each.department, each.hourly]));
  const seen = new Set<string>();
  for (let at = department; at && !seen.has(at); at = above.get(at) ?? null) {
    const rate = rates.get(at);
    if (rate !== undefined) return rate;
    seen.add(at);
  }
  return rules.hourly;
}
