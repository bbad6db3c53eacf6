import { sql } from 'kysely';
import { asSystem, type Context } from '../../../platform/context/context.ts';
import type { Draft, Row } from '../../../platform/entity/behaviour.ts';
import { decide } from '../../../platform/entity/decided.ts';
import { createDrafts, deleteRecord, lockRows } from '../../../platform/entity/records.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { invalid } from '../../../platform/errors/problem.ts';
import { translate } from '../../../platform/i18n/translations.ts';

const OPEN = ['open', 'renegotiated'];

/** What was promised with an order becomes a promise like any other: on the clock, and on its owner's page of the day. */
export async function promiseOf(ctx: Context, order: Row): Promise<string | null> {
  if (order.promised_hours === null || order.promise_id) return (order.promise_id as string | null) ?? null;
  const { registry, principal } = ctx;
  const what = translate(registry.words, principal.language, 'order.promise.what', {
    number: order.number as string,
    hours: order.promised_hours as number,
  });
  const [draft] = await createDrafts(asSystem(ctx, 'order'), entityNamed(registry, 'promise'), [
    {
      what,
      customer: order.customer_id,
      contact: order.contact_id,
      owner: order.owner_id,
      withinHours: order.promised_hours,
      clock: 'clock',
    },
  ]);
  const { id, problems } = draft as Draft;
  if (problems.length) throw invalid(problems);
  return id;
}

/** The order has left: the promise was kept, or it was not. */
export async function settlePromise(system: Context, order: Row, shippedOn: string | null): Promise<void> {
  const row = await openPromise(system, order);
  if (!row) return;
  const dayBefore = shippedOn !== null && shippedOn < (row.due_date as string);
  const kept = dayBefore || Temporal.Instant.compare(system.now, row.due_at as string) <= 0;
  const { words } = system.registry;
  const reason = kept ? null : translate(words, system.principal.language, 'order.promise.late');
  const set = { status: kept ? 'kept' : 'broken', settledAt: system.now, reason };
  await decide(system, 'promise', [row], set, { action: kept ? 'keep' : 'break' });
}

/** What will not be delivered is promised no longer. */
export async function dropPromise(ctx: Context, order: Row): Promise<void> {
  const system = asSystem(ctx, 'order');
  const row = await openPromise(system, order);
  if (row) await deleteRecord(system, 'promise', row.id as string, null);
}

async function openPromise(system: Context, order: Row): Promise<Row | null> {
  if (!order.promise_id) return null;
  const [row] = await lockRows(system, entityNamed(system.registry, 'promise'), [order.promise_id as string]);
  return row && OPEN.includes(row.status as string) ? row : null;
}

/** Whether the promise of an order is in the recycle bin: then another confirmation makes a new one. */
export async function promiseGone(ctx: Context, order: Row): Promise<boolean> {
  if (!order.promise_id) return false;
  const { rows } =
    await sql`select from promise where id = ${order.promise_id} and deleted_at is null`.execute(ctx.db);
  return rows.length === 0;
}
