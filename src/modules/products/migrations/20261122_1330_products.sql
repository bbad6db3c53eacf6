-- Products.
create table "product" (
  "id" uuid primary key default uuidv7(),
  "version" integer not null default 1,
  "deleted_at" timestamptz,
  "deleted_by" uuid,
  "name" text,
  "name_key" text collate "C" not null default '',
  "code" text,
  "code_key" text collate "C" not null default '',
  "series" text,
  "series_key" text collate "C" not null default '',
  "price" numeric,
  "price_currency" text,
  "price_base" numeric,
  "price_rate" numeric,
  "price_rate_date" date,
  "unit" text,
  "active" boolean,
  "remark" text,
  "created_at" timestamptz not null default now(),
  "created_by" uuid,
  "updated_at" timestamptz not null default now(),
  "updated_by" uuid
);
create index "product_name_key_id_idx" on "product" ("name_key", "id") where deleted_at is null;
create index "product_name_idx" on "product" ("name") where deleted_at is null and "name" is not null;
create index "product_code_key_id_idx" on "product" ("code_key", "id") where deleted_at is null;
create index "product_series_key_id_idx" on "product" ("series_key", "id") where deleted_at is null;
create index "product_series_idx" on "product" ("series") where deleted_at is null and "series" is not null;
create index "product_price_base_id_idx" on "product" ("price_base", "id") where deleted_at is null;
create index "product_created_at_id_idx" on "product" ("created_at", "id") where deleted_at is null;
create index "product_updated_at_id_idx" on "product" ("updated_at", "id") where deleted_at is null;
create unique index "product_code_unique" on "product" ("code") where deleted_at is null;
create index "product_deleted_at_idx" on "product" ("deleted_at") where deleted_at is not null;

