import { sql } from 'kysely';
import type { Context } from '../../context/context.ts';
import { bulkInsert } from '../../db/bulk.ts';
import type { Converting } from '../../rates/convert.ts';
import type { Row } from '../behaviour.ts';
import { writtenColumns } from '../columns.ts';
import { rootField } from '../registry.ts';
import { newRow, writeChanges } from '../rows.ts';
import type { Stored } from '../stored.ts';
import type { Entity, Part } from '../types.ts';

/** Writes the rows of parts after their records: new ones, changed ones, and away with those that are gone. */
export async function writeParts(
  ctx: Context,
  entity: Entity,
  stored: readonly Stored[],
  converting: Converting,
): Promise<void> {
  for (const part of entity.parts) {
    const rows = stored.flatMap(({ draft, row: head }) =>
      (draft.parts?.[part.name] ?? []).map((each, position) => {
        each.values.position = position;
        return { draft: each, scope: { ...placeOf(part, head), [part.head.column]: head.id } };
      }),
    );
    const gone = stored.flatMap(({ draft }) => draft.gone?.[part.name] ?? []).map((row) => row.id);
    if (gone.length)
      await sql`delete from ${sql.table(part.entity.table)} where id = any(${gone}::uuid[])`.execute(ctx.db);
    const fresh = rows.filter(({ draft }) => draft.before === null);
    const made = fresh.map((each) => newRow(ctx, part.entity, each, converting));
    await bulkInsert(ctx.db, part.entity.table, writtenColumns(part.entity), made);
    const there = rows.filter(({ draft }) => draft.before !== null);
    await writeChanges(ctx, part.entity, there, converting);
  }
}

/** Whoever sees the head sees its rows: they bear its owner, its department and what it hangs on. */
function placeOf({ entity }: Part, head: Row): Row {
  const root = rootField(entity)?.column;
  const columns = {
    open: [],
    own: ['owner_id', 'department_id'],
    child: ['owner_id', 'department_id', 'root_owner_id', ...(root ? [root] : [])],
  };
  return Object.fromEntries(columns[entity.scope.kind].map((name) => [name, head[name] ?? null]));
}
