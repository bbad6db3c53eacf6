import { sql } from 'kysely';
import type { Context } from '../../platform/context/context.ts';
import type { Keep, OpenWork, Win } from '../../platform/ownership/rules.ts';
import { worth } from './worth.ts';

/** Contracts that are not over go where their customer goes. */
export const openContracts: OpenWork = {
  entity: 'contract',
  label: 'handover.contracts',
  open: { field: 'status', op: 'nin', value: ['completed', 'terminated'] },
  follows: 'customer',
};

/** Orders that are not through go where their customer goes. */
export const openOrders: OpenWork = {
  entity: 'order',
  label: 'handover.orders',
  open: { field: 'status', op: 'nin', value: ['closed', 'cancelled'] },
  follows: 'customer',
};

/** A customer with an order under way, or a contract in force, be it under amendment, that has not ended, is not idle. */
export const ordersKeep: Keep = {
  entity: 'customer',
  reason: 'pool.keep.order',
  ids: ({ now, timeZone }) => sql`select customer_id as id from "order"
      where status in ('confirmed', 'partlyDelivered') and deleted_at is null
    union select customer_id from contract where deleted_at is null
      and (status in ('effective', 'amending') or (status = 'inApproval' and revision > 1))
      and ends_on >= (${now}::timestamptz at time zone ${timeZone})::date`,
};

/** What was sold counts from the beginning of its day. */
const sold = ({ timeZone }: Context, which: 'min' | 'max') =>
  sql`select w.customer_id as id, ${sql.raw(which)}(w.day)::timestamp at time zone ${timeZone} as at
    from (${worth()}) w where w.gross > 0 and w.customer_id is not null group by w.customer_id`;

export const ordersWin: Win = {
  entity: 'customer',
  last: (ctx) => sold(ctx, 'max'),
  first: (ctx) => sold(ctx, 'min'),
};
