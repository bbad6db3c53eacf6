-- What competitors ask, and what is found out about the market.
create table "competitor_price" (
  "id" uuid primary key default uuidv7(),
  "version" integer not null default 1,
  "deleted_at" timestamptz,
  "deleted_by" uuid,
  "their_product" text,
  "their_product_key" text collate "C" not null default '',
  "competitor_id" uuid,
  "price" numeric,
  "price_currency" text,
  "price_base" numeric,
  "price_rate" numeric,
  "price_rate_date" date,
  "unit" text,
  "product_id" uuid,
  "day" date,
  "source" text,
  "link" text,
  "note" text,
  "created_at" timestamptz not null default now(),
  "created_by" uuid,
  "updated_at" timestamptz not null default now(),
  "updated_by" uuid
);
create index "competitor_price_their_product_key_id_idx" on "competitor_price" ("their_product_key", "id") where deleted_at is null;
create index "competitor_price_their_product_idx" on "competitor_price" ("their_product") where deleted_at is null and "their_product" is not null;
create index "competitor_price_competitor_id_idx" on "competitor_price" ("competitor_id") where deleted_at is null and "competitor_id" is not null;
create index "competitor_price_price_base_id_idx" on "competitor_price" ("price_base", "id") where deleted_at is null;
create index "competitor_price_product_id_idx" on "competitor_price" ("product_id") where deleted_at is null and "product_id" is not null;
create index "competitor_price_day_id_idx" on "competitor_price" ("day", "id") where deleted_at is null;
create index "competitor_price_source_idx" on "competitor_price" ("source") where deleted_at is null and "source" is not null;
create index "competitor_price_created_at_id_idx" on "competitor_price" ("created_at", "id") where deleted_at is null;
create index "competitor_price_updated_at_id_idx" on "competitor_price" ("updated_at", "id") where deleted_at is null;
create index "competitor_price_deleted_at_idx" on "competitor_price" ("deleted_at") where deleted_at is not null;
create table "market_note" (
  "id" uuid primary key default uuidv7(),
  "version" integer not null default 1,
  "deleted_at" timestamptz,
  "deleted_by" uuid,
  "subject" text,
  "subject_key" text collate "C" not null default '',
  "kind" text,
  "day" date,
  "content" text,
  "competitor_ids" uuid[] not null default '{}',
  "product_ids" uuid[] not null default '{}',
  "region" text,
  "source" text,
  "link" text,
  "created_at" timestamptz not null default now(),
  "created_by" uuid,
  "updated_at" timestamptz not null default now(),
  "updated_by" uuid
);
create index "market_note_subject_key_id_idx" on "market_note" ("subject_key", "id") where deleted_at is null;
create index "market_note_subject_idx" on "market_note" ("subject") where deleted_at is null and "subject" is not null;
create index "market_note_kind_idx" on "market_note" ("kind") where deleted_at is null and "kind" is not null;
create index "market_note_day_id_idx" on "market_note" ("day", "id") where deleted_at is null;
create index "market_note_competitor_ids_idx" on "market_note" using gin ("competitor_ids") where deleted_at is null;
create index "market_note_product_ids_idx" on "market_note" using gin ("product_ids") where deleted_at is null;
create index "market_note_region_idx" on "market_note" ("region") where deleted_at is null and "region" is not null;
create index "market_note_created_at_id_idx" on "market_note" ("created_at", "id") where deleted_at is null;
create index "market_note_updated_at_id_idx" on "market_note" ("updated_at", "id") where deleted_at is null;
create index "market_note_deleted_at_idx" on "market_note" ("deleted_at") where deleted_at is not null;
