import { sql } from 'kysely';
import type { Context } from '../context/context.ts';
import { inTransaction } from '../context/transaction.ts';
import { type BulkColumn, rowsAsRelation } from '../db/bulk.ts';
import { uuidv7 } from '../db/uuid.ts';
import { emit } from '../events/events.ts';
import type { NotificationKind } from './kind.ts';
import type { Params } from './params.ts';
import {
  channelsFor,
  companyPreferences,
  DEFAULT_PREFERENCES,
  overlaid,
  type Preferences,
  personalPreferences,
} from './preferences.ts';
import { mailTime } from './timing.ts';

export interface NotificationItem {
  /** Ids of users. */
  to: readonly string[];
  /** Name of a declared kind. */
  kind: string;
  /** What it is about: where a click leads. Who may not read it (any more) is told neither its name nor the params. */
  record?: { entity: string; id: string };
  params?: Params;
  /**
   * By what it is known again: nobody is told the same key twice, however often the work is repeated. It names the occasion,
   * for example `promise.due:<id>:<date>`.
   */
  key: string;
}

const COLUMNS: BulkColumn[] = [
  { name: 'id', type: 'uuid' },
  { name: 'user_id', type: 'uuid' },
  { name: 'kind', type: 'text' },
  { name: 'key', type: 'text' },
  { name: 'entity', type: 'text' },
  { name: 'record_id', type: 'uuid' },
  { name: 'params', type: 'jsonb' },
  { name: 'in_app', type: 'boolean' },
  { name: 'mail', type: 'text' },
  { name: 'mail_after', type: 'timestamptz' },
];

/** The event by which open pages learn that there is something new. */
export const NOTIFICATION_EVENT = 'notification.changed';

/**
 * Tells people something, in the caller's transaction. Each is told by the channels he wants; people who are not active and
 * the author himself are passed over, and whoever was told this key before.
 */
export async function notify(ctx: Context, items: readonly NotificationItem[]): Promise<void> {
  const { userId } = ctx.principal;
  const to = [...new Set(items.flatMap((item) => item.to))].filter((id) => id !== userId);
  if (to.length === 0) return;
  await inTransaction(ctx, async (inner) => {
    const readers = await readersOf(inner, to);
    const rows = items.flatMap((item) => rowsOf(inner, item, readers));
    if (rows.length === 0) return;
    // In one order, so that two who tell the same people the same do not wait for each other crosswise.
    rows.sort((a, b) => (`${a.user_id} ${a.key}` < `${b.user_id} ${b.key}` ? -1 : 1));
    const columns = COLUMNS.map(({ type }, index) => sql`${sql.ref(`u.c${index}`)}::${sql.raw(type)}`);
    const told = await sql<Told>`insert into notification
      (${sql.join(COLUMNS.map(({ name }) => sql.ref(name)))}, actor_id, created_at)
      select ${sql.join(columns)}, ${userId}, ${inner.now} from ${rowsAsRelation(COLUMNS, rows)}
      where not exists (select from notification_past p where p.user_id = u.c1::uuid and p.key_hash = md5(u.c3)::uuid)
      on conflict (user_id, key) do nothing returning user_id, in_app, mail_after`.execute(inner.db);
    const users = [...new Set(told.rows.filter((row) => row.in_app).map((row) => row.user_id))];
    const mail = [...new Set(told.rows.flatMap((row) => row.mail_after ?? []))];
    if (users.length || mail.length) await tellPages(inner, users, { fresh: true, mail });
  });
}

interface Told {
  user_id: string;
  in_app: boolean;
  mail_after: string | null;
}

/**
 * Has the open pages of these people look at their notifications again. `fresh` says that there is something new, `mail` when
 * some of it goes by mail.
 */
export async function tellPages(
  ctx: Context,
  users: readonly string[],
  { fresh, mail = [] }: { fresh: boolean; mail?: readonly string[] },
): Promise<void> {
  await emit(ctx, {
    name: NOTIFICATION_EVENT,
    entity: 'notification',
    recordIds: [],
    payload: { users, fresh, mail },
  });
}

interface Reader {
  id: string;
  timeZone: string;
  channels(kind: NotificationKind): ReturnType<typeof channelsFor>;
  preferences: Preferences;
}

async function readersOf(ctx: Context, ids: readonly string[]): Promise<Map<string, Reader>> {
  const [people, company, personal] = await Promise.all([
    sql<{ id: string; time_zone: string | null }>`select id, time_zone from "user"
      where id = any(${[...ids]}::uuid[]) and status <> 'deactivated' and deleted_at is null`.execute(ctx.db),
    companyPreferences(ctx.db),
    personalPreferences(ctx.db, ids),
  ]);
  return new Map(
    people.rows.map(({ id, time_zone }) => {
      const own = personal.get(id);
      const preferences = { ...DEFAULT_PREFERENCES, ...overlaid(company, own ?? {}) } as Preferences;
      const channels = (kind: NotificationKind) => channelsFor(kind, company, own);
      return [id, { id, timeZone: time_zone ?? ctx.timeZone, channels, preferences }];
    }),
  );
}

function rowsOf(ctx: Context, item: NotificationItem, readers: ReadonlyMap<string, Reader>) {
  const kind = ctx.notificationKinds.get(item.kind);
  if (!kind) throw new Error(`the kind of notification ${item.kind} is not declared`);
  return [...new Set(item.to)].flatMap((id) => {
    const reader = readers.get(id);
    const channels = reader?.channels(kind);
    if (!reader || !channels || (!channels.inApp && channels.mail === 'off')) return [];
    const { mail } = channels;
    return [
      {
        id: uuidv7(),
        user_id: id,
        kind: kind.name,
        key: item.key,
        entity: item.record?.entity ?? null,
        record_id: item.record?.id ?? null,
        params: item.params ?? {},
        in_app: channels.inApp,
        mail,
        mail_after:
          mail === 'off'
            ? null
            : mailTime(mail, reader.preferences, reader.timeZone, ctx.now, kind.importance === 'high'),
      },
    ];
  });
}
