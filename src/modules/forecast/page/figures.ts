import { type RawBuilder, sql } from 'kysely';
import type { Base } from '../../../platform/analysis/base.ts';
import { reportRows } from '../../../platform/analysis/run.ts';
import type { Context } from '../../../platform/context/context.ts';
import { roundMoney } from '../../../platform/money/money.shared.ts';
import type { ForecastPeriod } from '../period.shared.ts';
import type { Figures, ForecastBy } from './page.shared.ts';

/** How surely a row `t` of opportunities in stage `s` is counted on. */
const OWN_CATEGORY = sql`coalesce(t.forecast_category, s.forecast_category, 'pipeline')`;
export const CATEGORY = sql`coalesce(t.manager_category, ${OWN_CATEGORY})`;

/** Decided or expected within the period. */
export const inPeriod = ({ from, to }: Pick<ForecastPeriod, 'from' | 'to'>): RawBuilder<unknown> =>
  sql`((t.status = 'open' and t.close_date >= ${from}::date and t.close_date < ${to}::date)
    or (t.status = 'won' and t.closed_on >= ${from}::date and t.closed_on < ${to}::date))`;

const KEYS: Record<ForecastBy, RawBuilder<unknown>> = {
  owner: sql`t.owner_id`,
  // The team of whoever works for it: its own department is its customer’s.
  department: sql`(select u.department_id from "user" u where u.id = t.owner_id)`,
  // Without lines nobody knows how an amount is shared by products: it counts for the first, once.
  product: sql`t.product_ids[1]`,
  pipeline: sql`t.pipeline_id`,
};

interface Row extends Figures {
  key: string | null;
  whole: boolean;
  currencies: string[];
}

/** The share of an amount that is profit, by the lines of its newest quote where all have a cost. */
const QUOTED = sql`(select case when bool_and(l.cost is not null) and sum(l.gross) > 0
    then sum(l.net - l.cost * l.quantity) / sum(l.gross) end
  from quote_line l where l.deleted_at is null and l.bundled is distinct from 'whole' and l.quote_id = (select q.id from quote q
    where q.opportunity_id = t.id and q.deleted_at is null order by q.created_at desc, q.id desc limit 1))`;

/** The same by its products at their list prices without tax; null where a cost is missing. */
const LISTED = sql`(select case when count(*) = cardinality(t.product_ids) and bool_and(p.cost_base is not null and p.price_base > 0)
    then sum(p.price_base / (1 + coalesce(r.rate, 0) / 100) - p.cost_base) / sum(p.price_base) end
  from product p left join tax_rate r on r.id = p.tax_rate_id where p.id = any(t.product_ids))`;

/** By what the caller may see of costs; null where that is nothing. */
function marginOf({ policies }: Context): RawBuilder<unknown> | null {
  const sees = (head: string, part: string) =>
    policies.for(head).can('read') && policies.for(part).sees('cost');
  if (!sees('product', 'product')) return null;
  return sees('quote', 'quoteLine') ? sql`coalesce(${QUOTED}, ${LISTED})` : LISTED;
}

/** The sums of a period, for each key and for all, in one statement. */
export async function figuresOf(
  ctx: Context,
  base: Base,
  period: Pick<ForecastPeriod, 'from' | 'to'>,
  by: ForecastBy,
  stageWon: Readonly<Record<string, number>>,
): Promise<{ total: Figures; lines: (Figures & { key: string | null })[]; withoutRate: string[] }> {
  const policy = ctx.policies.for('opportunity');
  const margin = marginOf(ctx);
  const likely = policy.sees('probability');
  const category = policy.sees('managerCategory') ? CATEGORY : OWN_CATEGORY;
  const known = Object.keys(stageWon).length > 0;
  const { rows } = await reportRows(
    ctx,
    sql<Row>`with o as materialized (
        select ${KEYS[by]} as key, t.status, coalesce(t.amount_base, 0) as amount, t.amount is null as unvalued,
          case when t.amount is not null and t.amount_base is null then t.amount_currency end as unrated,
          case when t.status = 'won' then 'won' else ${category} end as category,
          case when t.status = 'won' then 1 else coalesce(t.probability, s.probability, 0) / 100.0 end as chance,
          case when t.status = 'won' then 1 else coalesce((${JSON.stringify(stageWon)}::jsonb->>(t.stage_id::text))::numeric,
            coalesce(t.probability, s.probability, 0) / 100.0) end as learnt,
          ${margin ?? sql`null::numeric`} as margin
        from ${base.from} left join stage s on s.id = t.stage_id
        where ${base.where} and ${inPeriod(period)}
      )
      select key, grouping(key) = 1 as whole, count(*)::int as deals,
        ${sumWhere('won')} as won, ${sumWhere('commit')} as commit, ${sumWhere('best')} as best,
        ${sumWhere('pipeline')} as pipeline, ${sumWhere('omitted')} as omitted,
        coalesce(sum(amount * chance) filter (where category <> 'omitted'), 0)::text as weighted,
        coalesce(sum(amount * learnt) filter (where category <> 'omitted'), 0)::text as learnt,
        count(*) filter (where unvalued)::int as unvalued, count(unrated)::int as unrated,
        coalesce(array_agg(distinct unrated) filter (where unrated is not null), '{}') as currencies,
        coalesce(sum(amount * chance * margin) filter (where category <> 'omitted'), 0)::text as profit,
        coalesce(sum(amount * chance) filter (where category <> 'omitted' and margin is not null), 0)::text as costed
      from o group by grouping sets ((key), ())`,
  );
  const money = (amount: string) => roundMoney(amount, ctx.currency);
  const plain = (row: Row): Figures => ({
    deals: row.deals,
    won: row.won,
    commit: row.commit,
    best: row.best,
    pipeline: row.pipeline,
    omitted: row.omitted,
    weighted: likely ? money(row.weighted as string) : null,
    learnt: known ? money(row.learnt as string) : null,
    unvalued: row.unvalued,
    unrated: row.unrated,
    profit: margin && likely ? money(row.profit as string) : null,
    costed: margin && likely ? money(row.costed as string) : null,
  });
  const whole = rows.find((row) => row.whole) as Row;
  return {
    total: plain(whole),
    withoutRate: whole.currencies,
    lines: rows.filter((row) => !row.whole).map((row) => ({ key: row.key, ...plain(row) })),
  };
}

const sumWhere = (category: string) =>
  sql`coalesce(sum(amount) filter (where category = ${sql.lit(category)}), 0)::text`;
