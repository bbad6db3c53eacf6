import { sql } from 'kysely';
import { scopeCondition } from '../../platform/access/where.ts';
import type { Context } from '../../platform/context/context.ts';
import { dayOf } from '../../platform/context/day.ts';
import { entityNamed } from '../../platform/entity/registry.ts';
import { titlesOf } from '../../platform/entity/titles.ts';
import { forbidden } from '../../platform/errors/problem.ts';
import { type Route, route } from '../../platform/http/route.ts';
import { addWorkdays } from '../../platform/time/business-calendar.ts';

const MOST = 200;

/** How many of each person's customers have not heard from us for longer than their rhythm, with the list of them. */
export const overdueRoute: Route = route({
  method: 'GET',
  path: '/calendar/overdue-contacts',
  summary: 'Customers whose next contact is overdue, by who looks after them',
  tag: 'calendar',
  handle: async ({ ctx }) => {
    const today = dayOf(ctx);
    return {
      items: await overdueContacts(ctx, today),
      today,
      /** When one could begin to make up for it. */
      nextWorkday: addWorkdays(ctx.businessDays, today, 1),
    };
  },
});

async function overdueContacts(ctx: Context, today: string) {
  const policy = ctx.policies.for('customer');
  if (!policy.can('read') || !policy.sees('nextContactDue') || !policy.sees('owner')) throw forbidden();
  const scope = scopeCondition(entityNamed(ctx.registry, 'customer'), policy.scope('read'), ctx.principal);
  const { rows } = await sql<{ owner: string; count: number; since: string }>`select t.owner_id as owner,
      count(*)::int as count, min(f.next_contact_due)::text as since
    from customer_fact f join customer t on t.id = f.id
    where f.next_contact_due < ${today}::date and t.deleted_at is null and t.owner_id is not null and ${scope}
    group by t.owner_id order by 2 desc, 1 limit ${MOST}`.execute(ctx.db);
  const names = await titlesOf(ctx, new Map([['user', new Set(rows.map(({ owner }) => owner))]]));
  return rows.map(({ owner, count, since }) => ({
    person: { id: owner, title: names.get(owner) ?? null },
    count,
    since,
    filter: {
      and: [
        { field: 'owner', op: 'in', value: [owner] },
        { field: 'nextContactDue', op: 'lt', value: today },
      ],
    },
  }));
}
