import { sql } from 'kysely';
import type { Context } from '../context/context.ts';

const MOST_PEOPLE = 500;

export interface PersonRef {
  id: string;
  name: string;
}

/** The people whose work one may look at, or take out: oneself, and those of the departments whose records of a type one reads. */
export async function peopleWithin(
  ctx: Context,
  entity: string,
  action: 'read' | 'export' = 'read',
): Promise<PersonRef[]> {
  const scope = ctx.policies.for(entity).scope(action);
  const within =
    scope.kind === 'all'
      ? sql`true`
      : scope.kind === 'some' && scope.departments.length > 0
        ? sql`(id = ${ctx.principal.userId} or department_id = any(${[...scope.departments]}::uuid[]))`
        : sql`id = ${ctx.principal.userId}`;
  const { rows } = await sql<PersonRef>`select id, name from "user"
    where status = 'active' and deleted_at is null and ${within} order by name, id limit ${MOST_PEOPLE}`.execute(
    ctx.db,
  );
  return rows;
}
