import { sql } from 'kysely';
import { z } from 'zod';
import type { Context } from '../../../platform/context/context.ts';
import { dayOf } from '../../../platform/context/day.ts';
import { inTransaction } from '../../../platform/context/transaction.ts';
import { createRecord, readRecord } from '../../../platform/entity/records.ts';
import { invalid, problem } from '../../../platform/errors/problem.ts';
import { addWorkdays } from '../../../platform/time/business-calendar.ts';
import { MODELS } from '../model/definition.shared.ts';
import { modelNamed } from '../model/store.ts';

export const workInput = z.strictObject({
  model: z.enum(MODELS),
  /** Places among the work its present stage recommends. */
  work: z.array(z.int().min(0).max(20)).min(1).max(10),
});

/**
 * Makes tasks of the work a customer's stage recommends, due in working days, for its owner. What was made since the stage
 * began is not made again.
 */
export async function makeWork(
  ctx: Context,
  id: string,
  input: z.output<typeof workInput>,
): Promise<{ made: number }> {
  return inTransaction(ctx, async (inner) => {
    const customer = await readRecord(inner, 'customer', id);
    const model = await modelNamed(inner, input.model);
    if (!model.active) throw problem('lifecycle_off', { status: 409 });
    // Two who press at once make one task.
    const { rows } = await sql<{ stage: string; since: string }>`select stage, since from customer_stage
      where model = ${model.code} and customer_id = ${customer.id} for update`.execute(inner.db);
    const stage = model.definition.stages.find(({ value }) => value === rows[0]?.stage);
    if (!stage) throw problem('lifecycle_off', { status: 409 });
    const done = await sql<{
      work: number;
    }>`select w.work from stage_task w join task t on t.id = w.task_id and t.deleted_at is null
      where w.model = ${model.code} and w.customer_id = ${customer.id} and w.stage = ${stage.value} and w.at >= ${rows[0]?.since}`.execute(
      inner.db,
    );
    const owner = (customer.owner as { id: string } | null | undefined)?.id ?? inner.principal.userId;
    let made = 0;
    for (const place of new Set(input.work)) {
      const work = stage.work[place];
      if (!work) throw invalid([{ path: 'work', code: 'unknown_work' }]);
      if (done.rows.some((row) => row.work === place)) continue;
      const task = await createRecord(inner, 'task', {
        subject: work.subject[inner.principal.language],
        customer: customer.id,
        dueDate: addWorkdays(inner.businessDays, dayOf(inner), work.days),
        priority: work.priority ?? 'normal',
        ...(owner ? { owner } : {}),
      });
      await sql`insert into stage_task (model, customer_id, stage, work, task_id, at)
        values (${model.code}, ${customer.id}, ${stage.value}, ${place}, ${task.id}, ${inner.now})`.execute(
        inner.db,
      );
      made += 1;
    }
    return { made };
  });
}
