import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';

/** In whose name something is done where nobody says; null in a house that has entered none. */
export async function usualLegalEntity(ctx: Context): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`select id from legal_entity
    where usual and not coalesce(retired, false) and deleted_at is null order by id limit 1`.execute(ctx.db);
  return rows[0]?.id ?? null;
}
