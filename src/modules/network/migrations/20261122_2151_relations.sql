-- Ties between people, who of us knows them, and warnings (CUS-10).
alter table "customer_fact" add column "coverage" text[] not null default '{}';
create index "customer_fact_coverage_idx" on "customer_fact" using gin ("coverage");
create table "tie" (
  "id" uuid primary key default uuidv7(),
  "version" integer not null default 1,
  "deleted_at" timestamptz,
  "deleted_by" uuid,
  "from_id" uuid,
  "to_id" uuid,
  "kind" text,
  "direction" text,
  "strength" integer,
  "note" text,
  "customer_id" uuid,
  "owner_id" uuid,
  "department_id" uuid,
  "created_at" timestamptz not null default now(),
  "created_by" uuid,
  "updated_at" timestamptz not null default now(),
  "updated_by" uuid,
  "root_owner_id" uuid
);
create index "tie_from_id_idx" on "tie" ("from_id") where deleted_at is null and "from_id" is not null;
create index "tie_to_id_idx" on "tie" ("to_id") where deleted_at is null and "to_id" is not null;
create index "tie_kind_idx" on "tie" ("kind") where deleted_at is null and "kind" is not null;
create index "tie_customer_id_idx" on "tie" ("customer_id") where deleted_at is null and "customer_id" is not null;
create index "tie_created_at_id_idx" on "tie" ("created_at", "id") where deleted_at is null;
create index "tie_updated_at_id_idx" on "tie" ("updated_at", "id") where deleted_at is null;
create unique index "tie_from_id_to_id_kind_unique" on "tie" ("from_id", "to_id", "kind") where deleted_at is null;
create index "tie_owner_id_created_at_idx" on "tie" ("owner_id", "created_at") where deleted_at is null;
create index "tie_department_id_created_at_idx" on "tie" ("department_id", "created_at") where deleted_at is null;
create index "tie_root_owner_id_created_at_idx" on "tie" ("root_owner_id", "created_at") where deleted_at is null;
create index "tie_deleted_at_idx" on "tie" ("deleted_at") where deleted_at is not null;
create table "acquaintance" (
  "id" uuid primary key default uuidv7(),
  "version" integer not null default 1,
  "deleted_at" timestamptz,
  "deleted_by" uuid,
  "contact_id" uuid,
  "user_id" uuid,
  "strength" integer,
  "how" text,
  "note" text,
  "customer_id" uuid,
  "owner_id" uuid,
  "department_id" uuid,
  "created_at" timestamptz not null default now(),
  "created_by" uuid,
  "updated_at" timestamptz not null default now(),
  "updated_by" uuid,
  "root_owner_id" uuid
);
create index "acquaintance_contact_id_idx" on "acquaintance" ("contact_id") where deleted_at is null and "contact_id" is not null;
create index "acquaintance_user_id_idx" on "acquaintance" ("user_id") where deleted_at is null and "user_id" is not null;
create index "acquaintance_strength_idx" on "acquaintance" ("strength") where deleted_at is null and "strength" is not null;
create index "acquaintance_customer_id_idx" on "acquaintance" ("customer_id") where deleted_at is null and "customer_id" is not null;
create index "acquaintance_created_at_id_idx" on "acquaintance" ("created_at", "id") where deleted_at is null;
create index "acquaintance_updated_at_id_idx" on "acquaintance" ("updated_at", "id") where deleted_at is null;
create unique index "acquaintance_contact_id_user_id_unique" on "acquaintance" ("contact_id", "user_id") where deleted_at is null;
create index "acquaintance_owner_id_created_at_idx" on "acquaintance" ("owner_id", "created_at") where deleted_at is null;
create index "acquaintance_department_id_created_at_idx" on "acquaintance" ("department_id", "created_at") where deleted_at is null;
create index "acquaintance_root_owner_id_created_at_idx" on "acquaintance" ("root_owner_id", "created_at") where deleted_at is null;
create index "acquaintance_deleted_at_idx" on "acquaintance" ("deleted_at") where deleted_at is not null;
