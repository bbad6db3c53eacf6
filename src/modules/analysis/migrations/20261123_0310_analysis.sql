create table "saved_report" (
  "id" uuid primary key default uuidv7(),
  "version" integer not null default 1,
  "deleted_at" timestamptz,
  "deleted_by" uuid,
  "name" text,
  "name_key" text collate "C" not null default '',
  "description" text,
  "definition" jsonb,
  "role_ids" uuid[] not null default '{}',
  "owner_id" uuid,
  "department_id" uuid,
  "created_at" timestamptz not null default now(),
  "created_by" uuid,
  "updated_at" timestamptz not null default now(),
  "updated_by" uuid
);
create index "saved_report_name_key_id_idx" on "saved_report" ("name_key", "id") where deleted_at is null;
create index "saved_report_name_idx" on "saved_report" ("name") where deleted_at is null and "name" is not null;
create index "saved_report_role_ids_idx" on "saved_report" using gin ("role_ids") where deleted_at is null;
create index "saved_report_created_at_id_idx" on "saved_report" ("created_at", "id") where deleted_at is null;
create index "saved_report_updated_at_id_idx" on "saved_report" ("updated_at", "id") where deleted_at is null;
create index "saved_report_owner_id_name_key_idx" on "saved_report" ("owner_id", "name_key") where deleted_at is null;
create index "saved_report_department_id_name_key_idx" on "saved_report" ("department_id", "name_key") where deleted_at is null;
create index "saved_report_deleted_at_idx" on "saved_report" ("deleted_at") where deleted_at is not null;
create table "dashboard" (
  "id" uuid primary key default uuidv7(),
  "version" integer not null default 1,
  "deleted_at" timestamptz,
  "deleted_by" uuid,
  "name" text,
  "name_key" text collate "C" not null default '',
  "tiles" jsonb,
  "refresh" integer,
  "role_ids" uuid[] not null default '{}',
  "home_of_ids" uuid[] not null default '{}',
  "owner_id" uuid,
  "department_id" uuid,
  "created_at" timestamptz not null default now(),
  "created_by" uuid,
  "updated_at" timestamptz not null default now(),
  "updated_by" uuid
);
create index "dashboard_name_key_id_idx" on "dashboard" ("name_key", "id") where deleted_at is null;
create index "dashboard_name_idx" on "dashboard" ("name") where deleted_at is null and "name" is not null;
create index "dashboard_role_ids_idx" on "dashboard" using gin ("role_ids") where deleted_at is null;
create index "dashboard_home_of_ids_idx" on "dashboard" using gin ("home_of_ids") where deleted_at is null;
create index "dashboard_created_at_id_idx" on "dashboard" ("created_at", "id") where deleted_at is null;
create index "dashboard_updated_at_id_idx" on "dashboard" ("updated_at", "id") where deleted_at is null;
create index "dashboard_owner_id_name_key_idx" on "dashboard" ("owner_id", "name_key") where deleted_at is null;
create index "dashboard_department_id_name_key_idx" on "dashboard" ("department_id", "name_key") where deleted_at is null;
create index "dashboard_deleted_at_idx" on "dashboard" ("deleted_at") where deleted_at is not null;
