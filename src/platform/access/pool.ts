import { type SqlBool, sql } from 'kysely';
import type { Context, Principal } from '../context/context.ts';
import type { PolicyInput } from './policy.ts';
import type { Condition } from './where.ts';

/**
 * A department whose records wait, without an owner, for somebody to take them. Its members read them; personal data is
 * shown masked to all but those who may give the records away there.
 */
export interface PoolAccess {
  department: string;
  users: readonly string[];
  departments: readonly string[];
  roles: readonly string[];
}

/** The pools a person is a member of: himself, by a role, or by his department or one above it. */
export function poolsOf(principal: Principal, input: PolicyInput): string[] {
  const { userId, departmentId, roleIds } = principal;
  return input.pools
    .filter(
      ({ users, departments, roles }) =>
        (userId !== null && users.includes(userId)) ||
        roles.some((role) => roleIds.includes(role)) ||
        (departmentId !== null && departments.some((id) => input.below.get(id)?.includes(departmentId))),
    )
    .map(({ department }) => department);
}

/** Says who is a member of a pool from now on; null for a pool that is no more. */
export async function setPoolAccess(
  ctx: Context,
  department: string,
  members: Omit<PoolAccess, 'department'> | null,
): Promise<void> {
  if (!members) {
    await sql`delete from pool_access where department_id = ${department}`.execute(ctx.db);
    return;
  }
  const { users, departments, roles } = members;
  await sql`insert into pool_access (department_id, user_ids, department_ids, role_ids)
    values (${department}, ${[...users]}::uuid[], ${[...departments]}::uuid[], ${[...roles]}::uuid[])
    on conflict (department_id) do update set user_ids = excluded.user_ids, department_ids = excluded.department_ids,
      role_ids = excluded.role_ids`.execute(ctx.db);
}

/** Rows that are shown as they are: those of none of these pools. */
export function unveiled(veiled: readonly string[], alias = 't'): Condition {
  const department = sql.ref(`${alias}.department_id`);
  return sql<SqlBool>`(${department} is null or ${department} <> all(${[...veiled]}::uuid[]))`;
}
