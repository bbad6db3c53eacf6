import { sql } from 'kysely';
import { type Change, writeAudit } from '../audit/audit.ts';
import type { Context, Db } from '../context/context.ts';
import { inTransaction } from '../context/transaction.ts';

/** What the company said under a key; undefined where nobody said anything. Locked, it waits for who changes it. */
export async function readSetting<T>(db: Db, key: string, lock = false): Promise<T | undefined> {
  const { rows } = await sql<{ value: T }>`select value from setting where key = ${key}
    ${lock ? sql`for update` : sql``}`.execute(db);
  return rows[0]?.value;
}

/** Puts a value in place of what was said before. */
export async function storeSetting(db: Db, key: string, value: unknown, by: string | null): Promise<void> {
  await sql`insert into setting (key, value, updated_by) values (${key}, ${JSON.stringify(value)}::jsonb, ${by})
    on conflict (key) do update set value = excluded.value, updated_at = now(), updated_by = excluded.updated_by`.execute(
    db,
  );
}

/** Tells the audit which settings changed. */
export async function auditSettings(ctx: Context, changes: Record<string, Change>): Promise<void> {
  await writeAudit(ctx, { action: 'settings_changed', entity: 'setting', recordId: null, changes });
}

/** A setting that is one object, with defaults for what nobody said. Who may change it is the caller's to ask. */
export function settingWithDefaults<T extends object>(key: string, defaults: T) {
  const read = async (db: Db): Promise<T> => ({ ...defaults, ...(await readSetting<Partial<T>>(db, key)) });
  return {
    read,
    /** Changes the whole of it; the audit keeps under `named` what it was. */
    change: (ctx: Context, after: T, named = key): Promise<T> =>
      inTransaction(ctx, async (inner) => {
        const before = await read(inner.db);
        await storeSetting(inner.db, key, after, inner.principal.userId);
        await auditSettings(inner, { [named]: { before, after } });
        return after;
      }),
  };
}
