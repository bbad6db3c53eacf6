import { type RawBuilder, sql } from 'kysely';
import { baseOf } from '../../../platform/analysis/base.ts';
import type { ReportAnswer } from '../../../platform/analysis/query.shared.ts';
import { type RunOptions, reportRows } from '../../../platform/analysis/run.ts';
import { type Asked, daysOf, type Period, type ShippedReport } from '../../../platform/analysis/shipped.ts';
import type { Context } from '../../../platform/context/context.ts';
import { dayOf } from '../../../platform/context/day.ts';
import { answerOf, idFilter, MOST_NAMED, mustSee, numbered, say } from './answer.ts';

const PERIOD: Period = 'thisMonth';

/** What became of the open business between two days: what came, grew, shrank, was decided, and what that leaves. */
export const movements: ShippedReport = {
  name: 'movements',
  entity: 'opportunity',
  reads: [],
  order: 40,
  chart: 'column',
  period: PERIOD,
  compute: runMovements,
};

/** In the order they are told. What moved out or in is part of no sum: its amount stays. */
const MOVES = ['new', 'reopened', 'grew', 'shrank', 'won', 'lost'] as const;
const MOVED = ['later', 'sooner'] as const;
type Move = (typeof MOVES)[number] | (typeof MOVED)[number];

interface Row {
  move: Move | 'opening' | 'closing';
  n: number;
  amount: string;
  days: string | null;
  ids: string[] | null;
}

async function runMovements(
  ctx: Context,
  { period = PERIOD, filter }: Asked,
  { limitMs, action }: RunOptions,
): Promise<ReportAnswer> {
  const begin = performance.now();
  mustSee(ctx, 'status', 'amount', 'closeDate');
  const base = await baseOf(ctx, 'opportunity', filter, action);
  const days = daysOf(ctx, period);
  const tomorrow = Temporal.PlainDate.from(dayOf(ctx)).add({ days: 1 }).toString();
  const from = days.from ?? '1900-01-01';
  const after = days.to && days.to < tomorrow ? days.to : tomorrow;
  const stood = (day: string): RawBuilder<unknown> =>
    sql`(select h.status, coalesce(h.amount, 0) as amount, h.close_date from opportunity_step h
      where h.opportunity_id = o.id and h.on_day < ${day}::date order by h.on_day desc, h.id desc limit 1)`;
  // What did not change since the first day is counted as it stands today; only what changed is looked up in its past.
  const statement = sql<Row>`with o as materialized (
      select t.id, t.status, coalesce(t.amount_base, 0) as amount from ${base.from} where ${base.where}
    ), changed as materialized (
      select distinct opportunity_id as id from opportunity_step where on_day >= ${from}::date
    ), m as materialized (
      select o.id, coalesce(b.status = 'open', false) as was_open, coalesce(a.status = 'open', false) as is_open, o.status = 'open' as now_open,
        b.status is null as fresh, a.status as became, coalesce(b.amount, 0) as was_amount, coalesce(a.amount, 0) as is_amount,
        o.amount as now_amount, b.close_date as was_date, a.close_date as is_date
      from changed join o on o.id = changed.id
      left join lateral ${stood(from)} b on true left join lateral ${stood(after)} a on true
    ), still as (
      select count(*) as n, coalesce(sum(amount), 0) as amount from o where status = 'open'
    ), opening as (
      select still.n - count(m.id) filter (where m.now_open) + count(m.id) filter (where m.was_open) as n,
        still.amount - coalesce(sum(m.now_amount) filter (where m.now_open), 0) + coalesce(sum(m.was_amount) filter (where m.was_open), 0) as amount
      from still left join m on true group by still.n, still.amount
    ), moves as (
      select 'new' as move, id, is_amount as amount, null::int as days from m where fresh and became is not null
      union all select 'reopened', id, is_amount, null from m where not fresh and not was_open and is_open
      union all select 'grew', id, is_amount - was_amount, null from m where was_open and is_open and is_amount > was_amount
      union all select 'shrank', id, is_amount - was_amount, null from m where was_open and is_open and is_amount < was_amount
      union all select became, id, -case when was_open then was_amount else is_amount end, null from m
        where became in ('won', 'lost') and (was_open or fresh)
      union all select case when is_date > was_date then 'later' else 'sooner' end, id, is_amount, is_date - was_date from m
        where was_open and is_open and is_date <> was_date
    ), told as (
      select move, count(*) as n, sum(amount) as amount, round(avg(days), 1) as days,
        case when count(*) <= ${MOST_NAMED} then array_agg(id) end as ids from moves group by move
    )
    select 'opening' as move, n::int, amount::text, null::text as days, null::uuid[] as ids from opening
    union all select move, n::int, amount::text, days::text, ids from told
    union all select 'closing', (opening.n + coalesce(sum(case when move in ('new', 'reopened') then told.n
        when move in ('won', 'lost') then -told.n else 0 end), 0))::int,
      (opening.amount + coalesce(sum(told.amount) filter (where move not in ('later', 'sooner')), 0))::text, null, null
      from opening left join told on true group by opening.n, opening.amount`;
  const { rows } = await reportRows(ctx, statement, limitMs);
  const order = ['opening', ...MOVES, 'closing', ...MOVED];
  const lines = order.map((move) => {
    const row = rows.find((each) => each.move === move);
    const numbers = [String(row?.n ?? 0), row?.amount ?? '0', row?.days ?? null];
    const behind = idFilter(row?.ids ?? null);
    return {
      keys: [{ key: move, label: say(ctx, `move.${move}`) }],
      filter: null,
      cells: [numbers],
      total: numbers,
      filters: [behind, behind, behind],
    };
  });
  return answerOf(ctx, begin, {
    head: { label: say(ctx, 'move'), kind: 'text' },
    values: [
      numbered(ctx, 'count', 'count'),
      numbered(ctx, 'amount', 'money'),
      numbered(ctx, 'moveDays', 'days'),
    ],
    lines,
    all: [null, null, null],
  });
}
