import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import { dayOf } from '../../../platform/context/day.ts';
import { startOfDay } from '../../../platform/time/instant.shared.ts';

/** How a customer stands towards its pool. */
export interface State {
  poolId: string | null;
  since: string;
  claimedBy: string | null;
  protectedUntil: string | null;
  lastOwner: string | null;
  barredUntil: string | null;
}

export async function statesOf(ctx: Context, ids: readonly string[]): Promise<Map<string, State>> {
  const { rows } = await sql<State & { id: string }>`select customer_id as id, pool_id as "poolId", since,
      claimed_by as "claimedBy", protected_until::text as "protectedUntil", last_owner as "lastOwner",
      barred_until::text as "barredUntil"
    from customer_pool where customer_id = any(${[...ids]}::uuid[])`.execute(ctx.db);
  return new Map(rows.map(({ id, ...state }) => [id, state]));
}

/** Lets customers stand towards their pools as they did before; null where they never had anything to do with one. */
export async function putBack(
  ctx: Context,
  before: readonly { id: string; state: State | null }[],
): Promise<void> {
  const gone = before.filter(({ state }) => !state).map(({ id }) => id);
  await sql`delete from customer_pool where customer_id = any(${gone}::uuid[])`.execute(ctx.db);
  const rows = before.flatMap(({ id, state }) => (state ? [{ id, ...state }] : []));
  await sql`update customer_pool p set pool_id = b."poolId", since = b.since, claimed_by = b."claimedBy",
      protected_until = b."protectedUntil", last_owner = b."lastOwner", barred_until = b."barredUntil"
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) b(id uuid, "poolId" uuid, since timestamptz, "claimedBy" uuid,
      "protectedUntil" date, "lastOwner" uuid, "barredUntil" date) where p.customer_id = b.id`.execute(
    ctx.db,
  );
}

/** Customers out of each pool that a person holds, and how many of them he took today. */
export async function takenBy(
  ctx: Context,
  userId: string,
): Promise<Map<string, { held: number; today: number }>> {
  const midnight = startOfDay(dayOf(ctx), ctx.timeZone);
  const { rows } = await sql<{ pool: string; held: number; today: number }>`
    select p.id as pool,
      (select count(*)::int from customer_pool s join customer c on c.id = s.customer_id
        where s.claimed_by = ${userId} and s.pool_id = p.id and c.owner_id = ${userId} and c.deleted_at is null) as held,
      (select count(distinct m.customer_id)::int from pool_move m where m.kind = 'claim' and m.to_owner = ${userId}
        and m.from_pool = p.id and m.at >= ${midnight}) as today
    from pool p where p.deleted_at is null`.execute(ctx.db);
  return new Map(rows.map(({ pool, held, today }) => [pool, { held, today }]));
}
