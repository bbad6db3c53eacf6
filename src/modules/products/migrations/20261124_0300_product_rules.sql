-- Who has one product is offered another.
create table "product_rule" (
  "id" uuid primary key default uuidv7(),
  "version" integer not null default 1,
  "deleted_at" timestamptz,
  "deleted_by" uuid,
  "bought_ids" uuid[] not null default '{}',
  "offer_id" uuid,
  "because" text,
  "after_days" integer,
  "active" boolean,
  "created_at" timestamptz not null default now(),
  "created_by" uuid,
  "updated_at" timestamptz not null default now(),
  "updated_by" uuid
);
create index "product_rule_bought_ids_idx" on "product_rule" using gin ("bought_ids") where deleted_at is null;
create index "product_rule_offer_id_idx" on "product_rule" ("offer_id") where deleted_at is null and "offer_id" is not null;
create index "product_rule_created_at_id_idx" on "product_rule" ("created_at", "id") where deleted_at is null;
create index "product_rule_updated_at_id_idx" on "product_rule" ("updated_at", "id") where deleted_at is null;
create index "product_rule_deleted_at_idx" on "product_rule" ("deleted_at") where deleted_at is not null;
