import { sql } from 'kysely';
import { scopeCondition } from '../../platform/access/where.ts';
import type { Context } from '../../platform/context/context.ts';
import type { Row } from '../../platform/entity/behaviour.ts';
import { problem } from '../../platform/errors/problem.ts';

/** In these states it is as if it had never been made. */
const GONE = { order: 'cancelled', contract: 'terminated' } as const;

/**
 * Refuses to make a second order or contract of one version of a quote, which the caller has locked: whoever presses twice, or after
 * a colleague, is led to the first. It is named to those who may see it.
 */
export async function requireNoneMade(ctx: Context, type: 'order' | 'contract', quote: Row): Promise<void> {
  const policy = ctx.policies.for(type);
  const seen =
    policy.can('read') && policy.sees('number')
      ? scopeCondition(policy.entity, policy.scope('read'), ctx.principal, { alias: 'd' })
      : sql`false`;
  const { rows } = await sql<{ id: string; number: string; seen: boolean }>`
    select d.id, d.number, ${seen} as seen from ${sql.table(type)} d
    where d.quote_id = ${quote.id} and d.deleted_at is null and d.status <> ${GONE[type]}
    order by 3 desc, d.created_at, d.id limit 1`.execute(ctx.db);
  const [made] = rows;
  if (!made) return;
  throw problem(`quote_has_${type}`, {
    status: 409,
    params: { made: made.seen ? ` ${made.number}` : '' },
    extra: { made: made.seen ? { entity: type, id: made.id, number: made.number } : null },
  });
}
