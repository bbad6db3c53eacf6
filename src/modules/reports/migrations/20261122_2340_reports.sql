-- 日报、周报 with their figures, and what roles do at least.
create table "work_report" (
  "id" uuid primary key default uuidv7(),
  "version" integer not null default 1,
  "deleted_at" timestamptz,
  "deleted_by" uuid,
  "name" text,
  "kind" text,
  "date" date,
  "words" text,
  "plan" text,
  "status" text,
  "figures" jsonb,
  "handed_in_at" timestamptz,
  "read_at" timestamptz,
  "read_by_id" uuid,
  "owner_id" uuid,
  "department_id" uuid,
  "created_at" timestamptz not null default now(),
  "created_by" uuid,
  "updated_at" timestamptz not null default now(),
  "updated_by" uuid
);
create index "work_report_date_id_idx" on "work_report" ("date", "id") where deleted_at is null;
create index "work_report_handed_in_at_id_idx" on "work_report" ("handed_in_at", "id") where deleted_at is null;
create index "work_report_created_at_id_idx" on "work_report" ("created_at", "id") where deleted_at is null;
create index "work_report_updated_at_id_idx" on "work_report" ("updated_at", "id") where deleted_at is null;
create unique index "work_report_owner_id_kind_date_unique" on "work_report" ("owner_id", "kind", "date") where deleted_at is null;
create index "work_report_owner_id_date_idx" on "work_report" ("owner_id", "date") where deleted_at is null;
create index "work_report_department_id_date_idx" on "work_report" ("department_id", "date") where deleted_at is null;
create index "work_report_deleted_at_idx" on "work_report" ("deleted_at") where deleted_at is not null;
create table "report_quota" (
  "id" uuid primary key default uuidv7(),
  "version" integer not null default 1,
  "deleted_at" timestamptz,
  "deleted_by" uuid,
  "name" text,
  "figure" text,
  "least" integer,
  "kind" text,
  "role_id" uuid,
  "active" boolean,
  "created_at" timestamptz not null default now(),
  "created_by" uuid,
  "updated_at" timestamptz not null default now(),
  "updated_by" uuid
);
create index "report_quota_created_at_id_idx" on "report_quota" ("created_at", "id") where deleted_at is null;
create index "report_quota_updated_at_id_idx" on "report_quota" ("updated_at", "id") where deleted_at is null;
create index "report_quota_deleted_at_idx" on "report_quota" ("deleted_at") where deleted_at is not null;
