import { sql } from 'kysely';
import type { Context } from '../context/context.ts';
import { problem } from '../errors/problem.ts';
import type { Entity } from './types.ts';

/**
 * Keeps records for one piece of work that outlasts a transaction: until it lets go nobody else changes or deletes them.
 * The rows must be locked by the caller, so that whoever waits for them sees the lock. Throws `record_locked` (423).
 */
export async function holdRecords(
  ctx: Context,
  entity: Entity,
  ids: readonly string[],
  holder: string,
): Promise<void> {
  const { rows } = await sql`insert into record_lock (entity, record_id, holder_id, at)
    select ${entity.name}, id, ${holder}, ${ctx.now} from unnest(${ids}::uuid[]) as id
    on conflict (entity, record_id) do update set at = record_lock.at where record_lock.holder_id = excluded.holder_id
    returning record_id`.execute(ctx.db);
  if (rows.length < ids.length) throw recordLocked();
}

/** Lets go of everything a piece of work holds. */
export async function releaseRecords(ctx: Context, holder: string): Promise<void> {
  await sql`delete from record_lock where holder_id = ${holder}`.execute(ctx.db);
}

/**
 * Of these records, those held by something else than `holder`. To be asked once the rows are locked, by a statement of its
 * own: one that waited for a row would still see the time before.
 */
export async function heldRecords(
  ctx: Context,
  entity: Entity,
  ids: readonly string[],
  holder?: string,
): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`select record_id as id from record_lock
    where entity = ${entity.name} and record_id = any(${ids}::uuid[])
      and holder_id is distinct from ${holder ?? null}::uuid`.execute(ctx.db);
  return new Set(rows.map((row) => row.id));
}

/** Throws `record_locked` (423) where one of the records is held. */
export async function requireFree(ctx: Context, entity: Entity, ids: readonly string[]): Promise<void> {
  if ((await heldRecords(ctx, entity, ids)).size) throw recordLocked();
}

export const recordLocked = () => problem('record_locked', { status: 423 });
