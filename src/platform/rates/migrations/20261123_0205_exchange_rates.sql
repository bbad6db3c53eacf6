create table "exchange_rate" (
  "id" uuid primary key default uuidv7(),
  "version" integer not null default 1,
  "deleted_at" timestamptz,
  "deleted_by" uuid,
  "currency" text,
  "valid_from" date,
  "rate" numeric,
  "source" text,
  "created_at" timestamptz not null default now(),
  "created_by" uuid,
  "updated_at" timestamptz not null default now(),
  "updated_by" uuid
);
create index "exchange_rate_currency_idx" on "exchange_rate" ("currency") where deleted_at is null and "currency" is not null;
create index "exchange_rate_valid_from_id_idx" on "exchange_rate" ("valid_from", "id") where deleted_at is null;
create index "exchange_rate_created_at_id_idx" on "exchange_rate" ("created_at", "id") where deleted_at is null;
create index "exchange_rate_updated_at_id_idx" on "exchange_rate" ("updated_at", "id") where deleted_at is null;
create unique index "exchange_rate_currency_valid_from_unique" on "exchange_rate" ("currency", "valid_from") where deleted_at is null;
create index "exchange_rate_deleted_at_idx" on "exchange_rate" ("deleted_at") where deleted_at is not null;
