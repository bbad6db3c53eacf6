import { sql } from 'kysely';
import { writeAudit } from '../audit/audit.ts';
import type { Context } from '../context/context.ts';
import { enterKeys, removeKeys } from '../duplicates/store.ts';
import { emit } from '../events/events.ts';
import { indexRows, removeFromIndex } from '../search/records.ts';
import { writeTimeline } from '../timeline/timeline.ts';
import type { Row } from './behaviour.ts';
import { hangsOn } from './hanging.ts';
import { hangsBy } from './registry.ts';
import type { Entity } from './types.ts';

/** Moves records to the recycle bin, or back. Children of a scope root go and come back with it. */
export async function setDeleted(
  ctx: Context,
  entity: Entity,
  rows: Row[],
  deleted: boolean,
  action: string = deleted ? 'delete' : 'restore',
): Promise<void> {
  if (rows.length === 0) return;
  const ids = rows.map((row) => row.id as string);
  const stamp = deleted ? ctx.now : null;
  const actor = deleted ? ctx.principal.userId : null;
  const { rows: after } =
    await sql<Row>`update ${sql.table(entity.table)} set deleted_at = ${stamp}, deleted_by = ${actor},
    version = version + 1, updated_at = ${ctx.now}, updated_by = ${ctx.principal.userId}
    where id = any(${ids}::uuid[]) returning *`.execute(ctx.db);
  await writeAudit(ctx, ...ids.map((recordId) => ({ action, entity: entity.name, recordId })));
  await emit(ctx, {
    name: `${entity.name}.${deleted ? 'deleted' : 'restored'}`,
    entity: entity.name,
    recordIds: ids,
  });
  if (deleted) {
    await removeFromIndex(ctx, entity.name, ids);
    await removeKeys(ctx, entity, after);
    await sql`delete from timeline where record_id = any(${ids}::uuid[])`.execute(ctx.db);
  } else {
    await indexRows(ctx, entity, after);
    await enterKeys(ctx, entity, after);
    await writeTimeline(ctx, entity, after);
  }
  for (const part of entity.parts)
    await sql`update ${sql.table(part.entity.table)} set deleted_at = ${stamp}, deleted_by = ${actor}
      where ${sql.ref(part.head.column)} = any(${ids}::uuid[])`.execute(ctx.db);
  for (const child of ctx.registry.entities) {
    const by = hangsBy(child, entity.name);
    if (!by || child.partOf) continue;
    const stamps = rows.map((row) => row.deleted_at as string | null);
    const match = deleted ? sql`deleted_at is null` : sql`deleted_at = any(${stamps}::timestamptz[])`;
    const children = await sql<Row>`select * from ${sql.table(child.table)}
      where ${hangsOn(by, ids)} and ${match} order by id for update`.execute(ctx.db);
    await setDeleted(ctx, child, children.rows, deleted);
  }
}
