import { sql } from 'kysely';
import type { Services } from '../context/services.ts';
import { eventPattern, type StoredEvent, type Subscriber } from './subscriber.ts';

const BATCH = 500;

interface EventRow {
  id: string;
  tx: string;
  at: string;
  name: string;
  entity: string;
  record_ids: string[];
  actor_id: string | null;
  payload: Record<string, unknown>;
}

/**
 * Hands a subscriber its next events. A later id can commit first, so "id greater than the last" would lose events:
 * they are read in the order of (transaction, id), and only those of transactions older than every one still running.
 * Gives whether more may be waiting.
 *
 * The caller holds the subscriber's lock. No transaction is open while `handle` works: it would hold back the oldest
 * running transaction and with it every subscriber.
 */
export async function readBatch(services: Services, subscriber: Subscriber): Promise<boolean> {
  const { db } = services;
  await sql`insert into event_cursor (subscriber) values (${subscriber.name}) on conflict do nothing`.execute(
    db,
  );
  const cursors = await sql<{ tx: string; id: string; last: string }>`select tx::text, id from event_cursor
    where subscriber = ${subscriber.name}`.execute(db);
  const from = cursors.rows[0] as { tx: string; id: string };
  // The page is cut before the names are looked at, so that a rare event does not make each look read everything.
  const { rows } = await sql<EventRow & { wanted: boolean }>`
    select e.id, e.tx::text, e.at, e.name, e.entity, e.record_ids, e.actor_id, e.payload,
      e.name ~ ${eventPattern(subscriber.events)} as wanted
    from event e
    where (e.tx, e.id) > (${from.tx}::xid8, ${from.id}::uuid) and e.tx < pg_snapshot_xmin(pg_current_snapshot())
    order by e.tx, e.id limit ${BATCH}`.execute(db);
  const last = rows.at(-1);
  if (!last) return false;
  const batch = rows.filter((row) => row.wanted).map(asEvent);
  if (batch.length) await subscriber.handle(services, batch);
  // Compared with where we began: whoever lost the lock meanwhile does not set another's progress back.
  await sql`update event_cursor set tx = ${last.tx}::xid8, id = ${last.id}, updated_at = now()
    where subscriber = ${subscriber.name} and tx = ${from.tx}::xid8 and id = ${from.id}`.execute(db);
  return rows.length === BATCH;
}

const asEvent = (row: EventRow): StoredEvent => ({
  id: row.id,
  at: row.at,
  name: row.name,
  entity: row.entity,
  recordIds: row.record_ids,
  actorId: row.actor_id,
  payload: row.payload,
});
