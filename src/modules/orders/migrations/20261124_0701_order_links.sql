-- The addresses at which customers follow their orders, so that one can be ended.
create table order_link (
  id uuid primary key default uuidv7(),
  order_id uuid not null references "order"(id) on delete cascade,
  created_at timestamptz not null default now(),
  created_by uuid,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  revoked_by uuid,
  opened integer not null default 0,
  opened_at timestamptz
);
create index order_link_order_id_idx on order_link (order_id);
