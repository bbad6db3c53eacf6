import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import { type ForecastPeriod, type PeriodUnit, periodAfter, periodAt } from '../period.shared.ts';
import type { Fit } from './fit.ts';

/** What was learnt, and when. */
export interface Kept {
  fit: Fit;
  at: string;
}

/** Keeps what was learnt in place of all that was. */
export async function keepFits(ctx: Context, fits: readonly Fit[]): Promise<void> {
  await sql`with fresh as (
      insert into forecast_fit (day, fit, at)
      select (f->>'day')::date, f, ${ctx.now} from jsonb_array_elements(${JSON.stringify(fits)}::jsonb) f
      on conflict (day) do update set fit = excluded.fit, at = excluded.at
      returning day
    )
    delete from forecast_fit where day not in (select day from fresh)`.execute(ctx.db);
}

/** The latest that was learnt. */
export async function fitInUse({ db }: Pick<Context, 'db'>): Promise<Kept | null> {
  const { rows } = await sql<Kept>`select fit, at from forecast_fit order by day desc limit 1`.execute(db);
  return rows[0] ?? null;
}

/** What was known at the beginning of days. */
export async function fitsOf(
  { db }: Pick<Context, 'db'>,
  days: readonly string[],
): Promise<Map<string, Fit>> {
  const { rows } = await sql<{
    fit: Fit;
  }>`select fit from forecast_fit where day = any(${days}::date[])`.execute(db);
  return new Map(rows.map(({ fit }) => [fit.day, fit]));
}

/** The days of the company's first and last sale. */
export async function endsOf({
  db,
}: Pick<Context, 'db'>): Promise<{ first: string | null; last: string | null }> {
  const { rows } = await sql<{ first: string | null; last: string | null }>`
    select min(closed_on)::text as first, max(closed_on)::text as last from opportunity
    where status = 'won' and deleted_at is null`.execute(db);
  return rows[0] ?? { first: null, last: null };
}

/** The period up to which forecasts are told again: the one that runs; of a history that ended long ago, the one after it. */
export function lastPeriod(today: string, lastWon: string | null, unit: PeriodUnit): ForecastPeriod {
  const running = periodAt(today, unit);
  if (lastWon === null) return running;
  const after = periodAfter(periodAt(lastWon, unit), 1);
  return after.from < running.from ? after : running;
}
