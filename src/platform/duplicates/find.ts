import { sql } from 'kysely';
import type { Context } from '../context/context.ts';
import type { Entity } from '../entity/types.ts';

/** Records looked at per key: a switchboard's number may be on thousands. */
const PER_KEY = 8;

/**
 * The records in use that bear these keys, by key, whoever may see them: what exists twice is found across all scopes
 * (rules: 查重); what of it is shown is the caller's to decide. One query over one index; at most eight records a key.
 */
export async function recordsByKey(
  ctx: Context,
  keys: readonly string[],
  perKey = PER_KEY,
): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  if (keys.length === 0) return found;
  const { rows } = await sql<{ key: string; id: string }>`
    select k.key::text as key, d.record_id as id from unnest(${[...new Set(keys)]}::bigint[]) as k(key)
    cross join lateral (
      select d.record_id from duplicate_key d where d.key = k.key order by d.record_id limit ${perKey}) d`.execute(
    ctx.db,
  );
  for (const { key, id } of rows) {
    const ids = found.get(key);
    if (ids) ids.push(id);
    else found.set(key, [id]);
  }
  return found;
}

/**
 * The records in use that an earlier import made of rows with these marks. Marks follow from no rule, so they outlast their
 * record's way into the recycle bin.
 */
export async function recordsByMark(
  ctx: Context,
  entity: Entity,
  marks: readonly string[],
): Promise<Map<string, string>> {
  const found = await recordsByKey(ctx, marks);
  if (found.size === 0) return new Map();
  const { rows } = await sql<{ id: string }>`select id from ${sql.table(entity.table)}
    where id = any(${[...found.values()].flat()}::uuid[]) and deleted_at is null`.execute(ctx.db);
  const used = new Set(rows.map(({ id }) => id));
  return new Map(
    [...found].flatMap(([mark, ids]) => {
      const id = ids.find((each) => used.has(each));
      return id ? [[mark, id] as const] : [];
    }),
  );
}
