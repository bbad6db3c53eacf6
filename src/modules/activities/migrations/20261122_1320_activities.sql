-- Follow-ups and tasks.
create table "activity" (
  "id" uuid primary key default uuidv7(),
  "version" integer not null default 1,
  "deleted_at" timestamptz,
  "deleted_by" uuid,
  "kind" text,
  "customer_id" uuid,
  "contact_ids" uuid[] not null default '{}',
  "subject" text,
  "content" text,
  "occurred_at" timestamptz,
  "place" text,
  "next_date" date,
  "next_step" text,
  "owner_id" uuid,
  "department_id" uuid,
  "created_at" timestamptz not null default now(),
  "created_by" uuid,
  "updated_at" timestamptz not null default now(),
  "updated_by" uuid,
  "root_owner_id" uuid
);
create index "activity_kind_idx" on "activity" ("kind") where deleted_at is null and "kind" is not null;
create index "activity_customer_id_idx" on "activity" ("customer_id") where deleted_at is null and "customer_id" is not null;
create index "activity_contact_ids_idx" on "activity" using gin ("contact_ids") where deleted_at is null;
create index "activity_occurred_at_id_idx" on "activity" ("occurred_at", "id") where deleted_at is null;
create index "activity_next_date_id_idx" on "activity" ("next_date", "id") where deleted_at is null;
create index "activity_created_at_id_idx" on "activity" ("created_at", "id") where deleted_at is null;
create index "activity_updated_at_id_idx" on "activity" ("updated_at", "id") where deleted_at is null;
create index "activity_owner_id_occurred_at_idx" on "activity" ("owner_id", "occurred_at") where deleted_at is null;
create index "activity_department_id_occurred_at_idx" on "activity" ("department_id", "occurred_at") where deleted_at is null;
create index "activity_root_owner_id_occurred_at_idx" on "activity" ("root_owner_id", "occurred_at") where deleted_at is null;
create index "activity_deleted_at_idx" on "activity" ("deleted_at") where deleted_at is not null;


create table "task" (
  "id" uuid primary key default uuidv7(),
  "version" integer not null default 1,
  "deleted_at" timestamptz,
  "deleted_by" uuid,
  "subject" text,
  "customer_id" uuid,
  "contact_id" uuid,
  "due_date" date,
  "status" text,
  "priority" text,
  "done_at" timestamptz,
  "activity_id" uuid,
  "remark" text,
  "owner_id" uuid,
  "department_id" uuid,
  "created_at" timestamptz not null default now(),
  "created_by" uuid,
  "updated_at" timestamptz not null default now(),
  "updated_by" uuid,
  "root_owner_id" uuid
);
create index "task_customer_id_idx" on "task" ("customer_id") where deleted_at is null and "customer_id" is not null;
create index "task_contact_id_idx" on "task" ("contact_id") where deleted_at is null and "contact_id" is not null;
create index "task_due_date_id_idx" on "task" ("due_date", "id") where deleted_at is null;
create index "task_done_at_id_idx" on "task" ("done_at", "id") where deleted_at is null;
create index "task_activity_id_idx" on "task" ("activity_id") where deleted_at is null and "activity_id" is not null;
create index "task_created_at_id_idx" on "task" ("created_at", "id") where deleted_at is null;
create index "task_updated_at_id_idx" on "task" ("updated_at", "id") where deleted_at is null;
create index "task_owner_id_due_date_idx" on "task" ("owner_id", "due_date") where deleted_at is null;
create index "task_department_id_due_date_idx" on "task" ("department_id", "due_date") where deleted_at is null;
create index "task_root_owner_id_due_date_idx" on "task" ("root_owner_id", "due_date") where deleted_at is null;
create index "task_owner_id_status_due_date_idx" on "task" ("owner_id", "status", "due_date") where deleted_at is null;
create index "task_deleted_at_idx" on "task" ("deleted_at") where deleted_at is not null;

