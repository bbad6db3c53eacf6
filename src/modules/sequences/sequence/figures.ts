import { sql } from 'kysely';
import type { Condition } from '../../../platform/access/where.ts';
import { reportRows } from '../../../platform/analysis/run.ts';
import type { Context } from '../../../platform/context/context.ts';
import { readRecord } from '../../../platform/entity/records.ts';
import { runsSeen } from '../run/seen.ts';
import type { SequenceCounts, StepFigures } from './figures.shared.ts';

/** How a sequence goes, step by step, among the runs the caller may see. */
export async function stepFigures(ctx: Context, id: string): Promise<StepFigures[]> {
  await readRecord(ctx, 'sequence', id);
  const scope = countedRuns(ctx);
  if (!scope) return [];
  const statement = sql<StepFigures>`with runs as materialized (
      select t.id, t.replied_at, t.step, case
          when q.target = 'lead' then exists (select from lead l where l.id = t.lead_id and l.status = 'converted')
          else exists (select from opportunity o where o.id = t.opportunity_id and o.status = 'won') end as won
      from sequence_run t join sequence q on q.id = t.sequence_id
      where t.sequence_id = ${id} and t.deleted_at is null and ${scope}),
    touched as (select x.step_id, x.run_id, x.number, r.replied_at, r.won,
        row_number() over (partition by x.run_id order by x.number desc) = 1 as last, x.at
      from sequence_touch x join runs r on r.id = x.run_id where x.sequence_id = ${id})
    select s.id as step, s.subject, s.action, s.wait, s.unit,
      count(t.run_id)::int as reached,
      count(*) filter (where t.last and t.replied_at >= t.at)::int as replied,
      count(*) filter (where t.last and t.won)::int as won
    from sequence_step s left join touched t on t.step_id = s.id
    where s.sequence_id = ${id} and s.deleted_at is null group by s.id order by s.position`;
  return (await reportRows(ctx, statement)).rows;
}

/** How many are in each sequence, among the runs the caller may see, in one statement for all. */
export async function sequenceCounts(ctx: Context): Promise<SequenceCounts[]> {
  const scope = countedRuns(ctx);
  if (!scope) return [];
  const statement = sql<SequenceCounts>`select t.sequence_id as sequence,
      count(*) filter (where t.status = 'active')::int as active,
      count(*) filter (where t.status = 'paused')::int as paused,
      count(*) filter (where t.status = 'finished')::int as finished,
      count(*) filter (where t.status = 'stopped')::int as stopped,
      count(*) filter (where t.replied_at is not null)::int as replied
    from sequence_run t where t.deleted_at is null and ${scope} group by t.sequence_id`;
  return (await reportRows(ctx, statement)).rows;
}

/** Which runs count; null where the caller may not know how they stand. */
const countedRuns = (ctx: Context): Condition | null =>
  ['status', 'sequence', 'repliedAt'].every(ctx.policies.for('sequenceRun').sees) ? runsSeen(ctx) : null;
