import { type RawBuilder, sql } from 'kysely';
import type { Context } from '../context/context.ts';
import { rowsAsRelation } from '../db/bulk.ts';
import { indexRows } from '../search/records.ts';
import { writeTimeline } from '../timeline/timeline.ts';
import type { Row } from './behaviour.ts';
import { hangsOn } from './hanging.ts';
import { hangsBy, isAssigned } from './registry.ts';
import type { Stored } from './stored.ts';
import type { Entity } from './types.ts';

/** The department of a child `t`: its root's, or of what is assigned under a root of no department, its owner's. */
export const departmentOf = (child: Entity, roots: RawBuilder<unknown>): RawBuilder<unknown> =>
  isAssigned(child)
    ? sql`coalesce(${roots}, (select o.department_id from "user" o where o.id = t.owner_id))`
    : roots;

/** Children carry their root's owner and department: they follow in the same command (design: data scope). */
export async function followRoot(ctx: Context, entity: Entity, stored: Stored[]): Promise<void> {
  const moved = stored.filter(
    ({ draft, row }) =>
      draft.before?.owner_id !== row.owner_id || draft.before?.department_id !== row.department_id,
  );
  if (entity.scope.kind === 'open' || moved.length === 0) return;
  const columns = ['id', 'owner_id', 'department_id'].map((name) => ({ name, type: 'uuid' }));
  for (const child of ctx.registry.entities) {
    const by = hangsBy(child, entity.name);
    if (!by) continue;
    const table = sql.table(child.table);
    const hangs = hangsOn(
      by,
      moved.map(({ row }) => row.id),
    );
    // In order of id, as everyone locks them. The index of the root holds what is in use, that of the bin the rest.
    const locked = await sql<{ id: string }>`select id from ${table} where id = any(array(
        select id from ${table} where ${hangs} and deleted_at is null
        union all select id from ${table} where ${hangs} and deleted_at is not null))
      order by id for no key update`.execute(ctx.db);
    if (locked.rows.length === 0) continue;
    const { rows } =
      await sql<Row>`update ${table} t set root_owner_id = u.c1::uuid, department_id = ${departmentOf(child, sql`u.c2::uuid`)}
      from ${rowsAsRelation(
        columns,
        moved.map(({ row }) => row),
      )}
      where t.id = any(${locked.rows.map(({ id }) => id)}::uuid[]) and t.${sql.ref(by.field.column)} = u.c0::uuid returning t.*`.execute(
        ctx.db,
      );
    // Parts are found and told of by their head alone.
    if (child.partOf) continue;
    await indexRows(
      ctx,
      child,
      rows.filter((row) => row.deleted_at === null),
    );
    await writeTimeline(
      ctx,
      child,
      rows.filter((row) => row.deleted_at === null),
    );
  }
}
