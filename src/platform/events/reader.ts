import { sql } from 'kysely';
import type { Services } from '../context/services.ts';
import { PREPARED } from '../db/connection.ts';
import { eventPattern, type StoredEvent, type Subscriber } from './subscriber.ts';

const BATCH = 500;
/** Records of a batch: mass work tells of a thousand in each event, and what follows from them is held meanwhile. */
const MOST_RECORDS = 10_000;

/** Before the first event there is. */
export const NOWHERE = '00000000-0000-0000-0000-000000000000';

interface EventRow {
  from_tx: string;
  from_id: string;
  id: string;
  tx: string;
  at: string;
  name: string;
  entity: string;
  record_ids: string[];
  actor_id: string | null;
  payload: Record<string, unknown>;
  wanted: boolean;
  page: number;
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
  // The page is cut before the names are looked at, so that a rare event does not make each look read everything.
  const { rows } = await sql<EventRow>`${sql.raw(PREPARED)}
    with place as (select coalesce(max(tx::text), '0')::xid8 as tx, coalesce(max(id::text), ${NOWHERE})::uuid as id
      from event_cursor where subscriber = ${subscriber.name}),
    page as (select place.tx as from_tx, place.id as from_id, e.*
      from place cross join lateral (select *, name ~ ${eventPattern(subscriber.events)} as wanted from event
        where (tx, id) > (place.tx, place.id) and tx < pg_snapshot_xmin(pg_current_snapshot())
        order by tx, id limit ${BATCH}) e),
    counted as (select *, count(*) over ()::int as page,
        sum(case when wanted then records else 0 end) over (order by tx, id) as up_to_here from page)
    select from_tx::text, from_id, id, counted.tx::text, at, name, entity, actor_id, wanted, page,
      case when wanted then record_ids end as record_ids, case when wanted then payload end as payload
    from counted where up_to_here <= ${MOST_RECORDS} or (wanted and up_to_here = records)
    order by counted.tx, id`.execute(db);
  const last = rows.at(-1);
  if (!last) return false;
  const batch = rows.filter((row) => row.wanted).map(asEvent);
  if (batch.length) await subscriber.handle(services, batch);
  // Compared with where we began: whoever lost the lock meanwhile does not set another's progress back. Not waited for on
  // the disk: a place that is lost only makes us read again what can be read again.
  await sql`${sql.raw(PREPARED)} with quick as materialized (select set_config('synchronous_commit', 'off', true))
    insert into event_cursor as c (subscriber, tx, id)
    select ${subscriber.name}, ${last.tx}::xid8, ${last.id}::uuid from quick
    on conflict (subscriber) do update set tx = excluded.tx, id = excluded.id, updated_at = now()
    where c.tx = ${last.from_tx}::xid8 and c.id = ${last.from_id}::uuid`.execute(db);
  return last.page === BATCH || rows.length < last.page;
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
