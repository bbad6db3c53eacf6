import { sql } from 'kysely';
import { scopeCondition } from '../../../platform/access/where.ts';
import type { Context } from '../../../platform/context/context.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { forbidden } from '../../../platform/errors/problem.ts';
import { schemeNamed } from '../scheme/read.ts';

/** How many customers the caller sees in each grade, and how many of them are about to fall. */
export async function distributionOf(ctx: Context, schemeId: string) {
  const policy = ctx.policies.for('customer');
  if (!policy.can('read') || !policy.sees('grade')) throw forbidden();
  const scheme = await schemeNamed(ctx, schemeId);
  const seen = scopeCondition(entityNamed(ctx.registry, 'customer'), policy.scope('read'), ctx.principal);
  const { rows } = await sql<{ grade: string | null; count: number; falling: number }>`
    select g.grade, count(*)::int as count, count(g.pending_due)::int as falling
    from customer_grade g join customer t on t.id = g.customer_id
    where g.scheme_id = ${scheme.id} and t.deleted_at is null and ${seen} group by 1`.execute(ctx.db);
  return {
    items: scheme.definition.grades.map(({ value, label, color }) => {
      const row = rows.find(({ grade }) => grade === value);
      return { value, label, color: color ?? null, count: row?.count ?? 0, falling: row?.falling ?? 0 };
    }),
  };
}
