import { type SqlBool, sql } from 'kysely';
import type { Principal } from '../context/context.ts';
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

/** Rows that are shown as they are: those of none of these pools. */
export function unveiled(veiled: readonly string[], alias = 't'): Condition {
  const department = sql.ref(`${alias}.department_id`);
  return sql<SqlBool>`(${department} is null or ${department} <> all(${[...veiled]}::uuid[]))`;
}
