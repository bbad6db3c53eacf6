import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';

/** In whose name a delivery goes out: our legal entity on its order, else the usual one. */
export async function sellerOf(ctx: Context, delivery: string): Promise<string> {
  const { rows } = await sql<{ name: string }>`select l.name from legal_entity l
    left join delivery d on d.id = ${delivery} left join "order" o on o.id = d.order_id
    where l.deleted_at is null and (l.id = o.legal_entity_id or (o.legal_entity_id is null and l.usual)) limit 1`.execute(
    ctx.db,
  );
  return rows[0]?.name ?? '';
}
