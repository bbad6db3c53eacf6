import { sql } from 'kysely';
import { defineFacts } from '../../platform/facts/fact.ts';

/** How well a customer's promises are kept: a broken one counts, one overdue counts as broken until somebody says otherwise. */
export const promiseFacts = defineFacts({
  name: 'promises',
  entity: 'customer',
  fields: {
    openPromises: { kind: 'integer', filterable: true, sortable: true, group: 'relation' },
    keepRate: { kind: 'integer', filterable: true, sortable: true, group: 'relation' },
  },
  events: ['promise.*'],
  through: { promise: 'customer' },
  compute: (ctx, ids) => sql`select customer_id as id,
      (count(*) filter (where status in ('open', 'renegotiated')))::int as open_promises,
      round(100.0 * count(*) filter (where status = 'kept')
        / nullif(count(*) filter (where status in ('kept', 'broken') or due_at <= ${ctx.now}), 0))::int as keep_rate
    from promise where customer_id = any(${ids}::uuid[]) and deleted_at is null group by customer_id`,
  due: (ctx) => sql`select distinct customer_id as id from promise
    where due_at > ${ctx.now}::timestamptz - interval '2 days' and due_at <= ${ctx.now}
      and status in ('open', 'renegotiated') and deleted_at is null`,
});
