import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import { dayOf } from '../../../platform/context/day.ts';
import { countRecords } from '../../../platform/entity/list.ts';
import { activePools } from '../pool/rules.ts';
import { takenBy } from './state.ts';

/** The pools whose customers one sees, with what one has taken of them and may still take. */
export async function myPools(ctx: Context) {
  const { userId, departmentId } = ctx.principal;
  const customers = ctx.policies.for('customer');
  const scope = customers.scope('read');
  if (!userId || scope.kind === 'none') return [];
  const member = new Set(ctx.policies.pools);
  const pools = (await activePools(ctx)).filter(
    ({ unit }) => member.has(unit) || scope.kind === 'all' || scope.departments.includes(unit),
  );
  const [taken, views, counts] = await Promise.all([
    takenBy(ctx, userId),
    sql<{ pool: string; n: number }>`select pool_id as pool, count(*)::int as n from pool_reveal
      where user_id = ${userId} and day = ${dayOf(ctx)} group by pool_id`.execute(ctx.db),
    Promise.all(
      pools.map(({ id }) =>
        countRecords(ctx, 'customer', { filter: { field: 'pool', op: 'eq', value: id } }),
      ),
    ),
  ]);
  const giving = customers.scope('transfer');
  return pools.map((pool, at) => ({
    id: pool.id,
    name: pool.name,
    count: counts[at] ?? 0,
    mayClaim: member.has(pool.unit) || ctx.policies.administrator,
    mayAssign: giving.kind === 'all' || (giving.kind === 'some' && giving.departments.includes(pool.unit)),
    held: taken.get(pool.id)?.held ?? 0,
    claimLimit: pool.claimLimit,
    today: taken.get(pool.id)?.today ?? 0,
    dailyClaimLimit: pool.dailyClaimLimit,
    viewed: views.rows.find((row) => row.pool === pool.id)?.n ?? 0,
    dailyViewLimit: pool.dailyViewLimit,
    protectedDays: pool.protectedDays,
    department: departmentId,
  }));
}
