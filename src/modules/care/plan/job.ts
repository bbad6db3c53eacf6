import { sql } from 'kysely';
import { z } from 'zod';
import { defineCommand } from '../../../platform/command/command.ts';
import { asSystem, type Context } from '../../../platform/context/context.ts';
import { dayOf } from '../../../platform/context/day.ts';
import { type Services, systemContext } from '../../../platform/context/services.ts';
import { inTransaction } from '../../../platform/context/transaction.ts';
import { decide } from '../../../platform/entity/decided.ts';
import { lockRows } from '../../../platform/entity/records.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { addJob, defineJob } from '../../../platform/jobs/job.ts';
import { notify } from '../../../platform/notifications/notify.ts';
import { generate } from './generate.ts';

/** Days a greeting that was missed may still be sent, saying so; then it is closed. */
const GRACE_DAYS = 14;

/** Every night what plans ask for by that day; a night missed is made up for, days that are over are not. */
export const careJob = defineJob({
  name: 'care.plan',
  input: z.object({}),
  nightly: true,
  async run(services: Services, _input, run) {
    const ctx = await systemContext(services, { kind: 'job', id: run.job.id });
    const missed = await closeMissed(ctx);
    const { made, refused } = await generate(ctx, (done) => run.progress(done));
    await tell(ctx);
    return { made, missed, refused };
  },
});

/** Closes what nobody sent in time. */
export async function closeMissed(ctx: Context): Promise<number> {
  const before = Temporal.PlainDate.from(dayOf(ctx)).subtract({ days: GRACE_DAYS }).toString();
  const entity = entityNamed(ctx.registry, 'careItem');
  let closed = 0;
  for (;;) {
    const count = await inTransaction(asSystem(ctx, 'care missed'), async (inner) => {
      const { rows } = await sql<{ id: string }>`select id from care_item where status = 'open'
        and occasion_on < ${before}::date and deleted_at is null order by id limit 200`.execute(inner.db);
      const locked = await lockRows(
        inner,
        entity,
        rows.map(({ id }) => id),
      );
      const open = locked.filter((row) => row.status === 'open');
      if (open.length) await decide(inner, 'careItem', open, { status: 'missed' }, { action: 'miss' });
      return rows.length;
    });
    closed += count;
    if (count === 0) return closed;
  }
}

/** Tells everyone once a day how many people he is to care for. */
async function tell(ctx: Context): Promise<void> {
  const today = dayOf(ctx);
  const { rows } = await sql<{
    owner: string;
    count: number;
  }>`select owner_id as owner, count(*)::int as count
    from care_item where status = 'open' and due_date <= ${today}::date and occasion_on >= ${today}::date
      and deleted_at is null and owner_id is not null group by owner_id`.execute(ctx.db);
  await notify(
    ctx,
    rows.map(({ owner, count }) => ({
      to: [owner],
      kind: 'care.due',
      params: { count },
      key: `care.due:${owner}:${today}`,
    })),
  );
}

/** Lets the plans be looked at now instead of tonight. */
export const generateCommand = defineCommand({
  name: 'generate',
  entity: 'carePlan',
  on: 'none',
  action: 'update',
  summary: 'Make what the care plans ask for by today',
  input: z.strictObject({}),
  async run(ctx) {
    return { job: await addJob(ctx, 'care.plan', {}, { key: 'now', entity: 'careItem' }) };
  },
});
