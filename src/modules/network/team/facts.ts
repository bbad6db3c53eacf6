import { sql } from 'kysely';
import { dayOf } from '../../../platform/context/day.ts';
import { defineFacts } from '../../../platform/facts/fact.ts';

/** The team of a customer as it is today: "my key accounts" is a filter like any other. */
export const teamFacts = defineFacts({
  name: 'team',
  entity: 'customer',
  fields: { team: { kind: 'references', to: 'user', filterable: true, group: 'relation' } },
  events: ['teamMember.*', 'customer.merged'],
  through: { teamMember: 'customer' },
  compute: (
    ctx,
    ids,
  ) => sql`select customer_id as id, array_agg(user_id order by id) as team_ids from team_member
    where customer_id = any(${ids}::uuid[]) and deleted_at is null
      and (starts_on is null or starts_on <= ${dayOf(ctx)}::date) and (ends_on is null or ends_on >= ${dayOf(ctx)}::date)
    group by customer_id`,
  due: (ctx) => sql`select customer_id as id from team_member where deleted_at is null
    and (starts_on between ${dayOf(ctx)}::date - 3 and ${dayOf(ctx)}::date
      or ends_on between ${dayOf(ctx)}::date - 3 and ${dayOf(ctx)}::date)`,
});
