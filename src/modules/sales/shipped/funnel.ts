import { sql } from 'kysely';
import { baseOf } from '../../../platform/analysis/base.ts';
import { joined, type ReportAnswer } from '../../../platform/analysis/query.shared.ts';
import type { RunOptions } from '../../../platform/analysis/run.ts';
import { type Asked, type ShippedReport, within } from '../../../platform/analysis/shipped.ts';
import type { Context } from '../../../platform/context/context.ts';
import { withCostLimit } from '../../../platform/db/cost-limit.ts';
import type { Filter } from '../../../platform/entity/meta.shared.ts';
import { firstPipeline } from '../pipeline/read.ts';
import { answerOf, idFilter, MOST_NAMED, mustSee, numbered, say } from './answer.ts';

/** How far business came that was begun in a period: stage by stage, what went on from there, and how long it stayed. */
export const funnel: ShippedReport = {
  name: 'funnel',
  entity: 'opportunity',
  also: ['stage'],
  order: 30,
  chart: 'funnel',
  compute: runFunnel,
};

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
  // What was won came through every stage, whichever were skipped; what was lost, as far as it stood.
  const statement = sql<Row>`with o as materialized (
      select t.id, t.stage_id, t.status, coalesce(t.amount_base, 0) as amount from ${base.from} where ${base.where}
    ), s as materialized (
      select id, name, outcome, position from stage where pipeline_id = ${pipeline} and deleted_at is null and outcome <> 'lost'
    ), came as materialized (
      select h.opportunity_id as id, h.stage_id, h.on_day,
        lead(h.on_day) over w as next_day, lag(h.stage_id) over w as before
      from o join opportunity_step h on h.opportunity_id = o.id
      window w as (partition by h.opportunity_id order by h.on_day, h.id)
    ), stays as (
      select id, stage_id, on_day, lead(on_day) over (partition by id order by on_day, next_day) as left_on
      from came where before is distinct from stage_id
    ), far as materialized (
      select o.id, o.amount, case when o.status = 'won' then 2147483647 else coalesce(max(s.position) filter (where s.outcome = 'open'), 0) end as reach
      from o left join came c on c.id = o.id left join s on s.id = c.stage_id
      group by o.id, o.amount, o.status
    ), long as (
      select stage_id, round(avg(left_on - on_day), 1) as days from stays where left_on is not null group by stage_id
    )
    select s.id, s.name, s.outcome, f.reached, f.amount, f.ids, l.days::text as days,
      (select count(*)::int from o where o.stage_id = s.id) as here
    from s left join long l on l.stage_id = s.id
    cross join lateral (
      select count(*)::int as reached, coalesce(sum(far.amount), 0)::text as amount,
        case when count(*) <= ${MOST_NAMED} then array_agg(far.id) end as ids
      from far where far.reach >= case when s.outcome = 'won' then 2147483647 else s.position end
    ) f
    order by s.position`;
  const { rows } = await withCostLimit(ctx.db, (db) => statement.execute(db), limitMs);
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
