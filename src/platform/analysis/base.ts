import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { unveiled } from '../access/pool.ts';
import { type Condition, scopeBranches, scopeCondition } from '../access/where.ts';
import type { Context } from '../context/context.ts';
import { compileFilter } from '../entity/filter.ts';
import { entityNamed } from '../entity/registry.ts';
import type { Entity } from '../entity/types.ts';
import { forbidden } from '../errors/problem.ts';

/** The records a report is about, as rows `t`: what to read from, and on which conditions. */
export interface Base {
  entity: Entity;
  from: RawBuilder<unknown>;
  where: Condition;
}

/**
 * All records of a type within the caller's scope that meet a filter: the same ones as in his list of them. The ways by which
 * somebody may see a record are read one after the other, each by its index and none twice.
 */
export async function baseOf(
  ctx: Context,
  entityName: string,
  filter: unknown,
  action: 'read' | 'export' = 'read',
): Promise<Base> {
  const entity = entityNamed(ctx.registry, entityName);
  const policy = ctx.policies.for(entityName);
  if (!policy.can('read') || !policy.can(action))
    throw forbidden(action === 'read' ? 'forbidden' : 'export_forbidden');
  const compiled = await compileFilter(filter, { ctx, policy });
  const branches = scopeBranches(entity, policy.scope(action), ctx.principal);
  const conditions = [
    sql<SqlBool>`t.deleted_at is null`,
    ...(compiled.condition ? [compiled.condition] : []),
  ];
  // A wider right to export gives no sight of what may not be read.
  if (action !== 'read') {
    conditions.push(scopeCondition(entity, policy.scope('read'), ctx.principal));
    if (policy.veiled.length) conditions.push(unveiled(policy.veiled));
  }
  const table = sql`${sql.table(entity.table)} t`;
  const all = (some: Condition[]) => sql<SqlBool>`${sql.join(some, sql` and `)}`;
  if (branches === null) return { entity, from: table, where: all(conditions) };
  if (branches.length <= 1)
    return { entity, from: table, where: all([...conditions, branches[0] ?? sql<SqlBool>`false`]) };
  const parts = branches.map((branch, at) => {
    const before = branches.slice(0, at).map((other) => sql<SqlBool>`not coalesce(${other}, false)`);
    return sql`select t.* from ${table} where ${all([sql<SqlBool>`t.deleted_at is null`, branch, ...before])}`;
  });
  return { entity, from: sql`(${sql.join(parts, sql` union all `)}) t`, where: all(conditions) };
}
