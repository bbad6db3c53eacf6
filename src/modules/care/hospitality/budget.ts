import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import type { MeasurePeriod } from '../../../platform/measures/measure.ts';
import { type Cap, type CapState, capOf, monthsBefore, type Quarter, shareOf, stateOf } from './cap.ts';
import { readRules } from './rules.ts';

/** Where a customer's spending of a quarter stands. */
export interface Budget extends Cap {
  used: string;
  share: number | null;
  state: CapState;
}

/** Whether anybody tells sales in this installation; until then the fixed allowance applies to all. */
export const knowsSales = (ctx: Context): boolean => ctx.measures.get('sales')?.entity === 'customer';

/** A measure of customers, period by period; null where no module tells it. */
export async function measured(
  ctx: Context,
  name: string,
  ids: readonly string[],
  periods: readonly MeasurePeriod[],
): Promise<Map<string, string[]> | null> {
  const measure = ctx.measures.get(name);
  if (measure?.entity !== 'customer') return null;
  const values = periods.map(
    (period) => sql`coalesce((${measure.value({ ctx, alias: 'c' }, period)})::numeric, 0)::text`,
  );
  const { rows } = await sql<{
    id: string;
    values: string[];
  }>`select c.id, array[${sql.join(values)}] as values
    from customer c where c.id = any(${[...ids]}::uuid[])`.execute(ctx.db);
  return new Map(rows.map((row) => [row.id, row.values]));
}

/** What counts as spent: also what is still being decided, so that two requests cannot pass side by side. */
export const COUNTED = ['submitted', 'approved', 'paid'];

/** How the spending on customers stands in a quarter: for any number by three statements. */
export async function budgetsOf(
  ctx: Context,
  ids: readonly string[],
  quarter: Quarter,
): Promise<Map<string, Budget>> {
  const rules = await readRules(ctx);
  const sales = await measured(ctx, 'sales', ids, monthsBefore(quarter));
  const { rows } = await sql<{
    id: string;
    used: string;
  }>`select customer_id as id, sum(amount_base)::text as used
    from hospitality where customer_id = any(${[...ids]}::uuid[]) and deleted_at is null
      and date between ${quarter.from}::date and ${quarter.to}::date and status = any(${COUNTED}::text[])
    group by customer_id`.execute(ctx.db);
  const used = new Map(rows.map((row) => [row.id, row.used]));
  return new Map(
    ids.map((id) => {
      const cap = capOf(sales?.get(id) ?? null, rules, ctx.currency);
      const spent = used.get(id) ?? '0';
      return [id, { ...cap, used: spent, share: shareOf(spent, cap.cap), state: stateOf(spent, cap) }];
    }),
  );
}
