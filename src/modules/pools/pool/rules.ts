import { type RawBuilder, sql } from 'kysely';
import { asSystem, type Context } from '../../../platform/context/context.ts';
import { compileFilter } from '../../../platform/entity/filter.ts';

/** A pool with its rules. */
export interface Pool {
  id: string;
  name: string;
  unit: string;
  condition: unknown;
  claimLimit: number | null;
  dailyClaimLimit: number | null;
  dailyViewLimit: number | null;
  protectedDays: number | null;
  lastOwnerDays: number | null;
  recycleNoContactDays: number | null;
  recycleNotWonDays: number | null;
  warnDays: number | null;
}

/** The pools in use, in their order: the first that fits takes a customer. */
export async function activePools(ctx: Context): Promise<Pool[]> {
  const { rows } = await sql<Pool>`select id, name, unit_id as unit, condition, claim_limit as "claimLimit",
      daily_claim_limit as "dailyClaimLimit", daily_view_limit as "dailyViewLimit",
      protected_days as "protectedDays", last_owner_days as "lastOwnerDays",
      recycle_no_contact_days as "recycleNoContactDays", recycle_not_won_days as "recycleNotWonDays",
      warn_days as "warnDays"
    from pool where active and deleted_at is null order by "order", id`.execute(ctx.db);
  return rows;
}

/** Which customers `t` belong into a pool. */
export async function belongs(ctx: Context, pool: Pool): Promise<RawBuilder<unknown>> {
  const system = asSystem(ctx, 'pool');
  const filter = { ctx: system, policy: system.policies.for('customer') };
  return (await compileFilter(pool.condition ?? undefined, filter)).condition ?? sql`true`;
}

/** Of these customers the first pool into which each belongs. */
export async function poolFor(ctx: Context, ids: readonly string[]): Promise<Map<string, Pool>> {
  const found = new Map<string, Pool>();
  for (const pool of await activePools(ctx)) {
    const left = ids.filter((id) => !found.has(id));
    if (left.length === 0) break;
    const { rows } = await sql<{ id: string }>`select t.id from customer t
      where t.id = any(${left}::uuid[]) and ${await belongs(ctx, pool)}`.execute(ctx.db);
    for (const { id } of rows) found.set(id, pool);
  }
  return found;
}
