import { type RawBuilder, sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import { type Curves, curveOf, type Watched } from './hazard.ts';

/** What won business of a kind was worth: how many, their mean and their deviation, in the company's currency. */
export interface Worth {
  count: number;
  mean: number;
  deviation: number;
}

/** What was learnt from all that was known before a day. */
export interface Fit {
  day: string;
  won: number;
  lost: number;
  /** Days between the first end and the day. */
  span: number;
  curves: Curves;
  /** Of ended business that stood in a stage, the share that was won, by stage. */
  stageWon: Record<string, number>;
  worth: { all: Worth; products: Record<string, Worth> };
  /** How much readier business is won in the first, second and third month of a quarter than its age tells. */
  pace: [number, number, number];
  /** How far earlier forecasts as a whole were off beyond chance, as a share. */
  spread: number;
}

/** Less than this, and nothing is forecast by it. */
export const LEAST_WON = 50;
export const LEAST_DAYS = 90;
/** A stage has a curve of its own once so many left it while it was watched. */
const LEAST_LEFT = 50;
/** Until there are forecasts to learn it from. */
export const FIRST_SPREAD = 0.25;
const MOST_PRODUCTS = 2000;

export const isEnough = ({ won, span }: Pick<Fit, 'won' | 'span'>): boolean =>
  won >= LEAST_WON && span >= LEAST_DAYS;

/** The day business began, as far as anybody knows. */
export const beganOn = (ctx: Pick<Context, 'timeZone'>): RawBuilder<string> =>
  sql<string>`coalesce(t.started_on, (t.created_at at time zone ${ctx.timeZone})::date)`;

/**
 * Learns from what had happened before a day: nothing that came later has a part in it. Days a file tells of are believed;
 * what stage business stood in counts only from when that was written down.
 */
export async function fitBefore(ctx: Context, day: string): Promise<Fit> {
  const [life, stays, worth] = await Promise.all([livesOf(ctx, day), staysOf(ctx, day), worthOf(ctx, day)]);
  const ended = (next: string) =>
    life.filter((row) => row.next === next).reduce((all, { count }) => all + count, 0);
  const stages = Map.groupBy(stays, ({ stage }) => stage);
  const known = [...stages].filter(
    ([, rows]) => rows.reduce((all, { next, count }) => all + (next === null ? 0 : count), 0) >= LEAST_LEFT,
  );
  return {
    day,
    won: ended('won'),
    lost: ended('lost'),
    span: worth.span,
    curves: {
      all: curveOf(life),
      stages: Object.fromEntries(known.map(([stage, rows]) => [stage, curveOf(rows)])),
    },
    stageWon: await stageShares(ctx, day),
    worth: { all: worth.all, products: worth.products },
    pace: [1, 1, 1],
    spread: FIRST_SPREAD,
  };
}

/** All business from its beginning to its end, or to the day. */
async function livesOf(ctx: Context, day: string): Promise<Watched[]> {
  const { rows } = await sql<Watched>`with life as (
      select case when t.status in ('won', 'lost') and t.closed_on < ${day}::date then t.status end as next,
        greatest(0, least(coalesce(t.closed_on, ${day}::date), ${day}::date) - ${beganOn(ctx)}) as age
      from opportunity t where t.deleted_at is null and ${beganOn(ctx)} < ${day}::date
    )
    select next, (age / 7)::int as week, count(*)::int as count, sum(age % 7)::int as rest
    from life group by 1, 2`.execute(ctx.db);
  return rows;
}

/** Stays in stages, as far as they were written down when they were. */
async function staysOf(ctx: Context, day: string): Promise<(Watched & { stage: string })[]> {
  const { rows } = await sql<Watched & { stage: string }>`with step as (
      select h.*, lag(stage_id) over w as came_from from opportunity_step h
      where on_day < ${day}::date and (at at time zone ${ctx.timeZone})::date <= on_day
      window w as (partition by opportunity_id order by on_day, id)
    ), moved as (
      select opportunity_id, stage_id, status, on_day, lead(on_day) over w as left_on, lead(status) over w as became, lead(stage_id) over w as went
      from step where came_from is distinct from stage_id
      window w as (partition by opportunity_id order by on_day, id)
    ), stay as (
      select stage_id::text as stage, case when became = 'open' then went::text else became end as next,
        coalesce(left_on, ${day}::date) - on_day as age
      from moved where status = 'open' and stage_id is not null
    )
    select stage, next, (age / 7)::int as week, count(*)::int as count, sum(age % 7)::int as rest
    from stay group by 1, 2, 3`.execute(ctx.db);
  return rows;
}

/** What was won by stage it stood in before; a few ends more of the average keep small numbers from shouting. */
async function stageShares(ctx: Context, day: string): Promise<Record<string, number>> {
  const { rows } = await sql<{ stage: string; won: number; ended: number }>`
    select h.stage_id::text as stage, count(distinct t.id) filter (where t.status = 'won')::int as won, count(distinct t.id)::int as ended
    from opportunity_step h join opportunity t on t.id = h.opportunity_id
    where t.deleted_at is null and t.status in ('won', 'lost') and t.closed_on < ${day}::date and h.status = 'open'
      and (h.at at time zone ${ctx.timeZone})::date <= h.on_day and h.stage_id is not null
    group by 1`.execute(ctx.db);
  return Object.fromEntries(
    rows.filter(({ ended }) => ended >= LEAST_LEFT).map(({ stage, won, ended }) => [stage, won / ended]),
  );
}

async function worthOf(ctx: Context, day: string) {
  const { rows } = await sql<Worth & { product: string | null; whole: boolean; span: number }>`
    select t.product_ids[1]::text as product, grouping(t.product_ids[1]) = 1 as whole, count(*)::int as count,
      avg(t.amount_base)::float8 as mean, coalesce(stddev_samp(t.amount_base), 0)::float8 as deviation,
      (${day}::date - min(t.closed_on))::int as span
    from opportunity t where t.deleted_at is null and t.status = 'won' and t.closed_on < ${day}::date and t.amount_base > 0
    group by rollup (t.product_ids[1]) order by whole desc, count desc limit ${MOST_PRODUCTS}`.execute(
    ctx.db,
  );
  const plain = ({ count, mean, deviation }: Worth): Worth => ({ count, mean, deviation });
  const all = rows.find(({ whole }) => whole);
  return {
    span: all?.span ?? 0,
    all: plain(all?.count ? all : { count: 0, mean: 0, deviation: 0 }),
    products: Object.fromEntries(
      rows.flatMap((row) => (row.product && !row.whole ? [[row.product, plain(row)]] : [])),
    ),
  };
}
