import { sql } from 'kysely';
import { writeAudit } from '../audit/audit.ts';
import type { Context } from '../context/context.ts';
import { inTransaction } from '../context/transaction.ts';
import { forbidden, notFound, problem } from '../errors/problem.ts';
import type { Row } from './behaviour.ts';
import { entityNamed } from './registry.ts';

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
    for (const { entity: other, field } of inner.registry.referrers.get(entityName) ?? []) {
      const points =
        field.kind === 'references'
          ? sql`${sql.ref(field.column)} @> array[${id}::uuid]`
          : sql`${sql.ref(field.column)} = ${id}`;
      const found = await sql`select 1 from ${sql.table(other.table)} where ${points} limit 1`.execute(
        inner.db,
      );
      if (found.rows.length)
        throw problem('still_referred_to', {
          status: 409,
          params: { entity: other.label[ctx.principal.language] },
        });
    }
    await sql`delete from audit_value where record_id = ${id}`.execute(inner.db);
    await sql`delete from record_share where entity = ${entityName} and record_id = ${id}`.execute(inner.db);
    await sql`delete from undo_row where record_id = ${id}`.execute(inner.db);
    await sql`delete from ${sql.table(entity.table)} where id = ${id}`.execute(inner.db);
    await writeAudit(inner, { action: 'erase', entity: entityName, recordId: id });
  });
}
