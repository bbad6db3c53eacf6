import { type RawBuilder, sql } from 'kysely';

/**
 * What was sold, as a query of `entity`, `id`, `customer_id`, `performer_id`, `owner_id`, `department_id`, `root_owner_id`,
 * `day`, `gross` and `net` (both in the company's currency, as in force now). Nothing counts twice: a contract in force with
 * an amount counts on the day it was signed, and the orders under it do not; all other orders count on their own day.
 */
export const worth =
  (): RawBuilder<unknown> => sql`select 'contract' as entity, c.id, c.customer_id, c.performer_id,
    c.owner_id, c.department_id, c.root_owner_id, coalesce(c.signed_on, c.date) as day,
    c.effective_total_base as gross, c.effective_net_base as net
  from contract c where c.deleted_at is null and ${counts}
  union all select 'order', o.id, o.customer_id, o.performer_id, o.owner_id, o.department_id, o.root_owner_id, o.date,
    o.effective_total_base, o.effective_net_base
  from "order" o where o.deleted_at is null and o.status in ('confirmed', 'partlyDelivered', 'delivered', 'closed')
    and not exists (select from contract c where c.id = o.contract_id and c.deleted_at is null and ${counts})`;

/** A contract that counts itself: in force, or completed, with an amount. What is being amended is in force as it was. */
const counts = sql`c.effective_total > 0 and c.status in ('effective', 'amending', 'inApproval', 'completed')`;

/**
 * Instalments of what is in force, as a query of `head` (`contract` or `order`), `head_id`, `id`, `name`, `customer_id`, `event`,
 * `amount`, `currency`, `amount_base` and `due_on` (null as long as its event has not happened), ordered by nothing.
 */
export const instalmentsInForce =
  (): RawBuilder<unknown> => sql`select 'contract' as head, h.id as head_id, i.id, i.name,
    h.customer_id, i.event, i.amount, i.amount_currency as currency, i.amount_base, i.due_on, i.position
  from contract_instalment i join contract h on h.id = i.contract_id and h.deleted_at is null
    and h.effective_total is not null and h.status <> 'terminated'
  where i.deleted_at is null
  union all select 'order', h.id, i.id, i.name, h.customer_id, i.event, i.amount, i.amount_currency, i.amount_base, i.due_on,
    i.position
  from order_instalment i join "order" h on h.id = i.order_id and h.deleted_at is null
    and h.effective_total is not null and h.status <> 'cancelled'
  where i.deleted_at is null`;

/**
 * What was earned: net amounts less what the goods cost us, as a query of `customer_id`, `day` and `value` in the company's
 * currency. Only lines whose cost is known count, of the same contracts and orders as in `worth`.
 */
export const earned =
  (): RawBuilder<unknown> => sql`select w.customer_id, w.day, (l.net - l.cost * l.quantity) * l.net_rate as value
  from (${worth()}) w join contract_line l on w.entity = 'contract' and l.contract_id = w.id
    and l.deleted_at is null and l.cost is not null
  union all select w.customer_id, w.day, coalesce((l.net * (l.quantity - coalesce(l.returned, 0)) / nullif(l.quantity, 0)
    - l.cost * (l.quantity - coalesce(l.returned, 0))) * l.net_rate, 0)
  from (${worth()}) w join order_line l on w.entity = 'order' and l.order_id = w.id
    and l.deleted_at is null and l.cost is not null`;
