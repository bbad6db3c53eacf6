import { sql } from 'kysely';
import { z } from 'zod';
import type { Context } from '../../../platform/context/context.ts';
import { dayOf } from '../../../platform/context/day.ts';
import { type Services, systemContext } from '../../../platform/context/services.ts';
import { inTransaction } from '../../../platform/context/transaction.ts';
import { defineJob } from '../../../platform/jobs/job.ts';
import { type NotificationItem, notify } from '../../../platform/notifications/notify.ts';
import { addWorkdays } from '../../../platform/time/business-calendar.ts';
import { directory } from '../../organisation/public.ts';
import { trialSetting } from './settings.ts';

interface Due {
  id: string;
  owner: string;
  due: string;
}

const BATCH = 500;

/** Every night: what is due tomorrow or earlier is told its owner once, what is long past its day his superior. */
export const trialJob = defineJob({
  name: 'trial.due',
  input: z.object({}),
  nightly: true,
  async run(services: Services, _input, { progress }) {
    const ctx = await systemContext(services, { kind: 'job', reason: 'trials' });
    const { escalateAfter } = await trialSetting.read(ctx.db);
    const today = dayOf(ctx);
    const tomorrow = Temporal.PlainDate.from(today).add({ days: 1 }).toString();
    const told = await tell(ctx, tomorrow, progress, async ({ id, owner, due }) => ({
      to: [owner],
      kind: 'trial.due',
      record: { entity: 'trial', id },
      params: { day: { date: due } },
      key: `trial.due:${id}:${due}`,
    }));
    const superiors = new Map<string, string | undefined>();
    const escalated = await tell(
      ctx,
      addWorkdays(ctx.businessDays, today, -escalateAfter),
      progress,
      async ({ id, owner, due }) => {
        if (!superiors.has(owner)) superiors.set(owner, (await directory.managersAbove(ctx, owner))[0]);
        const superior = superiors.get(owner);
        return superior
          ? {
              to: [superior],
              kind: 'trial.overdue',
              record: { entity: 'trial', id },
              params: { owner: { record: { entity: 'user', id: owner } }, day: { date: due } },
              key: `trial.overdue:${id}:${due}`,
            }
          : null;
      },
    );
    return { told, escalated };
  },
});

/** Tells of everything that is out and due by a day, in pages; who was told before is not told again. */
async function tell(
  ctx: Context,
  by: string,
  progress: (done: number) => Promise<void>,
  item: (due: Due) => Promise<NotificationItem | null>,
): Promise<number> {
  let after = { due: '0001-01-01', id: '00000000-0000-0000-0000-000000000000' };
  for (let told = 0; ; ) {
    const { rows } = await sql<Due>`select id, owner_id as owner, due_on::text as due from trial
      where status = 'out' and due_on <= ${by}::date and deleted_at is null and owner_id is not null
        and (due_on, id) > (${after.due}::date, ${after.id}::uuid) order by due_on, id limit ${BATCH}`.execute(
      ctx.db,
    );
    const items: NotificationItem[] = [];
    for (const row of rows) {
      const each = await item(row);
      if (each) items.push(each);
    }
    await inTransaction(ctx, (inner) => notify(inner, items));
    told += items.length;
    await progress(told);
    const last = rows.at(-1);
    if (!last || rows.length < BATCH) return told;
    after = last;
  }
}
