import { Exact, roundMoney } from '../../../platform/money/money.shared.ts';
import type { Period, PlanDefinition, Tier } from '../plan/definition.shared.ts';

type Rules = Pick<PlanDefinition, 'mode' | 'tiers' | 'cap'> & {
  /** What a tier's rate is: per cent of what was reached, or so much for each piece of it. */
  per?: 'percent' | 'piece';
};

/**
 * What a sum reached in a period is worth. It depends on the sum alone, rounded once: so what each step towards it earns is the
 * difference between after and before, all steps come to what the whole is worth in whatever order they came, and a step taken
 * back takes with it exactly what it is worth then.
 */
export function worthOf({ mode, tiers, cap, per }: Rules, sum: string, currency: string): string {
  const whole = new Exact(sum);
  const raw =
    mode === 'whole'
      ? whole.times(rateAt(tiers, sum))
      : partsOf(tiers, '0', sum).reduce(
          (all, { base, rate }) => all.plus(new Exact(base).times(rate)),
          new Exact(0),
        );
  const amount = per === 'piece' ? raw : raw.dividedBy(100);
  return roundMoney(cap && amount.gt(cap) ? cap : amount, currency);
}

/** The rate of the tier that a sum has reached; below all tiers nothing. */
export function rateAt(tiers: readonly Tier[], sum: string): string {
  return tiers.findLast(({ from }) => new Exact(sum).gte(from))?.rate ?? tiers[0]?.rate ?? '0';
}

/** What of the way from one sum to another lies in which tier; of a way back everything is negative. */
export function partsOf(tiers: readonly Tier[], from: string, to: string): { base: string; rate: string }[] {
  const back = new Exact(to).lt(from);
  const [low, high] = back ? [to, from] : [from, to];
  const parts = tiers.flatMap(({ from: start, rate }, at) => {
    // What lies below all tiers belongs to the first.
    const begin = at === 0 ? new Exact(low) : Exact.max(start, low);
    const next = tiers[at + 1]?.from;
    const end = next === undefined ? new Exact(high) : Exact.min(next, high);
    const base = end.minus(begin);
    return base.gt(0) ? [{ base: (back ? base.negated() : base).toFixed(), rate }] : [];
  });
  return back ? parts.toReversed() : parts;
}

/** The first day of the month, quarter or year a day lies in. */
export function periodStart(period: Period, day: string): string {
  const date = Temporal.PlainDate.from(day);
  const month =
    period === 'year' ? 1 : period === 'quarter' ? Math.floor((date.month - 1) / 3) * 3 + 1 : date.month;
  return date.with({ month, day: 1 }).toString();
}

/** The last day of the period that begins on a day. */
export function periodEnd(period: Period, start: string): string {
  const months = { month: 1, quarter: 3, year: 12 }[period];
  return Temporal.PlainDate.from(start).add({ months }).subtract({ days: 1 }).toString();
}
