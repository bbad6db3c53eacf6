import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import { Exact } from '../../../platform/money/money.shared.ts';

/** A tax rate as it is on a day: a share of one, or null for 免税, as `splitTax` takes it. */
export interface TaxOnDay {
  id: string;
  name: string;
  rate: string | null;
}

export interface TaxRateRow {
  id: string;
  name: string;
  percent: string | null;
  from: string | null;
  to: string | null;
  next: string | null;
  standard: boolean | null;
}

/** All rates; they are few. */
export async function taxRates(ctx: Pick<Context, 'db'>): Promise<TaxRateRow[]> {
  const { rows } =
    await sql<TaxRateRow>`select id, name, rate::text as percent, valid_from as "from", valid_to as "to",
    successor_id as next, standard from tax_rate where deleted_at is null`.execute(ctx.db);
  return rows;
}

/**
 * The rate that holds on a day for what was given the rate `id`; for what was given none, the standard. A rate that has ended
 * is followed to its successor. Undefined where none holds: it ended and nothing follows, or has not begun.
 */
export function rateOn(rates: readonly TaxRateRow[], id: string | null, date: string): TaxOnDay | undefined {
  let rate = id ? rates.find((each) => each.id === id) : rates.find(({ standard }) => standard);
  const seen = new Set<string>();
  while (rate && rate.to !== null && rate.to < date && !seen.has(rate.id)) {
    seen.add(rate.id);
    const { next } = rate;
    rate = next ? rates.find((each) => each.id === next) : undefined;
  }
  if (!rate || seen.has(rate.id) || (rate.from !== null && rate.from > date)) return undefined;
  const share = rate.percent === null ? null : new Exact(rate.percent).dividedBy(100).toFixed();
  return { id: rate.id, name: rate.name, rate: share };
}
