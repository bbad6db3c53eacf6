import { type RawBuilder, sql } from 'kysely';
import { asSystem, type Context } from '../context/context.ts';
import type { Link } from '../entity/meta.shared.ts';
import { titlesOf, type Wanted, want } from '../entity/titles.ts';
import { translate } from '../i18n/translations.ts';
import type { NotificationKind } from './kind.ts';
import { type Params, spelled, toldKey, wantParams, wantTold } from './params.ts';
import { companyPreferences, overlaid, personalPreferences } from './preferences.ts';
import { isQuiet } from './timing.ts';

export interface StoredNotification {
  id: string;
  user_id: string;
  kind: string;
  entity: string | null;
  record_id: string | null;
  params: Params;
  actor_id: string | null;
  actor_name: string | null;
  created_at: string;
  read_at: string | null;
}

/** A notification in its reader's words. */
export interface ShownNotification {
  id: string;
  kind: string;
  importance: NonNullable<NotificationKind['importance']>;
  text: string;
  at: string;
  read: boolean;
  actor: Link | null;
  /** Where a click leads; null where there is nothing to open, or nothing the reader may see. */
  record: { entity: string; id: string; title: string } | null;
  /** The page that tells more, where that is none of a record. */
  path: string | null;
}

export interface NotificationQuery {
  kind?: string | undefined;
  unread?: boolean | undefined;
  cursor?: string | undefined;
  limit: number;
}

/** One's own notifications, newest first, as far as one may see what they are about today. */
export async function listNotifications(
  ctx: Context,
  { kind, unread, cursor, limit }: NotificationQuery,
): Promise<{ items: ShownNotification[]; nextCursor: string | null }> {
  const rows = await storedNotifications(
    ctx,
    sql`n.user_id = ${ctx.principal.userId} and n.in_app
      ${kind ? sql`and n.kind = ${kind}` : sql``} ${unread ? sql`and n.read_at is null` : sql``}
      ${cursor ? sql`and n.id < ${cursor}` : sql``} order by n.id desc limit ${limit + 1}`,
  );
  const items = await inWords(ctx, rows.slice(0, limit));
  return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}

export async function storedNotifications(
  { db }: Context,
  which: RawBuilder<unknown>,
): Promise<StoredNotification[]> {
  const { rows } =
    await sql<StoredNotification>`select n.id, n.user_id, n.kind, n.entity, n.record_id, n.params,
      n.actor_id, n.created_at, n.read_at, u.name as actor_name
    from notification n left join "user" u on u.id = n.actor_id where ${which}`.execute(db);
  return rows;
}

/**
 * Notifications as the person of this context reads them: in his language, and with the rights he has now. What is about a
 * record he may not read says only of what kind it is. One query per record type, however many.
 */
export async function inWords(
  ctx: Context,
  rows: readonly StoredNotification[],
): Promise<ShownNotification[]> {
  const wanted: Wanted = new Map();
  for (const row of rows) {
    if (row.entity && row.record_id) want(wanted, row.entity, row.record_id);
    wantParams(wanted, row.params);
  }
  const told: Wanted = new Map();
  for (const row of rows) wantTold(told, row.params);
  const titles = new Map(await titlesOf(ctx, wanted));
  if (told.size)
    for (const [id, title] of await titlesOf(asSystem(ctx, 'notification'), told))
      titles.set(toldKey(id), title);
  return rows.map((row) => shown(ctx, row, titles));
}

function shown(
  ctx: Context,
  row: StoredNotification,
  titles: ReadonlyMap<string, string>,
): ShownNotification {
  const { words } = ctx.registry;
  const { language } = ctx.principal;
  const title = row.record_id === null ? null : titles.get(row.record_id);
  const hidden = row.record_id !== null && title === undefined;
  const system = translate(words, language, 'notification.system');
  const kind = ctx.notificationKinds.get(row.kind);
  const text = hidden
    ? translate(words, language, 'notification.hidden', { kind: kindLabel(ctx, row.kind) })
    : translate(
        words,
        language,
        `notification.${row.kind}`,
        spelled(ctx, row.params, titles, { actor: row.actor_name ?? system, record: title ?? '' }),
      );
  return {
    id: row.id,
    kind: row.kind,
    importance: kind?.importance ?? 'normal',
    text,
    at: row.created_at,
    read: row.read_at !== null,
    actor: row.actor_id && row.actor_name && !hidden ? { id: row.actor_id, title: row.actor_name } : null,
    record:
      hidden || row.record_id === null
        ? null
        : { entity: row.entity as string, id: row.record_id, title: title ?? '' },
    path: hidden || !kind?.path ? null : filled(kind.path, row.params),
  };
}

const filled = (path: string, params: Params): string =>
  path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(params[name] ?? '')));

/** What a kind is called in lists. */
export function kindLabel(ctx: Context, kind: string): string {
  return translate(ctx.registry.words, ctx.principal.language, `notification.${kind}.label`);
}

/** How many one has not read, as far as it is worth counting, and of which kinds. */
export async function unreadNotifications(
  ctx: Context,
): Promise<{ unread: number; kinds: Record<string, number>; quiet: boolean }> {
  const { rows } = await sql<{ kind: string; n: number }>`select kind, count(*) as n from (
      select kind from notification where user_id = ${ctx.principal.userId} and in_app and read_at is null
      limit ${MOST_COUNTED}) x group by kind order by kind`.execute(ctx.db);
  return {
    quiet: await isQuietNow(ctx),
    unread: rows.reduce((sum, row) => sum + row.n, 0),
    kinds: Object.fromEntries(rows.map((row) => [row.kind, row.n])),
  };
}

async function isQuietNow(ctx: Context): Promise<boolean> {
  const { userId, timeZone } = ctx.principal;
  const [company, own] = await Promise.all([
    companyPreferences(ctx.db),
    personalPreferences(ctx.db, userId ? [userId] : []),
  ]);
  const { quiet } = overlaid(company, own.get(userId ?? '') ?? {});
  return isQuiet(quiet ?? null, timeZone, ctx.now);
}

const MOST_COUNTED = 1000;
