import { type RawBuilder, sql } from 'kysely';
import { writeAudit } from '../audit/audit.ts';
import type { Context } from '../context/context.ts';
import { inTransaction } from '../context/transaction.ts';
import { removeKeys } from '../duplicates/store.ts';
import { forbidden, notFound, problem } from '../errors/problem.ts';
import { removeFromIndex } from '../search/records.ts';
import type { Row } from './behaviour.ts';
import { hangsOn } from './hanging.ts';
import { entityNamed, hangsBy } from './registry.ts';
import { type Erased, eraseTraces } from './traces.ts';
import type { Entity } from './types.ts';

/**
 * Takes a record out of the recycle bin for good, with what went there with it and every value that was noted of them
 * anywhere. Administrators only. What else still refers to one of them is named and nothing happens.
 */
export async function eraseRecord(ctx: Context, entityName: string, id: string): Promise<void> {
  if (!ctx.policies.administrator) throw forbidden('administrator_required');
  const entity = entityNamed(ctx.registry, entityName);
  await inTransaction(ctx, async (inner) => {
    const { rows } =
      await sql<Row>`select * from ${sql.table(entity.table)} where id = ${id} and deleted_at is not null for update`.execute(
        inner.db,
      );
    if (!rows[0]) throw notFound(entityName);
    const groups = await withChildren(inner, entity, rows);
    const besides = groups.flatMap((group) => idsOf(group.rows));
    for (const group of groups) {
      const [referring] = (await referrersOf(inner, group.entity, idsOf(group.rows), { besides })).values();
      if (referring)
        throw problem('still_referred_to', {
          status: 409,
          params: { entity: referring.label[ctx.principal.language] },
        });
    }
    await eraseTraces(inner, groups);
    for (const group of groups.toReversed()) await removeRows(inner, group.entity, group.rows);
  });
}

const idsOf = (rows: readonly Row[]) => rows.map((row) => row.id as string);

/** Records with what hangs on them in the recycle bin, roots first. */
async function withChildren(ctx: Context, entity: Entity, rows: Row[]): Promise<Erased[]> {
  const groups: Erased[] = [{ entity, rows }];
  for (const part of entity.parts) {
    const { rows: theirs } = await sql<Row>`select * from ${sql.table(part.entity.table)}
      where ${sql.ref(part.head.column)} = any(${idsOf(rows)}::uuid[]) order by id for update`.execute(
      ctx.db,
    );
    if (theirs.length) groups.push({ entity: part.entity, rows: theirs });
  }
  for (const child of ctx.registry.entities) {
    const by = hangsBy(child, entity.name);
    if (!by || child.partOf) continue;
    const { rows: children } = await sql<Row>`select * from ${sql.table(child.table)}
      where ${hangsOn(by, idsOf(rows))} and deleted_at is not null order by id for update`.execute(ctx.db);
    if (children.length) groups.push(...(await withChildren(ctx, child, children)));
  }
  return groups;
}

/**
 * Of these records, those something still refers to, each with the record type of one that does. References among the
 * records themselves count unless `amongThem` is false, those from `besides` never.
 */
export async function referrersOf(
  ctx: Context,
  entity: Entity,
  ids: readonly string[],
  options: { amongThem?: boolean; besides?: readonly string[] } = {},
): Promise<Map<string, Entity>> {
  const found = new Map<string, Entity>();
  for (const { entity: other, field } of ctx.registry.referrers.get(entity.name) ?? []) {
    const column = sql.ref(`r.${field.column}`);
    const passed = [
      ...(options.besides ?? []),
      ...(options.amongThem === false && other.name === entity.name ? ids : []),
    ];
    const others = passed.length ? sql`and r.id <> all(${passed}::uuid[])` : sql``;
    // Indexes of references hold what is in use, that of the bin the rest: one question would read the whole table.
    const inUse = sql`r.deleted_at is null and ${column} is not null`;
    const inBin = sql`r.deleted_at is not null`;
    const select = (which: RawBuilder<unknown>) =>
      field.kind === 'references'
        ? sql`select e.id from ${sql.table(other.table)} r cross join unnest(${column}) as e(id)
            where ${which} and ${column} && ${ids}::uuid[] and e.id = any(${ids}::uuid[]) ${others}`
        : sql`select ${column} as id from ${sql.table(other.table)} r
            where ${which} and ${column} = any(${ids}::uuid[]) ${others}`;
    const { rows } = await sql<{ id: string }>`${select(inUse)} union ${select(inBin)}`.execute(ctx.db);
    for (const { id } of rows) found.set(id, other);
  }
  return found;
}

/** Removes rows for good, with all that was derived from them; of the audit only the entries remain that tell of it. */
export async function removeRows(ctx: Context, entity: Entity, rows: readonly Row[]): Promise<void> {
  if (rows.length === 0) return;
  const ids = rows.map((row) => row.id as string);
  await sql`delete from record_share where entity = ${entity.name} and record_id = any(${ids}::uuid[])`.execute(
    ctx.db,
  );
  for (const table of ['comment', 'follow', 'notification'])
    await sql`delete from ${sql.table(table)} where entity = ${entity.name} and record_id = any(${ids}::uuid[])`.execute(
      ctx.db,
    );
  await sql`delete from undo_row where record_id = any(${ids}::uuid[])`.execute(ctx.db);
  await sql`delete from timeline where record_id = any(${ids}::uuid[]) or root_id = any(${ids}::uuid[])`.execute(
    ctx.db,
  );
  await removeFromIndex(ctx, entity.name, ids);
  await removeKeys(ctx, entity, rows);
  await sql`delete from ${sql.table(entity.table)} where id = any(${ids}::uuid[])`.execute(ctx.db);
  await writeAudit(ctx, ...ids.map((recordId) => ({ action: 'erase', entity: entity.name, recordId })));
}
