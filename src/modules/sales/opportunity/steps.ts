import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import { dayOf } from '../../../platform/context/day.ts';
import type { Draft } from '../../../platform/entity/behaviour.ts';

/** What an opportunity is measured by: a change of one of these is a step of its way. */
const STEPS = ['stage', 'amount', 'closeDate'];

/**
 * Writes down where opportunities stand, each time that changes: for how long a stage takes, and what moved in the pipeline.
 * What a file tells of the past becomes two steps: the day it began, and the day it was decided.
 */
export async function recordSteps(ctx: Context, drafts: readonly Draft[]): Promise<void> {
  const ids = (some: readonly Draft[]) => some.map(({ id }) => id);
  const began = drafts.filter(
    ({ before, values }) =>
      before === null && values.status !== 'open' && values.startedOn && values.closedOn,
  );
  if (began.length)
    await sql`insert into opportunity_step (opportunity_id, stage_id, status, amount, close_date, on_day, at, by)
    select o.id, (select s.id from stage s where s.pipeline_id = o.pipeline_id and s.outcome = 'open' and s.deleted_at is null
        order by s.position limit 1), 'open', o.amount_base, o.close_date, o.started_on, ${ctx.now}, ${ctx.principal.userId}
    from opportunity o where o.id = any(${ids(began)}::uuid[]) and o.started_on <= o.closed_on`.execute(
      ctx.db,
    );
  const stepped = drafts.filter(({ values }) => STEPS.some((name) => name in values));
  if (stepped.length)
    await sql`insert into opportunity_step (opportunity_id, stage_id, status, amount, close_date, on_day, at, by)
    select o.id, o.stage_id, o.status, o.amount_base, o.close_date,
      case when o.version = 1 then coalesce(o.stage_since, ${dayOf(ctx)}::date) else ${dayOf(ctx)}::date end,
      ${ctx.now}, ${ctx.principal.userId}
    from opportunity o where o.id = any(${ids(stepped)}::uuid[])
    order by o.id`.execute(ctx.db);
}
