import { sql } from 'kysely';
import { z } from 'zod';
import { asSystem } from '../../platform/context/context.ts';
import { dayOf } from '../../platform/context/day.ts';
import { systemContext } from '../../platform/context/services.ts';
import { addJob, defineJob } from '../../platform/jobs/job.ts';
import { notify } from '../../platform/notifications/notify.ts';
import { isWorkday } from '../../platform/time/business-calendar.ts';
import { localToInstant } from '../../platform/time/instant.shared.ts';

const REMIND = 'reports.remind';
/** Who has written a report within these days is one who writes reports. */
const HABIT_DAYS = 30;

/** Every working day plans the reminder for when the company closes. */
export const planReminder = defineJob({
  name: 'reports.planReminder',
  input: z.object({}),
  nightly: true,
  async run(services) {
    const ctx = await systemContext(services, { kind: 'job', reason: 'reports' });
    const day = dayOf(ctx);
    if (!isWorkday(ctx.businessDays, day)) return { planned: false };
    const closes = ctx.businessDays.hours.at(-1)?.[1] ?? '18:00';
    await addJob(ctx, REMIND, { day }, { key: day, runAt: localToInstant(`${day}T${closes}`, ctx.timeZone) });
    return { planned: true };
  },
});

/** Reminds who writes reports, or is bound by a daily quota, and has not handed in today's. */
export const remindReports = defineJob({
  name: REMIND,
  input: z.object({ day: z.iso.date() }),
  attempts: 5,
  async run(services, { day }) {
    const ctx = await systemContext(services, { kind: 'job', reason: 'reports' });
    const { rows } = await sql<{ id: string }>`select u.id from "user" u
      where u.status = 'active' and u.deleted_at is null
        and (exists (select from report_quota q where q.active and q.kind = 'day' and q.deleted_at is null
            and q.role_id = any(u.role_ids))
          or exists (select from work_report r where r.owner_id = u.id and r.kind = 'day' and r.deleted_at is null
            and r.date >= ${day}::date - ${HABIT_DAYS}::int and r.date < ${day}::date))
        and not exists (select from work_report r where r.owner_id = u.id and r.kind = 'day' and r.date = ${day}::date
          and r.status <> 'open' and r.deleted_at is null)
      order by u.id`.execute(ctx.db);
    await notify(asSystem(ctx, 'reports'), [
      {
        to: rows.map(({ id }) => id),
        kind: 'report.due',
        params: { date: { date: day } },
        key: `report.due:${day}`,
      },
    ]);
    return { told: rows.length };
  },
});
