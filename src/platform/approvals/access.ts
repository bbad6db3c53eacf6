import { type SqlBool, sql } from 'kysely';
import type { Condition } from '../access/where.ts';
import { scopeCondition } from '../access/where.ts';
import type { Context } from '../context/context.ts';
import type { Row } from '../entity/behaviour.ts';
import type { ApprovalRow } from './store.ts';

/** Approvals `a` in which the caller takes part: he began it, is or was asked, was told, or stands in for someone who is asked. */
export function takesPart(ctx: Context): Condition {
  const me = ctx.principal.userId;
  return sql<SqlBool>`(a.started_by = ${me} or exists (select from approval_task t where t.approval_id = a.id
    and (t.person_id = ${me} or t.decided_by = ${me} or (t.kind = 'decide' and t.state = 'open' and t.person_id in ${absent(ctx)}))))`;
}

/** Those for whom the caller decides at this moment. */
const absent = (ctx: Context) => sql`(select d.person_id from approval_delegation d
  where d.to_id = ${ctx.principal.userId} and d.starts_at <= ${ctx.now} and d.ends_at > ${ctx.now})`;

/** Open tasks `t` the caller decides: his own, and theirs he stands in for, but not of what he began where he may not decide it. */
export const decides = (ctx: Context): Condition =>
  sql<SqlBool>`(t.person_id = ${ctx.principal.userId} or (t.person_id in ${absent(ctx)} and not exists (
    select from approval s where s.id = t.approval_id and s.state ->> 'self' = ${ctx.principal.userId}::text)))`;

/** Whether the caller may see an approval: he takes part, may read the record it is about, or is an administrator. */
export const mayRead = async (ctx: Context, row: ApprovalRow): Promise<boolean> =>
  (await sightOf(ctx, row)) !== null;

/**
 * How much of an approval the caller may see. What was submitted tells of the record: `way` leaves it out, for who reads the
 * record without taking part, and not all of its fields.
 */
export async function sightOf(ctx: Context, row: ApprovalRow): Promise<'whole' | 'way' | null> {
  if (ctx.policies.administrator) return 'whole';
  const { rows } = await sql`select 1 from approval a where a.id = ${row.id} and ${takesPart(ctx)}`.execute(
    ctx.db,
  );
  return rows.length > 0 ? 'whole' : sightByRecord(ctx, row);
}

async function sightByRecord(ctx: Context, row: ApprovalRow): Promise<'whole' | 'way' | null> {
  const entity = row.entity ? ctx.registry.byName.get(row.entity) : undefined;
  if (!entity || !row.record_id) return null;
  const policy = ctx.policies.for(entity.name);
  if (!policy.can('read')) return null;
  const department = entity.scope.kind === 'open' ? sql`null` : sql`t.department_id`;
  const { rows } = await sql<Row>`select ${department} as department_id from ${sql.table(entity.table)} t
    where t.id = ${row.record_id} and ${scopeCondition(entity, policy.scope('read'), ctx.principal)}`.execute(
    ctx.db,
  );
  const [found] = rows;
  if (!found) return null;
  return policy.veils(found) || !entity.fieldList.every(({ name }) => policy.sees(name)) ? 'way' : 'whole';
}
