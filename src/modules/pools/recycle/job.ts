import { sql } from 'kysely';
import { z } from 'zod';
import type { Context } from '../../../platform/context/context.ts';
import { dayOf } from '../../../platform/context/day.ts';
import { type Services, systemContext } from '../../../platform/context/services.ts';
import { inTransaction } from '../../../platform/context/transaction.ts';
import { changeRows, lockRows } from '../../../platform/entity/records.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { defineJob, type JobRun } from '../../../platform/jobs/job.ts';
import { type NotificationItem, notify } from '../../../platform/notifications/notify.ts';
import { brokenPools } from '../pool/rules.ts';
import { dueQuery, nightOf, type Rule, rulesOf } from './due.ts';

const CHUNK = 500;
/** Who looked at which number stands in the audit; this table only counts the day. */
const KEPT_DAYS = 30;
const START = '00000000-0000-0000-0000-000000000000';

/** Recycles idle customers and warns the owners of those that come next. */
export const recycleJob = defineJob({
  name: 'pool.recycle',
  input: z.object({}),
  nightly: true,
  run: (services, _input, run) => recycle(services, run),
});

export async function recycle(
  services: Services,
  run?: Pick<JobRun, 'progress'> & { job: { id: string } },
): Promise<{ recycled: number; warned: number; broken: string[] }> {
  const cause = { kind: 'job', ...(run ? { id: run.job.id } : {}) } as const;
  const ctx = await systemContext(services, cause);
  await sql`delete from pool_reveal where day < current_date - ${KEPT_DAYS}::int`.execute(ctx.db);
  let [recycled, warned] = [0, 0];
  for (const rule of await rulesOf(ctx)) {
    for (let after: string | null = START; after !== null; ) {
      const part: Part = await recyclePart(ctx, rule, after);
      recycled += part.done;
      after = part.last;
      await run?.progress(recycled);
    }
    for (let after: string | null = START; after !== null; ) {
      const part: Part = await warnPart(ctx, rule, after);
      warned += part.done;
      after = part.last;
      await run?.progress(recycled + warned);
    }
  }
  return { recycled, warned, broken: await brokenPools(ctx) };
}

interface Part {
  done: number;
  /** The last id looked at; null at the end. */
  last: string | null;
}

interface Due {
  id: string;
  owner_id: string;
  base: string;
}

const dueAfter = async (ctx: Context, rule: Rule, after: string, ahead: number): Promise<Due[]> => {
  const { rows } =
    await sql<Due>`select d.id, d.owner_id, d.base from (${dueQuery(ctx, rule, dayOf(ctx), ahead)}) d
    where d.id > ${after}::uuid order by d.id limit ${CHUNK}`.execute(ctx.db);
  return rows;
};

const lastOf = (rows: Due[]) => (rows.length < CHUNK ? null : (rows.at(-1)?.id ?? null));

/** Some of the customers due, all or none; a contact logged while it waited for its turn keeps a customer. */
function recyclePart(ctx: Context, rule: Rule, after: string): Promise<Part> {
  return inTransaction(ctx, async (inner) => {
    const found = await dueAfter(inner, rule, after, 0);
    if (found.length === 0) return { done: 0, last: null };
    const entity = entityNamed(inner.registry, 'customer');
    const ids = found.map(({ id }) => id);
    const rows = await lockRows(inner, entity, ids);
    const { rows: still } = await sql<{
      id: string;
    }>`select d.id from (${dueQuery(inner, rule, dayOf(inner))}) d
      where d.id = any(${ids}::uuid[])`.execute(inner.db);
    const due = new Set(still.map(({ id }) => id));
    const acting = {
      ...inner,
      principal: { ...inner.principal, cause: { ...inner.principal.cause, reason: rule.reason } },
    };
    const changes = rows
      .filter((row) => due.has(row.id as string))
      .map((row) => ({ row, values: { owner: null, department: rule.pool.unit } }));
    const { stored } = await changeRows(acting, entity, changes, { action: 'recycle' });
    await notify(
      inner,
      [...Map.groupBy(stored, ({ draft }) => draft.before?.owner_id as string)].map(
        ([owner, taken]): NotificationItem => ({
          to: [owner],
          kind: 'pool.recycled',
          // He may not see them any more: he is told their names all the same, they were his until now.
          params: { name: taken.map(({ row }) => row.name).join('、'), pool: rule.pool.name },
          key: `pool.recycled:${taken[0]?.draft.id}:${inner.now}`,
        }),
      ),
    );
    return { done: stored.length, last: lastOf(found) };
  });
}

/** Warns once of each night in which customers would be taken; those of one owner are one message. */
function warnPart(ctx: Context, rule: Rule, after: string): Promise<Part> {
  if (!rule.pool.warnDays) return Promise.resolve({ done: 0, last: null });
  return inTransaction(ctx, async (inner) => {
    const found = await dueAfter(inner, rule, after, rule.pool.warnDays as number);
    if (found.length === 0) return { done: 0, last: null };
    const nights = found.map((due) => ({ ...due, night: nightOf(inner, due.base, rule.days) }));
    const { rows } = await sql<{ id: string }>`insert into pool_warning as w (customer_id, night)
      select u.id, u.night from unnest(${nights.map(({ id }) => id)}::uuid[], ${nights.map(({ night }) => night)}::date[])
        as u (id, night)
      on conflict (customer_id) do update set night = excluded.night where w.night <> excluded.night
      returning customer_id as id`.execute(inner.db);
    const fresh = new Set(rows.map(({ id }) => id));
    const told = nights.filter(({ id }) => fresh.has(id));
    const byOwner = Map.groupBy(told, ({ owner_id }) => owner_id);
    await notify(
      inner,
      [...byOwner].map(([owner, due]) => warningOf(rule, owner, due)),
    );
    return { done: told.length, last: lastOf(found) };
  });
}

/** Leads to the customer that goes first. */
function warningOf(rule: Rule, owner: string, due: { id: string; night: string }[]): NotificationItem {
  const [first] = due.toSorted((a, b) => (a.night < b.night ? -1 : 1)) as [{ id: string; night: string }];
  const params = { pool: rule.pool.name, date: { date: first.night }, count: due.length };
  const text = due.length === 1 ? 'notification.pool.warnOne' : 'notification.pool.warnMany';
  return {
    to: [owner],
    kind: 'pool.warning',
    record: { entity: 'customer', id: first.id },
    params: { what: { text, params } },
    key: `pool.warning:${first.id}:${first.night}`,
  };
}
