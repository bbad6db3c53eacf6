import { sql } from 'kysely';
import { scopeCondition } from '../../../platform/access/where.ts';
import type { Context } from '../../../platform/context/context.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { workdaysBetween } from '../../../platform/time/business-calendar.ts';
import { dateIn } from '../../../platform/time/instant.shared.ts';
import { say } from '../../../platform/today/lines.ts';
import {
  TODAY_RANK,
  type TodayItem,
  type TodaySource,
  type TodayView,
} from '../../../platform/today/today.ts';
import { DEFAULT_CONTACT_DAYS, policiesOfCustomers } from '../../grades/public.ts';

/** Who has more customers than this is shown the silent ones among those longest silent. */
const MOST_CUSTOMERS = 2000;
const MOST_LINES = 5;

interface Quiet {
  id: string;
  name: string;
  owner: string;
  last: string;
}

/** Customers drifting off: their next contact is overdue as the calendar has it, the most overdue first. */
export const rhythmToday: TodaySource = {
  name: 'rhythm',
  async items(ctx, view) {
    const quiet = await longestQuiet(ctx, view);
    const policies = await policiesOfCustomers(
      ctx,
      quiet.map(({ id }) => id),
    );
    return quiet
      .map((customer) => {
        const days = daysSince(ctx, view, customer.last);
        return { ...customer, days, rhythm: policies.get(customer.id)?.contactDays ?? DEFAULT_CONTACT_DAYS };
      })
      .toSorted((a, b) => b.days / b.rhythm - a.days / a.rhythm)
      .slice(0, MOST_LINES)
      .map((customer) => itemOf(ctx, view, customer));
  },
};

const daysSince = (ctx: Context, view: TodayView, last: string) =>
  Temporal.PlainDate.from(dateIn(ctx.timeZone, last)).until(view.today, { largestUnit: 'day' }).days;

/** One's own customers nobody has spoken to for a while, and for whom nothing is planned, the longest silent first. */
async function longestQuiet(ctx: Context, view: TodayView): Promise<Quiet[]> {
  const policy = ctx.policies.for('customer');
  const known = policy.can('read') && ['name', 'owner', 'lastContactAt', 'nextContactDue'].every(policy.sees);
  if (!known || !ctx.policies.for('task').can('create')) return [];
  const scope = scopeCondition(entityNamed(ctx.registry, 'customer'), policy.scope('read'), ctx.principal);
  const { rows } = await sql<Quiet>`select c.id, c.name, c.owner_id as owner, f.last_contact_at as last
    from (select t.id, t.name, t.owner_id from customer t where t.owner_id = any(${[...view.people]}::uuid[])
      and t.deleted_at is null and ${scope} order by t.updated_at limit ${MOST_CUSTOMERS}) c
    join customer_fact f on f.id = c.id and f.next_contact_due < ${view.today}::date and f.last_contact_at is not null
    where not exists (select 1 from task k where k.customer_id = c.id and k.status = 'open' and k.deleted_at is null)
      and not exists (select 1 from visit v where v.customer_id = c.id and v.status = 'planned' and v.deleted_at is null)
    order by f.last_contact_at, c.id limit 200`.execute(ctx.db);
  return rows;
}

function itemOf(
  ctx: Context,
  view: TodayView,
  { id, name, owner, last, days, rhythm }: Quiet & { days: number; rhythm: number },
): TodayItem {
  const workdays = workdaysBetween(ctx.businessDays, dateIn(ctx.timeZone, last), view.today);
  return {
    key: `rhythm:${id}`,
    kind: 'rhythm',
    label: say(ctx, 'today.rhythm'),
    color: days > 2 * rhythm ? 'zhu' : 'teng',
    rank: TODAY_RANK.drift,
    at: null,
    date: view.today,
    title: say(ctx, 'today.quiet', { customer: name, count: days }),
    strong: name,
    why: say(ctx, 'today.quietWhy', { count: rhythm, workdays }),
    record: { entity: 'customer', id },
    customer: { id, title: name },
    owner: null,
    action: {
      label: say(ctx, 'today.planCall'),
      does: {
        method: 'POST',
        path: '/tasks',
        body: {
          subject: say(ctx, 'today.callTask', { customer: name }),
          customer: id,
          dueDate: view.today,
          owner,
        },
      },
      undo: { method: 'DELETE', path: '/tasks/{id}' },
      done: say(ctx, 'today.plannedCall'),
    },
  };
}
