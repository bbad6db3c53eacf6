import { sql } from 'kysely';
import { scopeCondition } from '../../../platform/access/where.ts';
import type { Context } from '../../../platform/context/context.ts';
import { readRecord } from '../../../platform/entity/records.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { Exact } from '../../../platform/money/money.shared.ts';
import type { VersusRecord } from './record.shared.ts';

/** How business a competitor took part in ends, as far as the caller sees it; null where he may not know. */
export async function versusRecord(ctx: Context, id: string): Promise<VersusRecord | null> {
  await readRecord(ctx, 'competitor', id);
  const policy = ctx.policies.for('opportunity');
  if (!policy.can('read') || !['status', 'competitors'].every(policy.sees)) return null;
  const scope = scopeCondition(entityNamed(ctx.registry, 'opportunity'), policy.scope('read'), ctx.principal);
  const { rows } = await sql<{
    status: string;
    reason: string | null;
    n: number;
    amount: string | null;
  }>`select t.status, t.reason, count(*)::int as n, sum(t.amount_base)::text as amount from opportunity t
    where t.competitor_ids @> array[${id}]::uuid[] and t.deleted_at is null and ${scope} group by 1, 2`.execute(
    ctx.db,
  );
  const of = (status: string) => rows.filter((row) => row.status === status);
  const count = (status: string) => of(status).reduce((sum, { n }) => sum + n, 0);
  const [won, lost] = [count('won'), count('lost')];
  return {
    won,
    lost,
    open: count('open'),
    rate: won + lost ? Math.round((won / (won + lost)) * 100) : null,
    ...(policy.sees('amount')
      ? { wonAmount: summed(of('won')), lostAmount: summed(of('lost')) }
      : { wonAmount: null, lostAmount: null }),
    reasons: policy.sees('reason')
      ? of('lost')
          .flatMap(({ reason, n }) => (reason ? [{ reason, count: n }] : []))
          .toSorted((a, b) => b.count - a.count)
          .slice(0, 5)
      : [],
  };
}

/** Sums of sums, exactly: amounts never pass through a float. */
function summed(rows: readonly { amount: string | null }[]): string | null {
  const amounts = rows.flatMap(({ amount }) => amount ?? []);
  return amounts.length ? amounts.reduce((sum, each) => sum.plus(each), new Exact('0')).toFixed(2) : null;
}
