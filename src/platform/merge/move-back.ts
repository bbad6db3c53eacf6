import { sql } from 'kysely';
import type { Context } from '../context/context.ts';
import type { Row } from '../entity/behaviour.ts';
import { restoreRows } from '../entity/records.ts';
import { entityNamed, rootField } from '../entity/registry.ts';
import type { Entity } from '../entity/types.ts';
import { type Relinked, relink, replaced } from './move.ts';
import type { Conflict, MergeRecord } from './undo.ts';

interface Move {
  entity: string;
  field: string;
  record_id: string;
  /** What the field held before the merge. */
  from_ids: string[];
  had_into: boolean;
  binned: boolean;
}

const CHUNK = 2000;

/** Lets what led to the merged records lead to them again, unless people have changed it since. */
export async function moveBack(
  ctx: Context,
  merge: MergeRecord,
  losers: readonly Row[],
): Promise<{ moved: number; conflicts: Conflict[] }> {
  const roots = new Map(losers.map((row) => [row.id as string, row]));
  const { rows: kinds } = await sql<{ entity: string; field: string }>`
    select distinct entity, field from merge_move where merge_id = ${merge.id} order by 1, 2`.execute(ctx.db);
  const conflicts: Conflict[] = [];
  let moved = 0;
  for (const kind of kinds) {
    const other = ctx.registry.byName.get(kind.entity);
    const field = other?.fields[kind.field];
    // A record type or field that is no more has nothing to return.
    if (!other || !field) continue;
    let after = '00000000-0000-0000-0000-000000000000';
    for (;;) {
      const { rows: moves } = await sql<Move>`select * from merge_move where merge_id = ${merge.id}
        and entity = ${kind.entity} and field = ${kind.field} and record_id > ${after} order by record_id limit ${CHUNK}`.execute(
        ctx.db,
      );
      if (moves.length === 0) break;
      after = (moves.at(-1) as Move).record_id;
      const { rows } = await sql<Row>`select r.* from ${sql.table(other.table)} r
        where r.id = any(${moves.map((move) => move.record_id)}::uuid[]) order by r.id for update`.execute(
        ctx.db,
      );
      const current = new Map(rows.map((row) => [row.id, row]));
      const isRoot = rootField(other)?.name === field.name;
      const links = moves.flatMap((move): Relinked[] => {
        const row = current.get(move.record_id);
        if (!row) return [];
        const value = valueBack(row[field.column], move, merge, roots);
        if (value === undefined) {
          conflicts.push({ entity: other.name, id: move.record_id, field: field.name, code: 'changed' });
          return [];
        }
        return [{ row, value, root: isRoot ? roots.get(value as string) : undefined }];
      });
      await relink(ctx, other, field, links, 'unmerge');
      moved += links.length;
      await returnFromBin(
        ctx,
        other,
        moves.filter((move) => move.binned),
      );
    }
  }
  return { moved, conflicts };
}

/** The reference as it was; undefined where it leads elsewhere by now, or the record it led to is gone. */
function valueBack(
  now: unknown,
  { from_ids: before, had_into }: Move,
  { into_id: into, sources }: MergeRecord,
  roots: ReadonlyMap<string, Row>,
): string | string[] | undefined {
  const from = before.filter((id) => roots.has(id));
  if (from.length === 0) return undefined;
  if (!Array.isArray(now)) return now === into ? from[0] : undefined;
  if (!now.includes(into)) return undefined;
  const untouched = JSON.stringify(now) === JSON.stringify(replaced(before, sources, into));
  if (untouched) return before.filter((id) => !sources.includes(id) || roots.has(id));
  const instead = had_into ? [into, ...from] : from;
  return [...new Set((now as string[]).flatMap((id) => (id === into ? instead : [id])))];
}

/** What only waited in the recycle bin because it would have stood twice. */
async function returnFromBin(ctx: Context, other: Entity, moves: readonly Move[]): Promise<void> {
  if (moves.length === 0) return;
  const { rows } = await sql<Row>`select r.* from ${sql.table(other.table)} r
    where r.id = any(${moves.map((move) => move.record_id)}::uuid[]) and r.deleted_at is not null order by r.id for update`.execute(
    ctx.db,
  );
  await restoreRows(ctx, entityNamed(ctx.registry, other.name), rows, 'unmerge');
}
