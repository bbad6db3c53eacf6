-- SAL-12: which products the same customers buy, over all orders. Written anew each night; no customer can be told from it.
create table product_together (
  bought_id uuid not null,
  offer_id uuid not null,
  together integer not null,
  buyers integer not null,
  offered integer not null,
  customers integer not null,
  counted_at timestamptz not null,
  primary key (bought_id, offer_id)
);
create index product_together_strength_idx on product_together (together desc, bought_id, offer_id);
create table product_unwanted (
  customer_id uuid not null,
  product_id uuid not null,
  reason text not null,
  until date not null,
  created_at timestamptz not null default now(),
  created_by uuid,
  primary key (customer_id, product_id)
);
