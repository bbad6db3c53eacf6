import { sql } from 'kysely';
import { scopeCondition } from '../access/where.ts';
import { asSystem, type Context } from '../context/context.ts';
import { compileFilter } from '../entity/filter.ts';
import { entityNamed } from '../entity/registry.ts';
import type { Entity } from '../entity/types.ts';
import type { OpenWork } from './rules.ts';

/** Open work that may go along with records that are given away, and with which of them. */
export interface WorkAlong {
  entity: Entity;
  /** The reference to the person who has to do it. */
  field: string;
  items: { id: string; root: string }[];
}

/** Kinds of open work on records of a type. */
const kindsOn = (ctx: Context, root: Entity): OpenWork[] =>
  ctx.ownership.openWork.filter(
    ({ entity, follows }) =>
      follows !== undefined && ctx.registry.byName.get(entity)?.fields[follows]?.to === root.name,
  );

/** What the owner of each of these records has open on it, as far as the caller may give the records away. */
export async function workAlong(
  ctx: Context,
  root: Entity,
  ids: readonly string[],
  only?: readonly string[],
): Promise<WorkAlong[]> {
  const system = asSystem(ctx, 'transfer');
  const policy = ctx.policies.for(root.name);
  const within = (action: 'read' | 'transfer') =>
    scopeCondition(root, policy.scope(action), ctx.principal, { alias: 'c' });
  const found: WorkAlong[] = [];
  for (const work of kindsOn(ctx, root)) {
    if (only && !only.includes(work.entity)) continue;
    const entity = entityNamed(ctx.registry, work.entity);
    const field = work.field ?? 'owner';
    const open = await compileFilter(work.open, { ctx: system, policy: system.policies.for(entity.name) });
    const follows = sql.ref(`t.${entity.fields[work.follows as string]?.column}`);
    const { rows } = await sql<{ id: string; root: string }>`select t.id, ${follows} as root
      from ${sql.table(entity.table)} t join ${sql.table(root.table)} c
        on c.id = ${follows} and c.owner_id = ${sql.ref(`t.${entity.fields[field]?.column}`)}
      where c.id = any(${[...ids]}::uuid[]) and ${within('read')} and ${within('transfer')}
        and t.deleted_at is null and ${open.condition ?? sql`true`} order by t.id`.execute(ctx.db);
    if (rows.length) found.push({ entity, field, items: rows });
  }
  return found;
}
