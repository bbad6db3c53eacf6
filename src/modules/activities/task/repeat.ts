import { sql } from 'kysely';
import { z } from 'zod';
import { asSystem, type Context } from '../../../platform/context/context.ts';
import { dayOf } from '../../../platform/context/day.ts';
import { type Services, systemContext } from '../../../platform/context/services.ts';
import { inTransaction } from '../../../platform/context/transaction.ts';
import { createDrafts } from '../../../platform/entity/records.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { defineJob } from '../../../platform/jobs/job.ts';
import { nextOccurrence, type Recurrence } from '../../../platform/time/recurrence.ts';

interface Repeating extends Recurrence {
  id: string;
  due: string;
  values: Record<string, unknown>;
}

/**
 * Makes the next occurrence of tasks that repeat, each once: a task that has been followed by another, or was opened and
 * done again, makes none.
 */
export async function createNext(ctx: Context, ids: readonly string[]): Promise<number> {
  if (ids.length === 0) return 0;
  return inTransaction(asSystem(ctx, 'repeating task'), async (inner) => {
    const rows = await repeating(inner, ids);
    const upcoming = rows.flatMap((row) => {
      const dueDate = nextOccurrence(inner.businessDays, row, row.due);
      return dueDate ? [{ of: row.id, values: { ...row.values, dueDate, repeatFrom: row.from } }] : [];
    });
    const drafts = await createDrafts(
      inner,
      entityNamed(inner.registry, 'task'),
      upcoming.map(({ values }) => values),
    );
    const made = drafts.flatMap((draft, at) =>
      draft.problems.length ? [] : [{ of: upcoming[at]?.of as string, id: draft.id }],
    );
    // Beside the record's own values: that it was followed is no change of it.
    await sql`update task set next_task_id = n.id from unnest(${made.map(({ of }) => of)}::uuid[],
      ${made.map(({ id }) => id)}::uuid[]) as n(before, id) where task.id = n.before`.execute(inner.db);
    return made.length;
  });
}

async function repeating(ctx: Context, ids: readonly string[]): Promise<Repeating[]> {
  const { rows } = await sql<Repeating>`select t.id, t.due_date as due, t.repeat,
      coalesce(t.repeat_from, t.due_date) as "from", t.repeat_until as until,
      coalesce(t.repeat_shift, 'stay') as shift,
      jsonb_build_object('subject', t.subject, 'customer', t.customer_id, 'contact', t.contact_id, 'priority', t.priority,
        'remark', t.remark, 'owner', t.owner_id, 'repeat', t.repeat, 'repeatUntil', t.repeat_until,
        'repeatShift', t.repeat_shift) as values
    from task t where t.id = any(${ids}::uuid[]) and t.repeat is not null and t.due_date is not null
      and t.next_task_id is null and t.deleted_at is null and t.owner_id is not null
    order by t.id for no key update`.execute(ctx.db);
  return rows;
}

const BATCH = 500;

/** Every night what repeats and was due comes again, done or not. */
export const repeatJob = defineJob({
  name: 'task.repeat',
  input: z.object({}),
  nightly: true,
  async run(services: Services, _input, { progress }) {
    const ctx = await systemContext(services, { kind: 'job' });
    return { made: await repeatDue(ctx, progress) };
  },
});

/** Makes the next occurrence of every open repeating task that is due. */
export async function repeatDue(
  ctx: Context,
  progress: (done: number) => Promise<void> = async () => {},
): Promise<number> {
  let made = 0;
  for (let after = '00000000-0000-0000-0000-000000000000'; ; ) {
    const { rows } = await sql<{ id: string }>`select id from task where id > ${after} and status = 'open'
      and repeat is not null and next_task_id is null and due_date < ${dayOf(ctx)} and deleted_at is null
      order by id limit ${BATCH}`.execute(ctx.db);
    made += await createNext(
      ctx,
      rows.map(({ id }) => id),
    );
    await progress(made);
    const last = rows.at(-1);
    if (!last || rows.length < BATCH) return made;
    after = last.id;
  }
}
