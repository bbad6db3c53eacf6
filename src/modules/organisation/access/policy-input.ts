import { sql } from 'kysely';
import type { OutsideDepartment } from '../../../platform/access/outside.ts';
import { permissionsSchema } from '../../../platform/access/permissions.ts';
import type { PolicyInput } from '../../../platform/access/policy.ts';
import type { PoolAccess } from '../../../platform/access/pool.ts';
import type { Db } from '../../../platform/context/context.ts';
import { departmentsBelow, type TreeNode } from '../department/tree.ts';

interface Snapshot {
  version: string;
  roles: { id: string; permissions: unknown }[];
  departments: TreeNode[];
  pools: PoolAccess[];
  outside: OutsideDepartment[];
}

/** Everybody in a department outside, and in those below it. */
const SIDE = sql`(with recursive side as (
    select o.department_id as id union select d.id from department d join side on d.parent_id = side.id)
  select coalesce(json_agg(u.id), '[]') from "user" u where u.department_id in (select id from side))`;

/**
 * Roles, department tree, pools and who is outside as they stand, with their version; one statement, so that they belong together. A deleted
 * department stays in its place: the records it left behind are still seen from above.
 */
export async function loadPolicyInput(db: Db): Promise<PolicyInput> {
  const { rows } = await sql<Snapshot>`
    select p.version::text as version,
      (select coalesce(json_agg(json_build_object('id', id, 'permissions', permissions)), '[]')
        from role where deleted_at is null) as roles,
      (select coalesce(json_agg(json_build_object('id', id, 'parentId', parent_id)), '[]')
        from department) as departments,
      (select coalesce(json_agg(json_build_object('department', department_id, 'users', user_ids,
          'departments', department_ids, 'roles', role_ids)), '[]') from pool_access) as pools,
      (select coalesce(json_agg(json_build_object('department', o.department_id, 'users', ${SIDE})), '[]')
        from outside_department o) as outside
    from policy_state p`.execute(db);
  const { version, roles, departments, pools, outside } = rows[0]!;
  return {
    version,
    roles: new Map(
      roles.flatMap(({ id, permissions }) => {
        // A role that cannot be read grants nothing.
        const parsed = permissionsSchema.safeParse(permissions);
        return parsed.success ? [[id, parsed.data] as const] : [];
      }),
    ),
    below: departmentsBelow(departments),
    pools,
    outside,
  };
}

export type PolicyInputs = (version: string) => Promise<PolicyInput>;

/**
 * Policy inputs by version: a request whose principal bears the version already loaded costs no query.
 * The answer is at least as new as the version asked for.
 */
export function createPolicyInputs(db: Db): PolicyInputs {
  let latest: PolicyInput | null = null;
  let loading: Promise<PolicyInput> | null = null;
  return async (version) => {
    const isCurrent = () => latest !== null && BigInt(latest.version) >= BigInt(version);
    // A load under way may have begun before the change we know of; the next one has seen it.
    for (let tries = 0; tries < 2 && !isCurrent(); tries += 1) {
      loading ??= loadPolicyInput(db).finally(() => {
        loading = null;
      });
      latest = await loading;
    }
    return latest ?? loadPolicyInput(db);
  };
}
