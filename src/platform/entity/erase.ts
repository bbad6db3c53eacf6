import { sql } from 'kysely';
import { writeAudit } from '../audit/audit.ts';
import type { Context } from '../context/context.ts';
import { inTransaction } from '../context/transaction.ts';
import { removeKeys } from '../duplicates/store.ts';
import { forbidden, notFound, problem } from '../errors/problem.ts';
import { removeFromIndex } from '../search/records.ts';
import type { Row } from './behaviour.ts';
import { entityNamed } from './registry.ts';
import type { Entity } from './types.ts';

/**
 * Takes a record out of the recycle bin for good, with the personal values its audit entries kept. Administrators only.
 * What still refers to it is named and nothing happens.
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
    const referring = (await referrersOf(inner, entity, [id])).get(id);
    if (referring)
      throw problem('still_referred_to', {
        status: 409,
        params: { entity: referring.label[ctx.principal.language] },
      });
    await sql`delete from audit_value where record_id = ${id}`.execute(inner.db);
    await removeRows(inner, entity, rows);
  });
}

/**
 * Of these records, those something still refers to, each with the record type of one that does. References among the
 * records themselves count unless `amongThem` is false.
 */
export async function referrersOf(
  ctx: Context,
  entity: Entity,
  ids: readonly string[],
  options: { amongThem?: boolean } = {},
): Promise<Map<string, Entity>> {
  const found = new Map<string, Entity>();
  for (const { entity: other, field } of ctx.registry.referrers.get(entity.name) ?? []) {
    const column = sql.ref(`r.${field.column}`);
    const points = field.kind === 'references' ? sql`${column} @> array[i.id]` : sql`${column} = i.id`;
    const others =
      options.amongThem === false && other.name === entity.name
        ? sql`and r.id <> all(${ids}::uuid[])`
        : sql``;
    const { rows } = await sql<{ id: string }>`select i.id from unnest(${ids}::uuid[]) as i(id)
      where exists (select from ${sql.table(other.table)} r where ${points} ${others})`.execute(ctx.db);
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
  await sql`delete from undo_row where record_id = any(${ids}::uuid[])`.execute(ctx.db);
  await sql`delete from timeline where record_id = any(${ids}::uuid[])`.execute(ctx.db);
  await removeFromIndex(ctx, entity.name, ids);
  await removeKeys(ctx, entity, rows);
  await sql`delete from ${sql.table(entity.table)} where id = any(${ids}::uuid[])`.execute(ctx.db);
  await writeAudit(ctx, ...ids.map((recordId) => ({ action: 'erase', entity: entity.name, recordId })));
}
