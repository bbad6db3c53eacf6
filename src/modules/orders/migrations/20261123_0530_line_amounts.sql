-- What each line comes to in force, less what came back: what product sales are added up of.
alter table "order_line" add column "effective_gross" numeric;
alter table "order_line" add column "effective_gross_currency" text;
alter table "order_line" add column "effective_gross_base" numeric;
alter table "order_line" add column "effective_gross_rate" numeric;
alter table "order_line" add column "effective_gross_rate_date" date;
alter table "order_line" add column "effective_net" numeric;
alter table "order_line" add column "effective_net_currency" text;
alter table "order_line" add column "effective_net_base" numeric;
alter table "order_line" add column "effective_net_rate" numeric;
alter table "order_line" add column "effective_net_rate_date" date;

with gone as (
  select l.id, sum(l.gross) filter (where h.status in ('shipped', 'received')) as gross,
    sum(l.net) filter (where h.status in ('shipped', 'received')) as net
  from (select x.order_line_id as id, x.gross, x.net, x.delivery_id from delivery_line x where x.deleted_at is null) l
  join delivery h on h.id = l.delivery_id and h.deleted_at is null group by l.id
), back as (
  select x.order_line_id as id, sum(x.gross) as gross, sum(x.net) as net
  from return_line x join return_order h on h.id = x.return_order_id and h.deleted_at is null and h.status = 'received'
  where x.deleted_at is null group by 1
), short as (
  select o.id from "order" o where o.status = 'closed' and exists (select from order_line l
    where l.order_id = o.id and l.deleted_at is null and coalesce(l.delivered, 0) < l.quantity)
), worth as (
  select l.id,
    case when s.id is null then l.gross else coalesce(g.gross, 0) end - coalesce(b.gross, 0) as gross,
    case when s.id is null then l.net else coalesce(g.net, 0) end - coalesce(b.net, 0) as net
  from order_line l join "order" o on o.id = l.order_id and o.status not in ('draft', 'cancelled')
  left join gone g on g.id = l.id left join back b on b.id = l.id left join short s on s.id = o.id
  where l.deleted_at is null
)
update order_line l set
  effective_gross = w.gross, effective_gross_currency = l.gross_currency, effective_gross_rate = l.gross_rate,
  effective_gross_rate_date = l.gross_rate_date, effective_gross_base = round(w.gross * l.gross_rate, 2),
  effective_net = w.net, effective_net_currency = l.net_currency, effective_net_rate = l.net_rate,
  effective_net_rate_date = l.net_rate_date, effective_net_base = round(w.net * l.net_rate, 2)
from worth w where w.id = l.id;
