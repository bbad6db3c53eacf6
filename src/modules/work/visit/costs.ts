import { sql } from 'kysely';
import type { CostSource } from '../../../platform/costs/cost.ts';

const defaults = { each: '50', minutes: 60, percent: '100' };

/**
 * What visits cost. How long one took is from the check-in to its being written down, unless that was left for another day. A
 * visit that was only written down as a follow-up is one too; those that a visit became are told by the visit.
 */
export const visitCosts: readonly CostSource[] = [
  {
    name: 'visit',
    entity: 'visit',
    basis: 'time',
    defaults,
    causes:
      () => sql`select v.id as cause, v.customer_id as customer, v.date as day, v.owner_id as person, 'visit' as kind,
        case when v.done_at - v.checked_in_at between interval '0' and interval '8 hours'
          then ceil(extract(epoch from v.done_at - v.checked_in_at) / 60)::int end as minutes, null::numeric as amount
      from visit v where v.status = 'done' and v.deleted_at is null`,
  },
  {
    name: 'notedVisit',
    entity: 'activity',
    through: { visit: 'activity' },
    basis: 'time',
    defaults,
    causes: ({ timeZone }) => sql`select a.id as cause, a.customer_id as customer,
        (coalesce(a.occurred_at, a.created_at) at time zone ${timeZone})::date as day, a.created_by as person, 'visit' as kind,
        null::int as minutes, null::numeric as amount
      from activity a where a.kind = 'visit' and a.customer_id is not null and a.deleted_at is null
        and not exists (select from visit v where v.activity_id = a.id and v.deleted_at is null)`,
  },
];
