import { sql } from 'kysely';
import type { Context } from '../context/context.ts';
import { type Services, systemContext } from '../context/services.ts';
import type { Entity } from '../entity/types.ts';
import { defineSubscriber, type StoredEvent, type Subscriber } from '../events/subscriber.ts';
import { type NotificationItem, notify } from '../notifications/notify.ts';
import { followersOf, type PersonContext, readableBy } from './follow.ts';

/** Fields whose change matters to whoever follows a record: whose it is, and where it stands. */
const TELLING = new Set(['owner', 'status', 'stage', 'grade', 'lifecycle']);

/** Tells followers of changes that matter: each of one deed once, however many fields and records it changed. */
export function followChanges(personContext: PersonContext): Subscriber {
  return defineSubscriber({
    name: 'follow.changes',
    events: ['*.updated'],
    async handle(services, batch) {
      for (const event of batch) await handleEvent(services, personContext, event);
    },
  });
}

async function handleEvent(
  services: Services,
  personContext: PersonContext,
  event: StoredEvent,
): Promise<void> {
  const entity = services.registry().byName.get(event.entity);
  if (!entity?.fieldList.some(({ name }) => TELLING.has(name))) return;
  const changed = await changedRecords(services, entity, event);
  if (changed.size === 0) return;
  const followers = await followersOf(services.db, entity, [...changed.keys()]);
  const byUser = new Map<string, string[]>();
  for (const [id, users] of followers)
    for (const user of users) if (user !== event.actorId) byUser.set(user, [...(byUser.get(user) ?? []), id]);
  if (byUser.size === 0) return;
  const items: NotificationItem[] = [];
  for (const [user, ids] of byUser) {
    const seen = await readableBy(services, personContext, user, entity.name, ids);
    const told = ids.filter((id) => seen.has(id));
    if (told.length) items.push(itemOf(entity, event, user, told, changed));
  }
  const system = await systemContext(services, { kind: 'job' });
  await notify(actingAs(system, event.actorId), items);
}

/** Told in the name of who did it. */
const actingAs = (ctx: Context, userId: string | null): Context => ({
  ...ctx,
  principal: { ...ctx.principal, userId },
});

function itemOf(
  entity: Entity,
  event: StoredEvent,
  user: string,
  ids: readonly string[],
  changed: ReadonlyMap<string, readonly string[]>,
): NotificationItem {
  const [id] = ids as [string, ...string[]];
  const names = [...new Set(ids.flatMap((each) => changed.get(each) ?? []))];
  const fields = { fields: { entity: entity.name, names } };
  const common = { to: [user], kind: 'follow.changed', key: `follow:${event.id}` };
  if (ids.length === 1) {
    const what = { text: 'notification.follow.one', params: { fields } };
    return { ...common, record: { entity: entity.name, id }, params: { what } };
  }
  const params = { fields, count: ids.length, type: { type: entity.name } };
  return { ...common, params: { what: { text: 'notification.follow.many', params } } };
}

/** The records of an event of which something that matters has changed, with the names of those fields. */
async function changedRecords(
  { db }: Services,
  entity: Entity,
  event: StoredEvent,
): Promise<Map<string, string[]>> {
  // The entries of one change bear its time to the microsecond.
  const { rows } = await sql<{
    record_id: string;
    fields: string[];
  }>`select record_id, fields from audit_entry
    where record_id = any(${event.recordIds}::uuid[]) and at = ${event.at}::timestamptz and entity = ${entity.name}
      and fields && ${[...TELLING]}::text[]`.execute(db);
  return new Map(rows.map((row) => [row.record_id, row.fields.filter((name) => TELLING.has(name))]));
}
