import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import type { Behaviour, Row } from '../../../platform/entity/behaviour.ts';
import { problem } from '../../../platform/errors/problem.ts';

/** What opportunities stand in is not deleted under them. */
export const pipelineBehaviour: Behaviour = {
  beforeDelete: (ctx, rows) => refuseUsed(ctx, 'pipeline_id', rows),
};

export const stageBehaviour: Behaviour = {
  prepare(_ctx, drafts) {
    for (const { before, values, problems } of drafts)
      if (before && 'outcome' in values && values.outcome !== before.outcome)
        problems.push({ path: 'outcome', code: 'stage_outcome_stays' });
  },
  beforeDelete: (ctx, rows) => refuseUsed(ctx, 'stage_id', rows),
};

async function refuseUsed(ctx: Context, column: string, rows: Row[]): Promise<void> {
  const { rows: used } = await sql`select from opportunity
    where ${sql.ref(column)} = any(${rows.map(({ id }) => id)}::uuid[]) limit 1`.execute(ctx.db);
  if (used.length) throw problem('stage_in_use', { status: 409 });
}
