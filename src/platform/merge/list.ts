import { sql } from 'kysely';
import type { Context } from '../context/context.ts';
import { readRecord } from '../entity/records.ts';
import { titlesOf } from '../entity/titles.ts';
import type { Entity } from '../entity/types.ts';
import { type MergeRecord, UNDO_DAYS } from './undo.ts';

export interface MergeItem {
  id: string;
  at: string;
  actor: { id: string; title: string | null } | null;
  merged: { id: string; title: string | null }[];
  /** Until then it can be taken back. */
  undoUntil: string;
  undoneAt: string | null;
}

/** The merges a record has come out of in the last 30 days, newest first; for whoever may read it. */
export async function mergesOf(ctx: Context, entity: Entity, id: string): Promise<MergeItem[]> {
  const record = await readRecord(ctx, entity.name, id);
  const { rows } = await sql<MergeRecord>`select * from record_merge
    where into_id = ${record.id} and entity = ${entity.name} and at > ${ctx.now}::timestamptz - make_interval(days => ${UNDO_DAYS})
    order by at desc, id desc limit 50`.execute(ctx.db);
  const titles = await titlesOf(
    ctx,
    new Map([
      [entity.name, new Set(rows.flatMap(({ sources }) => sources))],
      ['user', new Set(rows.flatMap(({ actor_id }) => actor_id ?? []))],
    ]),
  );
  const link = (each: string) => ({ id: each, title: titles.get(each) ?? null });
  return rows.map((row) => ({
    id: row.id,
    at: row.at,
    actor: row.actor_id ? link(row.actor_id) : null,
    merged: row.sources.map(link),
    undoUntil: Temporal.Instant.from(row.at)
      .add({ hours: 24 * UNDO_DAYS })
      .toString(),
    undoneAt: row.undone_at,
  }));
}
