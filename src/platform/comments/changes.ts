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
    const news = ids.filter((id) => !toldElsewhere(services, changed.get(id), user));
    const seen = await readableBy(services, personContext, user, entity.name, news);
    const told = news.filter((id) => seen.has(id));
    if (told.length) items.push(itemOf(entity, event, user, told, changed));
  }
  const system = await systemContext(services, { kind: 'job' });
  await notify(actingAs(system, event.actorId), items);
}

/** Whether all there is to tell this person is that it is his now, and something else says so: a notification of the deed, or a later deed. */
function toldElsewhere({ notificationKinds }: Services, change: Change | undefined, user: string): boolean {
  if (change?.fields.join() !== 'owner' || change.owner !== user) return false;
  return change.to !== user || [...notificationKinds.values()].some(({ tells }) => tells === change.action);
}

const becameHis = (change: Change | undefined, user: string): boolean =>
  change?.to === user && change.fields.join() === 'owner';

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
  changed: ReadonlyMap<string, Change>,
): NotificationItem {
  const [id] = ids as [string, ...string[]];
  const names = [...new Set(ids.flatMap((each) => changed.get(each)?.fields ?? []))];
  const yours = ids.every((each) => becameHis(changed.get(each), user));
  const fields = { fields: { entity: entity.name, names } };
  const common = { to: [user], kind: 'follow.changed', key: `follow:${event.id}` };
  if (ids.length === 1) {
    const what = yours
      ? { text: 'notification.follow.yours' }
      : { text: 'notification.follow.one', params: { fields } };
    return { ...common, record: { entity: entity.name, id }, params: { what } };
  }
  const params = { fields, count: ids.length, type: { type: entity.name } };
  const text = yours ? 'notification.follow.manyYours' : 'notification.follow.many';
  return { ...common, params: { what: { text, params } } };
}

/** What matters of a change of one record. */
interface Change {
  fields: string[];
  /** The deed, as the audit calls it. */
  action: string;
  /** Whose it is by now. */
  owner: string | null;
  /** Whose it became by this change. */
  to: string | null;
}

/** The records of an event of which something that matters has changed, with those fields. */
async function changedRecords(
  { db }: Services,
  entity: Entity,
  event: StoredEvent,
): Promise<Map<string, Change>> {
  const owner = entity.fields.owner
    ? sql`(select t.owner_id from ${sql.table(entity.table)} t where t.id = a.record_id)`
    : sql`null::uuid`;
  // The entries of one change bear its time to the microsecond.
  const { rows } = await sql<Change & { record_id: string }>`select a.record_id, a.fields, a.action,
      ${owner} as owner, v.changes -> 'owner' ->> 'after' as "to"
    from audit_entry a left join audit_value v on v.audit_id = a.id and v.record_id = a.record_id
    where a.record_id = any(${event.recordIds}::uuid[]) and a.at = ${event.at}::timestamptz
      and a.entity = ${entity.name} and a.fields && ${[...TELLING]}::text[]`.execute(db);
  return new Map(
    rows.map(({ record_id, fields, ...rest }) => [
      record_id,
      { ...rest, fields: fields.filter((name) => TELLING.has(name)) },
    ]),
  );
}
