import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import type { Keep, OpenWork, Win } from '../../../platform/ownership/rules.ts';

/** Open business goes where its customer goes. */
export const openOpportunities: OpenWork = {
  entity: 'opportunity',
  label: 'handover.opportunities',
  open: { field: 'status', op: 'eq', value: 'open' },
  follows: 'customer',
};

/** A customer with business that is not past its day is not idle; business left lying keeps nobody. */
export const opportunityKeeps: Keep = {
  entity: 'customer',
  reason: 'handover.opportunities',
  ids: ({ now, timeZone }) => sql`select customer_id as id from opportunity
    where status = 'open' and deleted_at is null and customer_id is not null
      and greatest(close_date, next_step_date) >= (${now}::timestamptz at time zone ${timeZone})::date`,
};

/** What was won counts from the beginning of the day it was decided. */
const won = ({ timeZone }: Context, which: 'min' | 'max') =>
  sql`select customer_id as id, ${sql.raw(which)}(closed_on)::timestamp at time zone ${timeZone} as at from opportunity
    where status = 'won' and deleted_at is null and customer_id is not null and closed_on is not null group by customer_id`;

export const opportunityWins: Win = {
  entity: 'customer',
  last: (ctx) => won(ctx, 'max'),
  first: (ctx) => won(ctx, 'min'),
};
