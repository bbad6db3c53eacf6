import { type RawBuilder, sql } from 'kysely';
import { type Condition, scopeCondition } from '../../../platform/access/where.ts';
import type { Context } from '../../../platform/context/context.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { notFound } from '../../../platform/errors/problem.ts';
import { savedDefinition } from './definition.ts';

/** What one may use of rows `t` of a record type that is also given to roles: what is in one's scope, and what one's roles have. */
export function usable(ctx: Context, entityName: string): Condition {
  const entity = entityNamed(ctx.registry, entityName);
  const scope = scopeCondition(entity, ctx.policies.for(entityName).scope('read'), ctx.principal);
  return sql`(t.deleted_at is null and (${scope} or t.role_ids && ${[...ctx.principal.roleIds]}::uuid[]))`;
}

/** Its owner's name, for those who look at what others made. */
export const ownerName: RawBuilder<unknown> = sql`(select u.name from "user" u where u.id = t.owner_id)`;

export interface Saved {
  id: string;
  name: string;
  description: string | null;
  owner: string | null;
  mine: boolean;
  updatedAt: string;
  definition: ReturnType<typeof savedDefinition.parse>;
}

const MOST = 500;

/** The saved reports one may use, by name, or the ones of these ids. */
export async function savedReports(ctx: Context, ids?: readonly string[]): Promise<Saved[]> {
  const { rows } = await sql<Saved>`select t.id, t.name, t.description, t.definition, ${ownerName} as owner,
      coalesce(t.owner_id = ${ctx.principal.userId}, false) as mine, t.updated_at as "updatedAt"
    from saved_report t where ${usable(ctx, 'savedReport')} ${ids ? sql`and t.id = any(${ids}::uuid[])` : sql``}
    order by t.name_key, t.id limit ${MOST}`.execute(ctx.db);
  return rows;
}

/** One of them; throws `not_found` without it. */
export async function savedNamed(ctx: Context, id: string): Promise<Saved> {
  const [found] = await savedReports(ctx, [id]);
  if (!found) throw notFound('savedReport');
  return { ...found, definition: savedDefinition.parse(found.definition) };
}
