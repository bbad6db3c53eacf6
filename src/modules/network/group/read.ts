import { type RawBuilder, sql } from 'kysely';
import { scopeCondition } from '../../../platform/access/where.ts';
import type { Context } from '../../../platform/context/context.ts';
import { DEEPEST } from '../../../platform/entity/circles.ts';
import { readRecord } from '../../../platform/entity/records.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { inOwn } from '../../../platform/rates/own.ts';
import type { GroupAnswer } from './group.shared.ts';
import { type Company, rollUp } from './roll-up.ts';

/** A group with more companies is shown in part. */
const MOST = 1000;

/**
 * The whole group a customer belongs to, from the topmost company down, with figures. Companies out of the reader's sight are
 * neither shown nor counted; what hangs below them hangs on the next one he sees.
 */
export async function groupOf(ctx: Context, customerId: string): Promise<GroupAnswer> {
  const { id } = await readRecord(ctx, 'customer', customerId);
  const { rows: places } = await sql<{ id: string; parent: string | null }>`
    with recursive up(id, parent_id, depth) as (
      select id, parent_id, 0 from customer where id = ${id}
      union all select c.id, c.parent_id, up.depth + 1 from up join customer c on c.id = up.parent_id and c.deleted_at is null
      where up.depth <= ${DEEPEST}
    ), down(id, parent_id, depth) as (
      (select id, null::uuid, 0 from up order by depth desc limit 1)
      union all select c.id, c.parent_id, down.depth + 1 from down join customer c on c.parent_id = down.id and c.deleted_at is null
      where down.depth <= ${DEEPEST}
    ) cycle id set looped using path
    select id, parent_id as parent from down where not looped limit ${MOST + 1}`.execute(ctx.db);
  const shown = places.slice(0, MOST);
  const companies = await companiesOf(
    ctx,
    shown.map((place) => place.id),
  );
  const above = new Map(shown.map((place) => [place.id, place.parent]));
  return { nodes: rollUp(companies, above), cut: places.length > MOST };
}

async function companiesOf(ctx: Context, ids: readonly string[]): Promise<Company[]> {
  const policy = ctx.policies.for('customer');
  const within = (name: string) =>
    scopeCondition(entityNamed(ctx.registry, name), ctx.policies.for(name).scope('read'), ctx.principal);
  // A field a role hides is hidden in sums too.
  const seen = (field: string, value: RawBuilder<unknown>) => (policy.sees(field) ? value : sql`null`);
  const { rows } = await sql<{
    id: string;
    title: string;
    contacts: number;
    tasks: number;
    last: string | null;
    revenue: string | null;
  }>`with shown as materialized (
      select t.id, ${policy.sees('name') ? sql`t.name` : sql`'—'`} as title,
        ${seen('annualRevenue', sql`${inOwn(ctx, sql`t.annual_revenue_base`, sql`1`)}::text`)} as revenue
      from customer t where t.id = any(${ids}::uuid[]) and t.deleted_at is null and ${within('customer')}
    ), people as (
      select t.customer_id as id, count(*)::int as n from contact t
      where t.customer_id in (select id from shown) and t.deleted_at is null and ${within('contact')} group by 1
    ), work as (
      select t.customer_id as id, count(*)::int as n from task t
      where t.customer_id in (select id from shown) and t.deleted_at is null and t.status = 'open' and ${within('task')} group by 1
    )
    select shown.*, coalesce(people.n, 0) as contacts, coalesce(work.n, 0) as tasks,
      ${seen('lastContactAt', sql`f.last_contact_at`)} as last
    from shown left join people using (id) left join work using (id) left join customer_fact f using (id)
    order by shown.title, shown.id`.execute(ctx.db);
  return rows.map((row) => ({
    id: row.id,
    title: row.title,
    parent: null,
    own: {
      customers: 1,
      contacts: row.contacts,
      openTasks: row.tasks,
      lastContactAt: row.last,
      annualRevenue: row.revenue,
    },
  }));
}
