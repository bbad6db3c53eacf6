import { sql } from 'kysely';
import { z } from 'zod';
import type { Context } from '../../../platform/context/context.ts';
import { dayOf } from '../../../platform/context/day.ts';
import { type Services, systemContext } from '../../../platform/context/services.ts';
import { inTransaction } from '../../../platform/context/transaction.ts';
import { decide } from '../../../platform/entity/decided.ts';
import { lockRows } from '../../../platform/entity/records.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { defineSubscriber } from '../../../platform/events/subscriber.ts';
import { defineJob } from '../../../platform/jobs/job.ts';
import { notify } from '../../../platform/notifications/notify.ts';

const WARN_DAYS = 7;
const CHUNK = 200;

/** By night: protection that is over ends, and whose ends soon is told, once. */
export const dealsJob = defineJob({
  name: 'channel.deals',
  input: z.object({}),
  nightly: true,
  run: (services, _input, run) => followDeals(services, run.job.id),
});

export async function followDeals(services: Services, job?: string) {
  const ctx = await systemContext(services, { kind: 'job', ...(job ? { id: job } : {}) });
  let expired = 0;
  for (;;) {
    const ended = await step(ctx, sql`status = 'approved' and protected_until < ${dayOf(ctx)}`, 'expired');
    expired += ended;
    if (ended < CHUNK) break;
  }
  return { expired, warned: await warn(ctx) };
}

/** Deals of these move to a state; gives how many. Who extends one at the same time comes first, or after. */
async function step(ctx: Context, where: ReturnType<typeof sql>, status: string): Promise<number> {
  return inTransaction(ctx, async (inner) => {
    const { rows } = await sql<{ id: string }>`select id from deal_registration where ${where}
      and deleted_at is null order by id limit ${CHUNK} for no key update`.execute(inner.db);
    if (rows.length === 0) return 0;
    const entity = entityNamed(inner.registry, 'dealRegistration');
    const locked = await lockRows(
      inner,
      entity,
      rows.map(({ id }) => id),
    );
    await decide(inner, 'dealRegistration', locked, { status }, { action: 'update' });
    return rows.length;
  });
}

async function warn(ctx: Context): Promise<number> {
  const today = Temporal.PlainDate.from(dayOf(ctx));
  const { rows } = await sql<{ id: string; until: string; registrant: string | null; owner: string | null }>`
    select id, protected_until::text as until, registrant_id as registrant, owner_id as owner
    from deal_registration where status = 'approved' and deleted_at is null
      and protected_until between ${today.toString()} and ${today.add({ days: WARN_DAYS }).toString()}
    order by id limit 10000`.execute(ctx.db);
  await notify(
    ctx,
    rows.map(({ id, until, registrant, owner }) => ({
      to: [registrant, owner].filter((person) => person !== null),
      kind: 'deal.expiring',
      record: { entity: 'dealRegistration', id },
      params: { day: { date: until } },
      key: `deal.expiring:${id}:${until}`,
    })),
  );
  return rows.length;
}

/** A registered deal is won with its business, for the partner to count. */
export const dealWins = defineSubscriber({
  name: 'channel.wins',
  events: ['opportunity.updated'],
  async handle(services, batch) {
    const ids = [...new Set(batch.flatMap(({ recordIds }) => recordIds))];
    const ctx = await systemContext(services, { kind: 'job' });
    const won = sql`status in ('approved', 'expired') and opportunity_id = any(${ids}::uuid[]) and exists (
      select from opportunity o where o.id = opportunity_id and o.status = 'won' and o.deleted_at is null)`;
    while ((await step(ctx, won, 'won')) === CHUNK);
  },
});
