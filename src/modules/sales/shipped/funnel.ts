import { sql } from 'kysely';
import { baseOf } from '../../../platform/analysis/base.ts';
import { joined, type ReportAnswer } from '../../../platform/analysis/query.shared.ts';
import { type RunOptions, reportRows } from '../../../platform/analysis/run.ts';
import { type Asked, type ShippedReport, within } from '../../../platform/analysis/shipped.ts';
import type { Context } from '../../../platform/context/context.ts';
import type { Filter } from '../../../platform/entity/meta.shared.ts';
import { firstPipeline } from '../pipeline/read.ts';
import { answerOf, idFilter, MOST_NAMED, mustSee, numbered, say } from './answer.ts';

/** How far business came that was begun in a period: stage by stage, what went on from there, and how long it stayed. */
export const funnel: ShippedReport = {
  name: 'funnel',
  entity: 'opportunity',
  also: ['stage'],
  reads: ['pipeline'],
  order: 30,
  chart: 'funnel',
  compute: runFunnel,
};

/** Beyond every stage. */
const WON = 2_147_483_647;

interface Row {
  id: string;
  name: string;
  outcome: string;
  reached: number;
  amount: string;
  here: number;
  days: string | null;
  ids: string[] | null;
}

async function runFunnel(ctx: Context, asked: Asked, { limitMs, action }: RunOptions): Promise<ReportAnswer> {
  const begin = performance.now();
  mustSee(ctx, 'stage', 'status', 'amount', 'startedOn');
  const pipeline = pipelineIn(asked.filter) ?? (await firstPipeline(ctx));
  const filter = joined(
    { field: 'pipeline', op: 'eq', value: pipeline },
    asked.filter,
    asked.period ? within('startedOn', asked.period) : null,
  );
  const base = await baseOf(ctx, 'opportunity', filter, action);
  // What was won came through every stage, whichever were skipped; what was lost, as far as it stood. The way of all business is
  // read once, out of its index alone: for how far each came, and for how long it stayed where.
  const statement = sql<Row>`with o as materialized (
      select t.id, t.stage_id, t.status, coalesce(t.amount_base, 0) as amount from ${base.from} where ${base.where}
    ), s as materialized (
      select id, name, outcome, position, case when outcome = 'won' then ${WON}::int else position end as rank
      from stage where pipeline_id = ${pipeline} and deleted_at is null and outcome <> 'lost'
    ), came as (
      select o.id, o.stage_id as now_in, h.stage_id, h.on_day,
        lead(h.on_day) over w as next_day, lead(h.stage_id) over w as next_stage
      from o join opportunity_step h on h.opportunity_id = o.id
      window w as (partition by o.id order by h.on_day, h.id)
    ), way as materialized (
      select came.id, came.stage_id, grouping(came.id) = 0 as of_one, max(s.position) filter (where s.outcome = 'open') as reach,
        sum(next_day - on_day) filter (where stage_id <> now_in) as stayed,
        count(*) filter (where stage_id <> now_in and next_stage <> stage_id) as gone
      from came left join s on s.id = came.stage_id group by grouping sets ((came.id), (came.stage_id))
    ), far as materialized (
      select o.id, o.amount, case when o.status = 'won' then ${WON}::int else coalesce(way.reach, 0) end as reach
      from o left join way on way.of_one and way.id = o.id
    ), sums as materialized (
      select reach, count(*) as n, sum(amount) as amount from far group by reach
    ), stays as (
      select stage_id, round(stayed::numeric / nullif(gone, 0), 1) as days from way where not of_one
    ), here as (
      select stage_id, count(*)::int as n from o group by stage_id
    )
    select s.id, s.name, s.outcome, f.reached, f.amount, stays.days::text as days, coalesce(here.n, 0) as here,
      (select array_agg(id) from (select id from far where far.reach >= s.rank limit ${MOST_NAMED + 1}) few) as ids
    from s left join stays on stays.stage_id = s.id left join here on here.stage_id = s.id
    cross join lateral (
      select coalesce(sum(n), 0)::int as reached, coalesce(sum(sums.amount), 0)::text as amount from sums where sums.reach >= s.rank
    ) f
    order by s.position`;
  const { rows } = await reportRows(ctx, statement, limitMs);
  const first = rows[0]?.reached ?? 0;
  const share = (part: number | undefined, whole: number) =>
    part === undefined || whole === 0 ? null : (part / whole).toFixed(6);
  return answerOf(ctx, begin, {
    head: { label: say(ctx, 'stage'), kind: 'reference', plural: 'stages' },
    values: [
      numbered(ctx, 'reached', 'count'),
      numbered(ctx, 'amount', 'money'),
      numbered(ctx, 'onward', 'percent'),
      numbered(ctx, 'fromStart', 'percent'),
      numbered(ctx, 'stayed', 'days'),
      numbered(ctx, 'here', 'count'),
    ],
    lines: rows.map((row, at) => {
      const numbers = [
        String(row.reached),
        row.amount,
        row.outcome === 'won' ? null : share(rows[at + 1]?.reached, row.reached),
        share(row.reached, first),
        row.outcome === 'won' ? null : row.days,
        String(row.here),
      ];
      const all = idFilter(row.ids);
      const here = joined(filter, { field: 'stage', op: 'eq', value: row.id });
      return {
        keys: [{ key: row.id, label: row.name }],
        filter: null,
        cells: [numbers],
        total: numbers,
        filters: [all, all, all, all, all, here],
      };
    }),
    all: [String(first), rows[0]?.amount ?? '0', null, share(rows.at(-1)?.reached, first), null, null],
  });
}

/** The pipeline somebody chose by a condition. */
function pipelineIn(filter: Filter | undefined): string | null {
  const parts = filter && 'and' in filter ? filter.and : filter ? [filter] : [];
  for (const part of parts)
    if ('field' in part && part.field === 'pipeline' && part.op === 'eq' && typeof part.value === 'string')
      return part.value;
  return null;
}
