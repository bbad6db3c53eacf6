import { sql } from 'kysely';
import { z } from 'zod';
import type { Context } from '../../../platform/context/context.ts';
import { type Services, systemContext } from '../../../platform/context/services.ts';
import { inTransaction } from '../../../platform/context/transaction.ts';
import type { Row } from '../../../platform/entity/behaviour.ts';
import { decide } from '../../../platform/entity/decided.ts';
import { lockRows } from '../../../platform/entity/records.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { defineJob } from '../../../platform/jobs/job.ts';
import { notify } from '../../../platform/notifications/notify.ts';
import { directory } from '../../organisation/public.ts';
import { assign } from './assign.ts';
import { WATCH_JOB } from './clock.ts';
import { activeRoutes } from './rules.ts';

/** Gives leads nobody answered in time to the next, when their time is up; also every night, should a moment have been missed. */
export const watchJob = defineJob({
  name: WATCH_JOB,
  input: z.object({}),
  attempts: 5,
  run: (services: Services) => passOn(services),
});

export const nightWatchJob = defineJob({
  name: 'lead.nightWatch',
  input: z.object({}),
  nightly: true,
  async run(services: Services) {
    // Long past the time in which a form or a signature is good.
    await sql`delete from lead_form_token where at < now() - interval '3 days'`.execute(services.db);
    return passOn(services);
  },
});

const BATCH = 200;

/** Passes on what is overdue, each lead in a transaction of its own. */
export async function passOn(services: Services): Promise<{ passedOn: number; escalated: number }> {
  const counted = { passedOn: 0, escalated: 0 };
  for (;;) {
    const ctx = await systemContext(services, { kind: 'job', reason: 'not answered in time' });
    const { rows } = await sql<{ id: string }>`select id from lead
      where respond_by <= ${ctx.now} and status = 'new' and escalated_at is null and owner_id is not null
        and deleted_at is null
      order by respond_by, id limit ${BATCH}`.execute(ctx.db);
    for (const { id } of rows) {
      const became = await inTransaction(ctx, (inner) => passOne(inner, id));
      if (became) counted[became] += 1;
    }
    if (rows.length < BATCH) return counted;
  }
}

async function passOne(ctx: Context, id: string): Promise<'passedOn' | 'escalated' | null> {
  const [row] = await lockRows(ctx, entityNamed(ctx.registry, 'lead'), [id]);
  const late =
    row?.status === 'new' &&
    row.escalated_at === null &&
    typeof row.respond_by === 'string' &&
    Temporal.Instant.compare(row.respond_by, ctx.now) <= 0;
  if (!late) return null;
  const former = row.owner_id as string;
  const [route] = row.route_id ? await activeRoutes(ctx, [row.route_id as string]) : [];
  await sql`update lead_assignment set missed = true where lead_id = ${id} and user_id = ${former}`.execute(
    ctx.db,
  );
  const { rows: tried } = await sql<{ id: string }>`select distinct user_id as id from lead_assignment
    where lead_id = ${id}`.execute(ctx.db);
  const without = [former, ...tried.map((each) => each.id)];
  const given = route ? await assign(ctx, [{ id, route, without }]) : new Map<string, string>();
  const next = given.get(id);
  if (!next) return escalate(ctx, row, route?.escalateTo ?? null);
  await notify(ctx, [
    {
      to: [former],
      kind: 'lead.passedOn',
      // He may not see it any more: he is told its name all the same, it was his until now.
      params: { name: String(row.name), next: { record: { entity: 'user', id: next } } },
      key: `lead.passedOn:${id}:${row.respond_by}`,
    },
  ]);
  return 'passedOn';
}

/** Nobody is left: it stays where it is, and a superior is told. */
async function escalate(ctx: Context, row: Row, to: string | null): Promise<'escalated'> {
  const owner = row.owner_id as string;
  await decide(ctx, 'lead', [row], { escalatedAt: ctx.now }, { action: 'escalate' });
  const superior = to ?? (await directory.managersAbove(ctx, owner))[0];
  const people = superior ? [superior] : await directory.administrators(ctx);
  await notify(ctx, [
    {
      to: [...people, owner],
      kind: 'lead.unanswered',
      record: { entity: 'lead', id: row.id as string },
      params: { owner: { record: { entity: 'user', id: owner } } },
      key: `lead.unanswered:${row.id}:${row.respond_by}`,
    },
  ]);
  return 'escalated';
}
