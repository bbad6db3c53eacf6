import { sql } from 'kysely';
import type { Context } from '../context/context.ts';
import { heldRecords } from '../entity/lock.ts';
import type { Entity } from '../entity/types.ts';
import { problem } from '../errors/problem.ts';

/** A record that takes no part in a merge before something is decided about it. */
export interface HeldRecord {
  record: string;
  title: string | null;
  /** What holds it, where that is an approval. */
  approval: { id: string; number: string } | null;
}

/** Of these records, locked by the caller and within his sight, those that wait for a decision. */
export async function heldFromMerge(
  ctx: Context,
  entity: Entity,
  ids: readonly string[],
): Promise<HeldRecord[]> {
  const held = await heldRecords(ctx, entity, ids);
  if (held.size === 0) return [];
  const title = ctx.policies.for(entity.name).sees(entity.title)
    ? sql.ref(`t.${entity.fields[entity.title]?.column}`)
    : sql`null`;
  const { rows } = await sql<{
    record: string;
    title: string | null;
    id: string | null;
    number: string | null;
  }>`
    select t.id as record, ${title} as title, a.id, a.number from ${sql.table(entity.table)} t
    left join record_lock l on l.entity = ${entity.name} and l.record_id = t.id
    left join approval a on a.id = l.holder_id where t.id = any(${[...held]}::uuid[]) order by t.id`.execute(
    ctx.db,
  );
  return rows.map(({ id, number, ...row }) => ({ ...row, approval: id && number ? { id, number } : null }));
}

/** Throws `merge_held` or, of taking a merge back, `merge_undo_held` (423), naming the records and the approvals they wait for. */
export async function requireUnheld(
  ctx: Context,
  entity: Entity,
  ids: readonly string[],
  code: 'merge_held' | 'merge_undo_held' = 'merge_held',
): Promise<void> {
  const held = await heldFromMerge(ctx, entity, ids);
  if (held.length === 0) return;
  const list = (parts: readonly (string | null | undefined)[]) => parts.filter(Boolean).join('、') || '—';
  throw problem(code, {
    status: 423,
    params: {
      names: list(held.map(({ title }) => title)),
      approvals: list(held.map(({ approval }) => approval?.number)),
    },
    extra: { held },
  });
}
