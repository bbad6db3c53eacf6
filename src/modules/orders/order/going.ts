import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import { problem } from '../../../platform/errors/problem.ts';

/** Deliveries under way or done, or only those planned, stand against it. */
export async function requireNothingGoing(
  ctx: Context,
  orders: readonly string[],
  states: readonly string[] = ['draft', 'shipped', 'received'],
): Promise<void> {
  const { rows } = await sql`select from delivery where order_id = any(${[...orders]}::uuid[])
    and status = any(${[...states]}::text[]) and deleted_at is null limit 1`.execute(ctx.db);
  if (rows.length) throw problem('order_has_deliveries', { status: 409 });
}
