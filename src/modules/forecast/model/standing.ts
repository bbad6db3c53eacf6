import { sql } from 'kysely';
import type { Base } from '../../../platform/analysis/base.ts';
import { reportRows } from '../../../platform/analysis/run.ts';
import type { Context } from '../../../platform/context/context.ts';
import { beganOn } from './fit.ts';

/** Open business as it stood when a day began, put together by what its chance and worth follow from. */
export interface Standing {
  stage: string | null;
  age: number;
  count: number;
  /** Where the amount was not known then: the first product. */
  product: string | null;
  known: boolean;
  sum: number;
  squares: number;
  /** What the product is listed at, for want of sales. */
  price: number | null;
}

/** How far back new business is counted to tell how much comes. */
export const RUN_DAYS = 91;

export interface Span {
  from: string;
  /** The day after its last. */
  to: string;
}

/**
 * How open business stood when a day began, with what was written down by then: stage and amount from its steps. Where a
 * file told the past afterwards, only that it was there is known.
 */
export async function standingBefore(
  ctx: Context,
  base: Base,
  day: string,
  stages: readonly string[],
  limitMs?: number,
): Promise<Standing[]> {
  const began = beganOn(ctx);
  const { rows } = await reportRows(
    ctx,
    sql<Standing>`with o as materialized (
        select t.id, ${began} as began, t.product_ids[1] as product from ${base.from}
        where ${base.where} and ${began} < ${day}::date and (t.closed_on is null or t.closed_on >= ${day}::date)
      ), s as (
        select case when h.stage_id::text = any(${stages}) then h.stage_id::text end as stage, ${day}::date - o.began as whole,
          ${day}::date - h.since as here, h.amount, o.product, p.price_base as price
        from o left join product p on p.id = o.product left join lateral (
          select h.stage_id, h.amount, h.on_day as since from opportunity_step h
          where h.opportunity_id = o.id and h.on_day < ${day}::date and h.at < (${day}::timestamp at time zone ${ctx.timeZone})
          order by h.on_day desc, h.id desc limit 1
        ) h on true
      )
      select stage, (case when stage is null then whole else here end)::int as age, count(*)::int as count,
        case when amount is null then product::text end as product, amount is not null as known,
        coalesce(sum(amount), 0)::float8 as sum, coalesce(sum(amount * amount), 0)::float8 as squares,
        max(case when amount is null then price end)::float8 as price
      from s group by 1, 2, 4, 5`,
    limitMs,
  );
  return rows;
}

/** How much began, and what was won, in spans of days. */
export async function countedIn(
  ctx: Context,
  base: Base,
  spans: readonly Span[],
  limitMs?: number,
): Promise<{ began: number; won: number; amount: string; first: string | null }[]> {
  const began = beganOn(ctx);
  const { rows } = await reportRows(
    ctx,
    sql<{ began: number; won: number; amount: string; first: string | null }>`with o as materialized (
        select ${began} as began, case when t.status = 'won' then t.closed_on end as won_on, coalesce(t.amount_base, 0) as amount
        from ${base.from} where ${base.where}
      ),
      -- By days first: there are far fewer days than opportunities.
      b as materialized (select began as day, count(*) as n from o group by 1),
      w as materialized (select won_on as day, count(*) as n, sum(amount) as amount from o where won_on is not null group by 1)
      select coalesce((select sum(n) from b where day >= s.from_day and day < s.to_day), 0)::int as began,
        coalesce((select sum(n) from w where day >= s.from_day and day < s.to_day), 0)::int as won,
        coalesce((select sum(amount) from w where day >= s.from_day and day < s.to_day), 0)::text as amount,
        (select min(day)::text from b) as first
      from unnest(${spans.map(({ from }) => from)}::date[], ${spans.map(({ to }) => to)}::date[]) with ordinality s(from_day, to_day, at)
      order by s.at`,
    limitMs,
  );
  return rows;
}

/** How open business stands now: as `standingBefore`, by what its record says. */
export async function standingNow(
  ctx: Context,
  base: Base,
  today: string,
  stages: readonly string[],
): Promise<Standing[]> {
  const { rows } = await reportRows(
    ctx,
    sql<Standing>`with o as (
        select case when t.stage_id::text = any(${stages}) then t.stage_id::text end as stage, t.stage_since, ${beganOn(ctx)} as began,
          t.amount_base as amount, case when t.amount_base is null then t.product_ids[1] end as product
        from ${base.from} where ${base.where} and t.status = 'open'
      ), s as (
        select stage, greatest(0, ${today}::date - case when stage is null then began else coalesce(stage_since, began) end)::int as age,
          product, amount is not null as known, count(*)::int as count, coalesce(sum(amount), 0)::float8 as sum,
          coalesce(sum(amount * amount), 0)::float8 as squares
        from o group by 1, 2, 3, 4
      )
      select s.stage, s.age, s.product::text as product, s.known, s.count, s.sum, s.squares, p.price_base::float8 as price
      from s left join product p on p.id = s.product`,
  );
  return rows;
}

/** How much business began a day, lately. */
export async function arrivedBefore(ctx: Context, base: Base, today: string): Promise<number> {
  const began = beganOn(ctx);
  const { rows } = await reportRows(
    ctx,
    sql<{ n: number }>`select count(*)::int as n from ${base.from}
      where ${base.where} and ${began} >= ${today}::date - ${RUN_DAYS}::int and ${began} < ${today}::date`,
  );
  return (rows[0]?.n ?? 0) / RUN_DAYS;
}
