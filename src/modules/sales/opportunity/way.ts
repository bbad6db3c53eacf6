import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import { readRecord } from '../../../platform/entity/records.ts';
import type { Step } from './board.shared.ts';

/** The way of an opportunity, its first step first; of stages, amounts and days what the reader may see on the record. */
export async function wayOf(ctx: Context, id: string): Promise<Step[]> {
  await readRecord(ctx, 'opportunity', id);
  const { rows } =
    await sql<Step>`select s.name as stage, h.status, h.amount::text as amount, h.close_date as "closeDate",
      h.on_day as day, u.name as by
    from opportunity_step h left join stage s on s.id = h.stage_id left join "user" u on u.id = h.by
    where h.opportunity_id = ${id} order by h.on_day, h.id`.execute(ctx.db);
  const policy = ctx.policies.for('opportunity');
  const hidden = {
    ...(policy.sees('stage') && ctx.policies.for('stage').can('read') ? {} : { stage: null }),
    ...(policy.sees('amount') ? {} : { amount: null }),
    ...(policy.sees('closeDate') ? {} : { closeDate: null }),
  };
  return rows.map((row) => ({ ...row, ...hidden }));
}
