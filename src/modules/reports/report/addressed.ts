import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';

/**
 * Of these authors, those whose reports are handed to the caller: he stands above them — as their manager or a manager's, or as
 * the head of their department or one above it. The reports of somebody with nobody above him go to whoever may read them.
 */
export async function reportingTo(ctx: Context, authors: readonly string[]): Promise<Set<string>> {
  const me = ctx.principal.userId;
  const { rows } = await sql<{ author: string; people: string[] }>`
    with recursive author(id) as (select distinct unnest(${[...authors]}::uuid[])),
    line(author, person) as (
      select u.id, u.manager_id from author a join "user" u on u.id = a.id where u.manager_id is not null
      union select l.author, u.manager_id from line l join "user" u on u.id = l.person where u.manager_id is not null
    ),
    unit(author, department) as (
      select u.id, u.department_id from author a join "user" u on u.id = a.id
      union select n.author, d.parent_id from unit n join department d on d.id = n.department
    ),
    above(author, person) as (
      select author, person from line
      union select n.author, d.manager_id from unit n join department d on d.id = n.department where d.deleted_at is null
    )
    select a.id as author, array_remove(array_agg(u.id), null) as people from author a
    left join above b on b.author = a.id and b.person <> a.id
    left join "user" u on u.id = b.person and u.status = 'active' and u.deleted_at is null
    group by a.id`.execute(ctx.db);
  const mine = rows.filter(
    ({ author, people }) => author !== me && (people.length === 0 || (me !== null && people.includes(me))),
  );
  return new Set(mine.map(({ author }) => author));
}
