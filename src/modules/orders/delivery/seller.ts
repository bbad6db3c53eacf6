import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';

/** In whose name a delivery goes out: our legal entity on its order; null where the order names none. */
export async function sellerOf(ctx: Context, delivery: string): Promise<string | null> {
  const { rows } = await sql<{ id: string | null }>`select o.legal_entity_id as id from delivery d
    join "order" o on o.id = d.order_id where d.id = ${delivery}`.execute(ctx.db);
  return rows[0]?.id ?? null;
}
