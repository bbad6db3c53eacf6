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
      const news: News[] = [];
      for (const event of batch)
        if (!event.payload.noNews) news.push(...(await newsOf(services, personContext, event)));
      const system = await systemContext(services, { kind: 'job' });
      for (const [actor, told] of Map.groupBy(gathered(news), ({ event }) => event.actorId))
        await notify(
          actingAs(system, actor),
          told.map((each) => itemOf(each)),
        );
    },
  });
}

/** What one person is told of one event. */
interface News {
  event: StoredEvent;
  entity: Entity;
  user: string;
  ids: readonly string[];
  changed: ReadonlyMap<string, Change>;
  /** All of it became his, and nothing else changed. */
  yours: boolean;
  /** Records that became his along with these. */
  along: number;
}

async function newsOf(services: Services, personContext: PersonContext, event: StoredEvent): Promise<News[]> {
  const entity = services.registry().byName.get(event.entity);
  if (!entity?.fieldList.some(({ name }) => TELLING.has(name))) return [];
  const changed = await changedRecords(services, entity, event);
  if (changed.size === 0) return [];
  const followers = await followersOf(services.db, entity, [...changed.keys()]);
  const byUser = new Map<string, string[]>();
  for (const [id, users] of followers)
    for (const user of users) if (user !== event.actorId) byUser.set(user, [...(byUser.get(user) ?? []), id]);
  const found: News[] = [];
  for (const [user, ids] of byUser) {
    const news = ids.filter((id) => !toldElsewhere(services, changed.get(id), user));
    const seen = await readableBy(services, personContext, user, entity.name, news);
    const told = news.filter((id) => seen.has(id));
    const yours = told.every((id) => becameHis(changed.get(id), user));
    if (told.length) found.push({ event, entity, user, ids: told, changed, yours, along: 0 });
  }
  return found;
}

/** What somebody gets by one deed is told with what was given first: the work goes along with its customer. */
function gathered(news: readonly News[]): News[] {
  const gifts = new Map<string, News>();
  const kept: News[] = [];
  for (const each of news) {
    const deed = `${each.user} ${each.event.actorId} ${each.event.at}`;
    const first = each.yours ? gifts.get(deed) : undefined;
    if (first) {
      first.along += each.ids.length;
      continue;
    }
    const own = { ...each };
    if (each.yours) gifts.set(deed, own);
    kept.push(own);
  }
  return kept;
}

/** Whether what there is to tell this person is that it is his now, and something else says so: a notification of the deed, or a later deed. */
function toldElsewhere({ notificationKinds }: Services, change: Change | undefined, user: string): boolean {
  if (change?.owner !== user) return false;
  // Of what became his by a deed that has a notification of its own, that one tells all.
  if (change.to === user && [...notificationKinds.values()].some(({ tells }) => tells === change.action))
    return true;
  return change.fields.join() === 'owner' && change.to !== user;
}

const becameHis = (change: Change | undefined, user: string): boolean =>
  change?.to === user && change.fields.join() === 'owner';

/** Told in the name of who did it. */
const actingAs = (ctx: Context, userId: string | null): Context => ({
  ...ctx,
  principal: { ...ctx.principal, userId },
});

function itemOf({ event, entity, user, ids, changed, yours, along }: News): NotificationItem {
  const [id] = ids as [string, ...string[]];
  const names = [...new Set(ids.flatMap((each) => changed.get(each)?.fields ?? []))];
  const params = {
    fields: { fields: { entity: entity.name, names } },
    count: ids.length,
    type: { type: entity.name },
    along,
  };
  const common = { to: [user], kind: 'follow.changed', key: `follow:${event.id}` };
  const gift = yours && (along ? 'yoursAlong' : 'yours');
  if (ids.length === 1) {
    const text = `notification.follow.${gift || 'one'}`;
    return { ...common, record: { entity: entity.name, id }, params: { what: { text, params } } };
  }
  const text = gift ? `notification.follow.many${gift.replace('y', 'Y')}` : 'notification.follow.many';
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
