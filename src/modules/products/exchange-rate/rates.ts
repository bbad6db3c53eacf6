import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import { Exact } from '../../../platform/money/money.shared.ts';

/** What one unit of a currency is worth in the company's, as last told on or before a day; the company's own is worth one. */
export async function ratesOn(
  ctx: Pick<Context, 'db' | 'currency'>,
  currencies: readonly string[],
  date: string,
): Promise<Map<string, string>> {
  const foreign = [...new Set(currencies)].filter((currency) => currency !== ctx.currency);
  const rates = new Map([[ctx.currency, '1']]);
  if (foreign.length === 0) return rates;
  const { rows } = await sql<{ currency: string; rate: string }>`select c.currency, r.rate::text as rate
    from unnest(${foreign}::text[]) c(currency) cross join lateral (select rate from exchange_rate
      where deleted_at is null and currency = c.currency and day <= ${date}::date order by day desc limit 1) r`.execute(
    ctx.db,
  );
  for (const { currency, rate } of rows) rates.set(currency, rate);
  return rates;
}

/** What an amount of one currency is in another, not yet rounded; null where a rate is missing. */
export function converted(
  amount: string,
  from: string,
  to: string,
  rates: ReadonlyMap<string, string>,
): string | null {
  if (from === to) return amount;
  const [source, target] = [rates.get(from), rates.get(to)];
  return source && target ? new Exact(amount).times(source).dividedBy(target).toFixed() : null;
}
