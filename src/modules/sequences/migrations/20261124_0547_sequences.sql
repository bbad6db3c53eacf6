-- Steps that follow one another, who goes through them, and what was done.
alter table "activity" add column "from_customer" boolean;
create table "sequence" (
  "id" uuid primary key default uuidv7(),
  "version" integer not null default 1,
  "deleted_at" timestamptz,
  "deleted_by" uuid,
  "name" text,
  "name_key" text collate "C" not null default '',
  "target" text,
  "start" text,
  "stage_id" uuid,
  "segment_id" uuid,
  "stop_on_reply" boolean,
  "stop_on_stage" boolean,
  "per_day" integer,
  "active" boolean,
  "remark" text,
  "created_at" timestamptz not null default now(),
  "created_by" uuid,
  "updated_at" timestamptz not null default now(),
  "updated_by" uuid
);
create index "sequence_name_key_id_idx" on "sequence" ("name_key", "id") where deleted_at is null;
create index "sequence_stage_id_idx" on "sequence" ("stage_id") where deleted_at is null and "stage_id" is not null;
create index "sequence_segment_id_idx" on "sequence" ("segment_id") where deleted_at is null and "segment_id" is not null;
create index "sequence_created_at_id_idx" on "sequence" ("created_at", "id") where deleted_at is null;
create index "sequence_updated_at_id_idx" on "sequence" ("updated_at", "id") where deleted_at is null;
create unique index "sequence_name_unique" on "sequence" ("name") where deleted_at is null;
create index "sequence_deleted_at_idx" on "sequence" ("deleted_at") where deleted_at is not null;
create table "sequence_step" (
  "id" uuid primary key default uuidv7(),
  "version" integer not null default 1,
  "deleted_at" timestamptz,
  "deleted_by" uuid,
  "sequence_id" uuid,
  "wait" integer,
  "unit" text,
  "action" text,
  "subject" text,
  "text" text,
  "position" integer,
  "created_at" timestamptz not null default now(),
  "created_by" uuid,
  "updated_at" timestamptz not null default now(),
  "updated_by" uuid
);
create index "sequence_step_sequence_id_idx" on "sequence_step" ("sequence_id") where deleted_at is null and "sequence_id" is not null;
create index "sequence_step_created_at_id_idx" on "sequence_step" ("created_at", "id") where deleted_at is null;
create index "sequence_step_updated_at_id_idx" on "sequence_step" ("updated_at", "id") where deleted_at is null;
create index "sequence_step_sequence_id_position_idx" on "sequence_step" ("sequence_id", "position") where deleted_at is null;
create index "sequence_step_deleted_at_idx" on "sequence_step" ("deleted_at") where deleted_at is not null;
create table "sequence_run" (
  "id" uuid primary key default uuidv7(),
  "version" integer not null default 1,
  "deleted_at" timestamptz,
  "deleted_by" uuid,
  "name" text,
  "sequence_id" uuid,
  "lead_id" uuid,
  "opportunity_id" uuid,
  "customer_id" uuid,
  "contact_id" uuid,
  "status" text,
  "stop_reason" text,
  "step" integer,
  "next_at" timestamptz,
  "replied_at" timestamptz,
  "ended_at" timestamptz,
  "from_stage_id" uuid,
  "live_key" text,
  "occasion" text,
  "owner_id" uuid,
  "department_id" uuid,
  "created_at" timestamptz not null default now(),
  "created_by" uuid,
  "updated_at" timestamptz not null default now(),
  "updated_by" uuid,
  "root_owner_id" uuid
);
create index "sequence_run_name_idx" on "sequence_run" ("name") where deleted_at is null and "name" is not null;
create index "sequence_run_sequence_id_idx" on "sequence_run" ("sequence_id") where deleted_at is null and "sequence_id" is not null;
create index "sequence_run_lead_id_idx" on "sequence_run" ("lead_id") where deleted_at is null and "lead_id" is not null;
create index "sequence_run_opportunity_id_idx" on "sequence_run" ("opportunity_id") where deleted_at is null and "opportunity_id" is not null;
create index "sequence_run_customer_id_idx" on "sequence_run" ("customer_id") where deleted_at is null and "customer_id" is not null;
create index "sequence_run_contact_id_idx" on "sequence_run" ("contact_id") where deleted_at is null and "contact_id" is not null;
create index "sequence_run_status_idx" on "sequence_run" ("status") where deleted_at is null and "status" is not null;
create index "sequence_run_stop_reason_idx" on "sequence_run" ("stop_reason") where deleted_at is null and "stop_reason" is not null;
create index "sequence_run_next_at_id_idx" on "sequence_run" ("next_at", "id") where deleted_at is null;
create index "sequence_run_replied_at_idx" on "sequence_run" ("replied_at") where deleted_at is null and "replied_at" is not null;
create index "sequence_run_ended_at_id_idx" on "sequence_run" ("ended_at", "id") where deleted_at is null;
create index "sequence_run_created_at_id_idx" on "sequence_run" ("created_at", "id") where deleted_at is null;
create index "sequence_run_updated_at_id_idx" on "sequence_run" ("updated_at", "id") where deleted_at is null;
create unique index "sequence_run_live_key_unique" on "sequence_run" ("live_key") where deleted_at is null;
create unique index "sequence_run_occasion_unique" on "sequence_run" ("occasion") where deleted_at is null;
create index "sequence_run_owner_id_updated_at_idx" on "sequence_run" ("owner_id", "updated_at") where deleted_at is null;
create index "sequence_run_department_id_updated_at_idx" on "sequence_run" ("department_id", "updated_at") where deleted_at is null;
create index "sequence_run_root_owner_id_updated_at_idx" on "sequence_run" ("root_owner_id", "updated_at") where deleted_at is null;
create index "sequence_run_status_next_at_idx" on "sequence_run" ("status", "next_at") where deleted_at is null;
create index "sequence_run_owner_id_status_next_at_idx" on "sequence_run" ("owner_id", "status", "next_at") where deleted_at is null;
create index "sequence_run_deleted_at_idx" on "sequence_run" ("deleted_at") where deleted_at is not null;

-- A step that was done, once for each run.
create table sequence_touch (
  id uuid primary key,
  run_id uuid not null references sequence_run on delete cascade,
  sequence_id uuid not null,
  step_id uuid not null,
  number integer not null,
  at timestamptz not null,
  action text not null,
  -- Whose day a message takes.
  person_id uuid,
  task_id uuid,
  activity_id uuid,
  mailed boolean not null,
  unique (run_id, number)
);
create unique index sequence_touch_step on sequence_touch (run_id, step_id);
create index sequence_touch_sequence on sequence_touch (sequence_id, at);
create index sequence_touch_task on sequence_touch (task_id) where task_id is not null;
