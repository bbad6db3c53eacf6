import { sql } from 'kysely';
import type { Directory } from '../../../platform/approvals/subject.ts';
import type { Context } from '../../../platform/context/context.ts';

const ACTIVE = sql`u.status = 'active' and u.deleted_at is null`;

const ids = async (query: ReturnType<typeof sql<{ id: string }>>, { db }: Context): Promise<string[]> =>
  (await query.execute(db)).rows.map(({ id }) => id);

/** A person's department and those above it, each with its manager, from below upwards. */
async function departments(ctx: Context, person: string): Promise<{ id: string; manager: string | null }[]> {
  const { rows } = await sql<{ id: string; manager: string | null }>`
    with recursive above as (
      select d.id, d.parent_id, d.manager_id, 1 as level from department d
      join "user" u on u.department_id = d.id where u.id = ${person} and d.deleted_at is null
      union all
      select d.id, d.parent_id, d.manager_id, a.level + 1 from department d
      join above a on a.parent_id = d.id where d.deleted_at is null and a.level < ${HIGHEST}
    ) select id, manager_id as manager from above order by level`.execute(ctx.db);
  return rows;
}

/** No company has more levels; a circle of managers ends here too. */
const HIGHEST = 30;

const departmentManagersAbove = async (ctx: Context, person: string): Promise<string[]> => {
  const managers = (await departments(ctx, person)).flatMap(({ manager }) => manager ?? []);
  return [...new Set(managers)].filter((manager) => manager !== person);
};

/** Who is who, for rooms of the platform that must ask people. */
export const directory: Directory = {
  async active(ctx, people) {
    const { rows } = await sql<{ id: string; name: string }>`select u.id, u.name from "user" u
      where u.id = any(${people}::uuid[]) and ${ACTIVE}`.execute(ctx.db);
    return new Map(rows.map(({ id, name }) => [id, name]));
  },
  inRole: (ctx, role) =>
    ids(
      sql`select u.id from "user" u where ${role}::uuid = any(u.role_ids) and ${ACTIVE} order by u.name, u.id`,
      ctx,
    ),
  async managersAbove(ctx, person) {
    const chain: string[] = [];
    for (let at = person; chain.length < HIGHEST; ) {
      const { rows } = await sql<{ manager: string | null }>`select manager_id as manager from "user"
        where id = ${at}`.execute(ctx.db);
      const next = rows[0]?.manager ?? (await departmentManagersAbove(ctx, at))[0];
      if (!next || next === person || chain.includes(next)) break;
      chain.push(next);
      at = next;
    }
    return chain;
  },
  departmentManagersAbove,
  departmentsAbove: async (ctx, person) => (await departments(ctx, person)).map(({ id }) => id),
  rolesOf: async (ctx, person) =>
    (
      await sql<{ roles: string[] }>`select role_ids as roles from "user" where id = ${person}`.execute(
        ctx.db,
      )
    ).rows[0]?.roles ?? [],
  administrators: (ctx) =>
    ids(
      sql`select distinct u.id from "user" u join role r on r.id = any(u.role_ids)
        where ${ACTIVE} and r.deleted_at is null and (r.permissions->>'administrator')::boolean order by u.id`,
      ctx,
    ),
};
