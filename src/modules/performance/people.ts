import { sql } from 'kysely';
import type { ScopeValue } from '../../platform/access/policy.ts';
import type { Context } from '../../platform/context/context.ts';

export interface Person {
  id: string;
  name: string;
  department: string | null;
  /** Who has left is told of as long as something of his counts. */
  active: boolean;
}

export interface Team {
  id: string;
  name: string;
  parent: string | null;
}

/** Twice the largest house: who has left counts too. */
const MOST_PEOPLE = 10_000;

/** Whose performance the caller may see, or take out: his own, and that of the departments whose targets he reads, or exports. */
export async function peopleSeen(ctx: Context, action: 'read' | 'export' = 'read'): Promise<Person[]> {
  const scope = ctx.policies.for('salesTarget').scope(action);
  const { rows } =
    await sql<Person>`select id, name, department_id as department, status <> 'deactivated' as active
    from "user" where deleted_at is null and ${within(scope)} order by name_key, id limit ${MOST_PEOPLE}`.execute(
      ctx.db,
    );
  return rows;
}

function within(scope: ScopeValue) {
  if (scope.kind === 'all') return sql`true`;
  if (scope.kind === 'none') return sql`false`;
  return sql`(id = ${scope.userId} or department_id = any(${[...scope.departments]}::uuid[]))`;
}

/** All departments, those below after those above. */
export async function teamsOf(ctx: Context): Promise<Team[]> {
  const { rows } = await sql<Team>`with recursive tree as (
      select id, name, parent_id as parent, array[name_key || id::text] as way from department
      where parent_id is null and deleted_at is null
      union all
      select d.id, d.name, d.parent_id, t.way || (d.name_key || d.id::text) from department d join tree t on d.parent_id = t.id
      where d.deleted_at is null and cardinality(t.way) < 30
    ) select id, name, parent from tree order by way`.execute(ctx.db);
  return rows;
}

/** Whether the caller may see the department as a whole. */
export const seesTeam = (ctx: Context, team: string): boolean => {
  const scope = ctx.policies.for('salesTarget').scope('read');
  return scope.kind === 'all' || (scope.kind === 'some' && scope.departments.includes(team));
};

export const seesAll = (ctx: Context): boolean =>
  ctx.policies.for('salesTarget').scope('read').kind === 'all';

/** A department → itself and all below it. */
export function belowOf(teams: readonly Team[]): (team: string) => ReadonlySet<string> {
  const children = Map.groupBy(teams, ({ parent }) => parent ?? '');
  const known = new Map<string, ReadonlySet<string>>();
  const below = (team: string): ReadonlySet<string> => {
    const found =
      known.get(team) ?? new Set([team, ...(children.get(team) ?? []).flatMap(({ id }) => [...below(id)])]);
    known.set(team, found);
    return found;
  };
  return below;
}
