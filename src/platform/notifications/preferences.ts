import { sql } from 'kysely';
import type { Db } from '../context/context.ts';
import { readSetting, storeSetting } from '../settings/setting.ts';
import type { Channels, NotificationKind } from './kind.ts';

export interface Preferences {
  kinds: Record<string, Partial<Channels>>;
  /** When digests go out, in the reader's time zone; the weekday counts for the weekly one (1 is Monday). */
  digest: { hour: number; weekday: number };
  /** From hour to hour nothing is mailed at once and nothing pops up; over midnight where from is later than to. */
  quiet: { from: number; to: number } | null;
}

export const DEFAULT_PREFERENCES: Preferences = {
  kinds: {},
  digest: { hour: 8, weekday: 1 },
  quiet: null,
};

export type Stored = Partial<Preferences>;

const KEY = 'notifications';

/** What the company has set for all. */
export const companyPreferences = async (db: Db, lock = false): Promise<Stored> =>
  (await readSetting<Stored>(db, KEY, lock)) ?? {};

export const storeCompanyPreferences = (db: Db, value: Stored, by: string | null): Promise<void> =>
  storeSetting(db, KEY, value, by);

/** What people have set for themselves, by id. */
export async function personalPreferences(
  db: Db,
  ids: readonly string[],
  lock = false,
): Promise<Map<string, Stored>> {
  const { rows } = await sql<{ user_id: string; value: Stored }>`select user_id, value
    from notification_preference where user_id = any(${[...ids]}::uuid[]) ${lock ? sql`for update` : sql``}`.execute(
    db,
  );
  return new Map(rows.map((row) => [row.user_id, row.value]));
}

export async function storePersonalPreferences(db: Db, userId: string, value: Stored): Promise<void> {
  await sql`insert into notification_preference (user_id, value) values (${userId}, ${JSON.stringify(value)}::jsonb)
    on conflict (user_id) do update set value = excluded.value, updated_at = now()`.execute(db);
}

/** By which channels a kind reaches someone: his own wish, else the company's, else the kind's default. */
export function channelsFor(kind: NotificationKind, company: Stored, own: Stored | undefined): Channels {
  const chosen = { ...kind.defaults, ...company.kinds?.[kind.name], ...own?.kinds?.[kind.name] };
  const waits = chosen.mail === 'daily' || chosen.mail === 'weekly';
  return waits && kind.digestable === false ? { ...chosen, mail: 'now' } : chosen;
}

/** One set of preferences over another; kinds are joined by channel. */
export function overlaid(below: Stored, above: Stored): Stored {
  const names = new Set([...Object.keys(below.kinds ?? {}), ...Object.keys(above.kinds ?? {})]);
  const kinds = Object.fromEntries(
    [...names].map((name) => [name, { ...below.kinds?.[name], ...above.kinds?.[name] }]),
  );
  return { ...below, ...above, kinds };
}
