import { sql } from 'kysely';
import type { Context } from '../context/context.ts';
import type { Entity } from '../entity/types.ts';

/** Records looked at per key: a switchboard's number may be on thousands. */
const PER_KEY = 8;

/**
 * The records in use that bear these keys, by key, whoever may see them: what exists twice is found across all scopes
 * (rules: 查重); what of it is shown is the caller's to decide. One query; at most eight records a key.
 */
export async function recordsByKey(
  ctx: Context,
  entity: Entity,
  keys: readonly string[],
): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  if (keys.length === 0) return found;
  // Whether a record is in use is asked for each by itself: joined, the planner reads the record table along its key.
  const { rows } = await sql<{ key: string; id: string; used: boolean | null }>`
    select k.key::text as key, d.record_id as id,
      (select true from ${sql.table(entity.table)} t where t.id = d.record_id and t.deleted_at is null) as used
    from unnest(${[...new Set(keys)]}::bigint[]) as k(key)
    cross join lateral (select d.record_id from duplicate_key d where d.key = k.key order by d.record_id limit ${PER_KEY}) d`.execute(
    ctx.db,
  );
  for (const { key, id, used } of rows) {
    if (!used) continue;
    const ids = found.get(key);
    if (ids) ids.push(id);
    else found.set(key, [id]);
  }
  return found;
}
