import { sql } from 'kysely';
import { z } from 'zod';
import { asSystem, type Context } from '../../../platform/context/context.ts';
import { type Services, systemContext } from '../../../platform/context/services.ts';
import { inTransaction } from '../../../platform/context/transaction.ts';
import { defineJob } from '../../../platform/jobs/job.ts';
import { type NotificationItem, notify } from '../../../platform/notifications/notify.ts';
import { directory } from '../../organisation/public.ts';
import { WATCH_JOB } from './wake.ts';

/** Tells whom it concerns what has become due since it looked last. Also runs every night, should a moment have been missed. */
export const watchJob = defineJob({
  name: WATCH_JOB,
  input: z.object({}),
  attempts: 5,
  run: (services: Services) => watch(services),
});

export const nightWatchJob = defineJob({
  name: 'work.nightWatch',
  input: z.object({}),
  nightly: true,
  run: (services: Services) => watch(services),
});

async function watch(services: Services): Promise<{ told: number }> {
  const ctx = await systemContext(services, { kind: 'job', reason: 'due' });
  return { told: await tellDue(ctx) };
}

const BATCH = 500;

/** Each moment there is, with whom it is told to. Keys name the moment: nobody is told the same one twice. */
const MOMENTS: readonly Moment[] = [
  {
    kind: 'promise.remind',
    entity: 'promise',
    at: 'remind_at',
    live: sql`status in ('open', 'renegotiated')`,
    to: 'owner',
  },
  {
    kind: 'promise.overdue',
    entity: 'promise',
    at: 'due_at',
    live: sql`status in ('open', 'renegotiated')`,
    to: 'owner',
  },
  {
    kind: 'promise.escalate',
    entity: 'promise',
    at: 'escalate_at',
    live: sql`status in ('open', 'renegotiated')`,
    to: 'manager',
  },
  { kind: 'task.remind', entity: 'task', at: 'remind_at', live: sql`status = 'open'`, to: 'owner' },
  { kind: 'task.escalate', entity: 'task', at: 'escalate_at', live: sql`status = 'open'`, to: 'manager' },
];

interface Moment {
  kind: string;
  entity: string;
  /** The column that tells when. */
  at: string;
  live: ReturnType<typeof sql<boolean>>;
  to: 'owner' | 'manager';
}

interface Due {
  id: string;
  at: string;
  owner: string;
}

/** Tells everything that became due after the last look, up to now; gives how many moments there were. */
export async function tellDue(ctx: Context): Promise<number> {
  let told = 0;
  for (const moment of MOMENTS) told += await tellMoment(ctx, moment);
  return told;
}

async function tellMoment(ctx: Context, moment: Moment): Promise<number> {
  let told = 0;
  for (;;) {
    const count = await inTransaction(ctx, async (inner) => {
      const { rows: state } = await sql<{ at: string; id: string }>`
        insert into work_watch (kind, at, id) values (${moment.kind}, ${inner.now}::timestamptz - interval '1 day', ${FIRST})
        on conflict (kind) do update set kind = excluded.kind returning at, id`.execute(inner.db);
      const from = state[0] as { at: string; id: string };
      const { rows } = await sql<Due>`select id, ${sql.ref(moment.at)} as at, owner_id as owner
        from ${sql.table(moment.entity)}
        where (${sql.ref(moment.at)}, id) > (${from.at}::timestamptz, ${from.id}::uuid)
          and ${sql.ref(moment.at)} <= ${inner.now}
          and ${moment.live} and deleted_at is null and owner_id is not null
        order by ${sql.ref(moment.at)}, id limit ${BATCH}`.execute(inner.db);
      await notify(asSystem(inner, 'due'), await itemsOf(inner, moment, rows));
      const last = rows.length === BATCH ? rows.at(-1) : null;
      await sql`update work_watch set at = ${last?.at ?? inner.now}, id = ${last?.id ?? LAST}
        where kind = ${moment.kind}`.execute(inner.db);
      return rows.length;
    });
    told += count;
    if (count < BATCH) return told;
  }
}

const FIRST = '00000000-0000-0000-0000-000000000000';
const LAST = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

async function itemsOf(
  ctx: Context,
  { kind, entity, to }: Moment,
  due: readonly Due[],
): Promise<NotificationItem[]> {
  const managers = new Map<string, string | undefined>();
  if (to === 'manager')
    for (const owner of new Set(due.map((each) => each.owner)))
      managers.set(owner, (await directory.managersAbove(ctx, owner))[0]);
  return due.flatMap(({ id, at, owner }): NotificationItem[] => {
    const reader = to === 'manager' ? managers.get(owner) : owner;
    if (!reader) return [];
    return [
      {
        to: [reader],
        kind,
        record: { entity, id },
        params: { owner: { record: { entity: 'user', id: owner } }, at: { instant: at } },
        key: `${kind}:${id}:${at}`,
      },
    ];
  });
}
