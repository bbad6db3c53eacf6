import { sql } from 'kysely';
import { scopeCondition } from '../../../platform/access/where.ts';
import { writeAudit } from '../../../platform/audit/audit.ts';
import type { Context } from '../../../platform/context/context.ts';
import { dayOf } from '../../../platform/context/day.ts';
import { inTransaction } from '../../../platform/context/transaction.ts';
import { fromColumns } from '../../../platform/entity/columns.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { selectRows } from '../../../platform/entity/select.ts';
import { forbidden, notFound, problem } from '../../../platform/errors/problem.ts';
import { unitsAmong } from '../pool/behaviour.ts';
import { activePools } from '../pool/rules.ts';

/**
 * The true value of a field that is shown masked because its record waits in a pool. Written down; a record counts once a day
 * towards what the pool allows a person to see.
 */
export function reveal(
  ctx: Context,
  asked: { entity: string; id: string; field: string },
): Promise<{ value: unknown; left: number | null }> {
  const entity = entityNamed(ctx.registry, asked.entity);
  const policy = ctx.policies.for(entity.name);
  const field = entity.fields[asked.field];
  const { userId } = ctx.principal;
  if (!userId || !field || !policy.sees(field.name)) throw forbidden();
  return inTransaction(ctx, async (inner) => {
    const scope = scopeCondition(entity, policy.scope('read'), ctx.principal);
    const [row] = await selectRows(inner, entity, [asked.id], [field], scope);
    if (!row || row.deleted_at) throw notFound(entity.name);
    const value = fromColumns(field, row);
    if (!policy.veils(row) || !field.sensitive) return { value, left: null };
    const unit = row.department_id as string;
    // A reader of everything is no member: only members may look.
    if (!ctx.policies.pools.includes(unit)) throw forbidden('pool_not_member');
    const left = await count(inner, { ...asked, userId, unit });
    await writeAudit(inner, { action: 'reveal', entity: entity.name, recordId: asked.id, note: field.name });
    return { value, left };
  });
}

async function count(
  ctx: Context,
  { id, userId, unit }: { id: string; userId: string; unit: string },
): Promise<number | null> {
  const poolId = (await unitsAmong(ctx, [unit])).get(unit);
  const pool = (await activePools(ctx)).find((each) => each.id === poolId);
  if (!pool) throw forbidden('pool_not_member');
  const day = dayOf(ctx);
  await sql`select pg_advisory_xact_lock(7245022, hashtext(${userId}))`.execute(ctx.db);
  const { rows: known } = await sql<{ id: string }>`select record_id as id from pool_reveal
    where user_id = ${userId} and day = ${day} and pool_id = ${pool.id}`.execute(ctx.db);
  const max = pool.dailyViewLimit;
  if (known.some((each) => each.id === id)) return max === null ? null : max - known.length;
  if (max !== null && known.length >= max) throw problem('pool_view_limit', { status: 429, params: { max } });
  await sql`insert into pool_reveal (user_id, day, pool_id, record_id) values
    (${userId}, ${day}, ${pool.id}, ${id})`.execute(ctx.db);
  return max === null ? null : max - known.length - 1;
}
