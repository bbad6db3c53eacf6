import { sql } from 'kysely';
import { z } from 'zod';
import { asSystem, type Context } from '../../../platform/context/context.ts';
import { dayOf } from '../../../platform/context/day.ts';
import { type Services, systemContext } from '../../../platform/context/services.ts';
import { inTransaction } from '../../../platform/context/transaction.ts';
import { addJob, defineJob } from '../../../platform/jobs/job.ts';
import { localToInstant } from '../../../platform/time/instant.shared.ts';
import { CATEGORY, inPeriod } from '../page/figures.ts';
import { type ForecastPeriod, periodAfter, periodAt } from '../period.shared.ts';

const SNAPSHOT_JOB = 'forecast.snapshot';

export interface Snapshot {
  id: string;
  kind: 'weekly' | 'manual';
  at: string;
}

/** The Monday of a day's week. */
export const mondayOf = (day: string): string => {
  const date = Temporal.PlainDate.from(day);
  return date.subtract({ days: date.dayOfWeek - 1 }).toString();
};

/** This and the next month and quarter: what people forecast. */
const periodsAt = (day: string): ForecastPeriod[] =>
  (['month', 'quarter'] as const).flatMap((unit) => {
    const now = periodAt(day, unit);
    return [now, periodAfter(now, 1)];
  });

/** Keeps how the forecast stands, by owner; of a week that has its snapshot there is none to take. */
export async function takeSnapshot(
  asked: Context,
  kind: Snapshot['kind'],
  note: string | null = null,
): Promise<Snapshot | null> {
  return inTransaction(asSystem(asked, 'forecast'), async (ctx) => {
    const day = dayOf(ctx);
    const week = kind === 'weekly' ? mondayOf(day) : null;
    const { rows } = await sql<Snapshot>`insert into forecast_snapshot (kind, week, at, by, note)
      values (${kind}, ${week}, ${ctx.now}, ${ctx.principal.userId}, ${note})
      on conflict (week) where kind = 'weekly' do nothing returning id, kind, at`.execute(ctx.db);
    const [made] = rows;
    if (!made) return null;
    for (const period of periodsAt(day))
      await sql`insert into forecast_snapshot_figure
        (snapshot_id, period, owner_id, department_id, deals, won, commit, best, pipeline, omitted, weighted)
        select ${made.id}, ${period.key}, owner_id, department_id, count(*), ${sum('won')}, ${sum('commit')}, ${sum('best')},
          ${sum('pipeline')}, ${sum('omitted')},
          round(coalesce(sum(amount * chance) filter (where category <> 'omitted'), 0), 2)
        from (
          select t.owner_id, t.department_id, coalesce(t.amount_base, 0) as amount,
            case when t.status = 'won' then 'won' else ${CATEGORY} end as category,
            case when t.status = 'won' then 1 else coalesce(t.probability, s.probability, 0) / 100.0 end as chance
          from opportunity t left join stage s on s.id = t.stage_id
          where t.deleted_at is null and ${inPeriod(period)}
        ) o group by owner_id, department_id`.execute(ctx.db);
    return made;
  });
}

const sum = (category: string) =>
  sql`coalesce(sum(amount) filter (where category = ${sql.lit(category)}), 0)`;

/** Every Monday at midnight; done twice it keeps one. */
export const snapshotJob = defineJob({
  name: SNAPSHOT_JOB,
  input: z.object({}),
  attempts: 5,
  run: async (services: Services) => weekly(services),
});

/** Sees to it by night that this week has its snapshot, and that the next is planned. */
export const planSnapshotJob = defineJob({
  name: 'forecast.planSnapshot',
  input: z.object({}),
  nightly: true,
  run: async (services: Services) => weekly(services),
});

async function weekly(services: Services): Promise<{ taken: boolean }> {
  const ctx = await systemContext(services, { kind: 'job', reason: 'forecast of the week' });
  const taken = await takeSnapshot(ctx, 'weekly');
  const next = Temporal.PlainDate.from(mondayOf(dayOf(ctx)))
    .add({ days: 7 })
    .toString();
  await addJob(ctx, SNAPSHOT_JOB, {}, { key: next, runAt: localToInstant(`${next}T00:00`, ctx.timeZone) });
  return { taken: taken !== null };
}

/** The snapshots lately, the newest first. */
export async function snapshots(ctx: Context): Promise<(Snapshot & { note: string | null })[]> {
  const { rows } = await sql<
    Snapshot & { note: string | null }
  >`select id, kind, at, note from forecast_snapshot
    order by at desc limit 60`.execute(ctx.db);
  return rows;
}

/** How a period stood from snapshot to snapshot, of the people and departments whose business the caller sees. */
export async function courseOf(
  ctx: Context,
  period: string,
): Promise<{ at: string; won: string; commit: string; best: string; pipeline: string }[]> {
  const scope = ctx.policies.for('opportunity').scope('read');
  const seen =
    scope.kind === 'all'
      ? sql`true`
      : scope.kind === 'none'
        ? sql`false`
        : sql`(f.owner_id = ${scope.userId} or f.department_id = any(${scope.departments}::uuid[]))`;
  const { rows } = await sql<{ at: string; won: string; commit: string; best: string; pipeline: string }>`
    select s.at, sum(f.won)::text as won, sum(f.commit)::text as commit, sum(f.best)::text as best, sum(f.pipeline)::text as pipeline
    from forecast_snapshot_figure f join forecast_snapshot s on s.id = f.snapshot_id
    where f.period = ${period} and ${seen} group by s.id, s.at order by s.at`.execute(ctx.db);
  return rows;
}
