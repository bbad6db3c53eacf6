import { type RawBuilder, sql } from 'kysely';
import { asSystem, type Context } from '../../../platform/context/context.ts';
import { compileFilter } from '../../../platform/entity/filter.ts';
import { ProblemError } from '../../../platform/errors/problem.ts';

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

/**
 * Which customers `t` belong into a pool; null where that cannot be told any more, because its condition names a field that
 * is gone. No pool after it takes anything then: it might be that one's.
 */
export async function belongs(ctx: Context, pool: Pool): Promise<RawBuilder<unknown> | null> {
  const system = asSystem(ctx, 'pool');
  const filter = { ctx: system, policy: system.policies.for('customer') };
  try {
    return (await compileFilter(pool.condition ?? undefined, filter)).condition ?? sql`true`;
  } catch (error) {
    if (error instanceof ProblemError) return null;
    throw error;
  }
}

/** Names of the pools whose conditions cannot be understood any more. */
export async function brokenPools(ctx: Context): Promise<string[]> {
  const names: string[] = [];
  for (const pool of await activePools(ctx)) if (!(await belongs(ctx, pool))) names.push(pool.name);
  return names;
}

/** Of these customers the first pool into which each belongs. */
export async function poolFor(ctx: Context, ids: readonly string[]): Promise<Map<string, Pool>> {
  const found = new Map<string, Pool>();
  for (const pool of await activePools(ctx)) {
    const left = ids.filter((id) => !found.has(id));
    const own = left.length ? await belongs(ctx, pool) : null;
    if (!own) break;
    const { rows } = await sql<{ id: string }>`select t.id from customer t
      where t.id = any(${left}::uuid[]) and ${own}`.execute(ctx.db);
    for (const { id } of rows) found.set(id, pool);
  }
  return found;
}
