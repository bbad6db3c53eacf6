import { sql } from 'kysely';
import type { CalendarSource } from '../../platform/agenda/source.ts';
import type { Context } from '../../platform/context/context.ts';
import { defineFacts } from '../../platform/facts/fact.ts';
import { addJob } from '../../platform/jobs/job.ts';
import { addWorkdays } from '../../platform/time/business-calendar.ts';
import { dateIn } from '../../platform/time/instant.shared.ts';
import { DEFAULT_CONTACT_DAYS, gradesAreRun, policiesOfCustomers } from '../grades/public.ts';

const NAME = 'rhythm';

/** The day after `days` of silence, or the first working day then. */
export function contactDue(
  ctx: Pick<Context, 'businessDays' | 'timeZone'>,
  last: string,
  days: number,
): string {
  return dueAfter(ctx, dateIn(ctx.timeZone, last), days);
}

const dueAfter = ({ businessDays }: Pick<Context, 'businessDays'>, day: string, days: number): string =>
  addWorkdays(businessDays, Temporal.PlainDate.from(day).add({ days }).toString(), 0);

/**
 * When a customer is to hear from us next: the rhythm of its grade after the last contact with content, for new ones after
 * they were entered. Follows every follow-up; another policy of a scheme derives all anew.
 */
export const rhythmFacts = defineFacts({
  name: NAME,
  entity: 'customer',
  fields: { nextContactDue: { kind: 'date', filterable: true, sortable: true, group: 'relation' } },
  events: ['activity.*', 'customer.created', 'gradeScheme.updated'],
  after: ['grade'],
  through: { activity: 'customer' },
  rests: gradesAreRun,
  async concerned(ctx, events) {
    // Where customers are graded anew, their grades tell of it.
    if (events.some(({ entity, payload }) => entity === 'gradeScheme' && !payload.grading))
      await addJob(ctx, 'facts.rebuild', { names: [NAME] }, { key: NAME });
    return [];
  },
  // Customers that stood before there was a rhythm.
  due: () => sql`select c.id from customer c left join customer_fact f on f.id = c.id
    where f.next_contact_due is null and c.deleted_at is null`,
  async compute(ctx, ids) {
    const { rows } = await sql<{ id: string; last: string }>`select c.id, (coalesce((select max(a.occurred_at)
        from activity a where a.customer_id = c.id and a.deleted_at is null and a.kind <> 'note'
          and (coalesce(a.content, '') <> '' or coalesce(a.subject, '') <> '')), c.created_at)
        at time zone ${ctx.timeZone})::date::text as last
      from customer c where c.id = any(${ids}::uuid[])`.execute(ctx.db);
    const policies = await policiesOfCustomers(ctx, ids);
    // Of many customers few days and rhythms are different.
    const known = new Map<string, string>();
    const due = rows.map(({ id, last }) => {
      const days = policies.get(id)?.contactDays ?? DEFAULT_CONTACT_DAYS;
      return known.getOrInsertComputed(`${last} ${days}`, () => dueAfter(ctx, last, days));
    });
    return sql`select * from unnest(${rows.map(({ id }) => id)}::uuid[], ${due}::date[]) as d(id, next_contact_due)`;
  },
});

/** The next contact stands in the calendar of whoever looks after the customer. */
export const contactCalendar: CalendarSource = { entity: 'customer', date: 'nextContactDue' };
