-- 放行: who asked to let an order over the credit pass, and who did, up to which amount. One row per order; what was before is in the audit.
create table order_release (
  order_id uuid primary key references "order" (id) on delete cascade,
  customer_id uuid not null,
  asked_by uuid,
  asked_at timestamptz,
  asked_reason text,
  open boolean not null default false,
  released_by uuid,
  released_at timestamptz,
  reason text,
  amount numeric,
  currency text
);
create index order_release_open_idx on order_release (asked_at) where open;
