create table "legal_entity" (
  "id" uuid primary key default uuidv7(),
  "version" integer not null default 1,
  "deleted_at" timestamptz,
  "deleted_by" uuid,
  "name" text,
  "name_key" text collate "C" not null default '',
  "tax_number" text,
  "tax_status" text,
  "usual" boolean,
  "bank" text,
  "bank_account" text,
  "address" text,
  "phone" text,
  "retired" boolean,
  "created_at" timestamptz not null default now(),
  "created_by" uuid,
  "updated_at" timestamptz not null default now(),
  "updated_by" uuid
);
create index "legal_entity_name_key_id_idx" on "legal_entity" ("name_key", "id") where deleted_at is null;
create index "legal_entity_name_idx" on "legal_entity" ("name") where deleted_at is null and "name" is not null;
create index "legal_entity_created_at_id_idx" on "legal_entity" ("created_at", "id") where deleted_at is null;
create index "legal_entity_updated_at_id_idx" on "legal_entity" ("updated_at", "id") where deleted_at is null;
create index "legal_entity_deleted_at_idx" on "legal_entity" ("deleted_at") where deleted_at is not null;
