-- Promises, visits, meetings, call-backs, and how well promises are kept.
alter table "customer_fact" add column "open_promises" integer;
alter table "customer_fact" add column "keep_rate" integer;
create index "customer_fact_open_promises_idx" on "customer_fact" ("open_promises", "id") where "open_promises" is not null;
create index "customer_fact_keep_rate_idx" on "customer_fact" ("keep_rate", "id") where "keep_rate" is not null;
create table "promise" (
  "id" uuid primary key default uuidv7(),
  "version" integer not null default 1,
  "deleted_at" timestamptz,
  "deleted_by" uuid,
  "what" text,
  "customer_id" uuid,
  "contact_id" uuid,
  "due_date" date,
  "due_at" timestamptz,
  "within_hours" integer,
  "clock" text,
  "status" text,
  "reason" text,
  "settled_at" timestamptz,
  "remind_at" timestamptz,
  "escalate_at" timestamptz,
  "former_dates" jsonb,
  "activity_id" uuid,
  "visit_id" uuid,
  "meeting_id" uuid,
  "owner_id" uuid,
  "department_id" uuid,
  "created_at" timestamptz not null default now(),
  "created_by" uuid,
  "updated_at" timestamptz not null default now(),
  "updated_by" uuid,
  "root_owner_id" uuid
);
create index "promise_customer_id_idx" on "promise" ("customer_id") where deleted_at is null and "customer_id" is not null;
create index "promise_contact_id_idx" on "promise" ("contact_id") where deleted_at is null and "contact_id" is not null;
create index "promise_due_date_id_idx" on "promise" ("due_date", "id") where deleted_at is null;
create index "promise_due_at_id_idx" on "promise" ("due_at", "id") where deleted_at is null;
create index "promise_status_idx" on "promise" ("status") where deleted_at is null and "status" is not null;
create index "promise_settled_at_id_idx" on "promise" ("settled_at", "id") where deleted_at is null;
create index "promise_remind_at_idx" on "promise" ("remind_at") where deleted_at is null and "remind_at" is not null;
create index "promise_escalate_at_idx" on "promise" ("escalate_at") where deleted_at is null and "escalate_at" is not null;
create index "promise_activity_id_idx" on "promise" ("activity_id") where deleted_at is null and "activity_id" is not null;
create index "promise_visit_id_idx" on "promise" ("visit_id") where deleted_at is null and "visit_id" is not null;
create index "promise_meeting_id_idx" on "promise" ("meeting_id") where deleted_at is null and "meeting_id" is not null;
create index "promise_created_at_id_idx" on "promise" ("created_at", "id") where deleted_at is null;
create index "promise_updated_at_id_idx" on "promise" ("updated_at", "id") where deleted_at is null;
create index "promise_owner_id_due_at_idx" on "promise" ("owner_id", "due_at") where deleted_at is null;
create index "promise_department_id_due_at_idx" on "promise" ("department_id", "due_at") where deleted_at is null;
create index "promise_root_owner_id_due_at_idx" on "promise" ("root_owner_id", "due_at") where deleted_at is null;
create index "promise_owner_id_status_due_at_idx" on "promise" ("owner_id", "status", "due_at") where deleted_at is null;
create index "promise_deleted_at_idx" on "promise" ("deleted_at") where deleted_at is not null;
create table "visit" (
  "id" uuid primary key default uuidv7(),
  "version" integer not null default 1,
  "deleted_at" timestamptz,
  "deleted_by" uuid,
  "objective" text,
  "customer_id" uuid,
  "contact_ids" uuid[] not null default '{}',
  "date" date,
  "starts_at" timestamptz,
  "route_order" integer,
  "status" text,
  "checked_in_at" timestamptz,
  "located" text,
  "place" text,
  "latitude" numeric,
  "longitude" numeric,
  "accuracy" integer,
  "distance" integer,
  "photo_id" uuid,
  "minutes" text,
  "reactions" text,
  "next_step" text,
  "next_date" date,
  "done_at" timestamptz,
  "activity_id" uuid,
  "owner_id" uuid,
  "department_id" uuid,
  "created_at" timestamptz not null default now(),
  "created_by" uuid,
  "updated_at" timestamptz not null default now(),
  "updated_by" uuid,
  "root_owner_id" uuid
);
create index "visit_customer_id_idx" on "visit" ("customer_id") where deleted_at is null and "customer_id" is not null;
create index "visit_contact_ids_idx" on "visit" using gin ("contact_ids") where deleted_at is null;
create index "visit_date_id_idx" on "visit" ("date", "id") where deleted_at is null;
create index "visit_starts_at_idx" on "visit" ("starts_at") where deleted_at is null and "starts_at" is not null;
create index "visit_status_idx" on "visit" ("status") where deleted_at is null and "status" is not null;
create index "visit_checked_in_at_idx" on "visit" ("checked_in_at") where deleted_at is null and "checked_in_at" is not null;
create index "visit_done_at_idx" on "visit" ("done_at") where deleted_at is null and "done_at" is not null;
create index "visit_activity_id_idx" on "visit" ("activity_id") where deleted_at is null and "activity_id" is not null;
create index "visit_created_at_id_idx" on "visit" ("created_at", "id") where deleted_at is null;
create index "visit_updated_at_id_idx" on "visit" ("updated_at", "id") where deleted_at is null;
create index "visit_owner_id_date_idx" on "visit" ("owner_id", "date") where deleted_at is null;
create index "visit_department_id_date_idx" on "visit" ("department_id", "date") where deleted_at is null;
create index "visit_root_owner_id_date_idx" on "visit" ("root_owner_id", "date") where deleted_at is null;
create index "visit_owner_id_status_date_idx" on "visit" ("owner_id", "status", "date") where deleted_at is null;
create index "visit_deleted_at_idx" on "visit" ("deleted_at") where deleted_at is not null;
create table "meeting" (
  "id" uuid primary key default uuidv7(),
  "version" integer not null default 1,
  "deleted_at" timestamptz,
  "deleted_by" uuid,
  "objective" text,
  "customer_id" uuid,
  "date" date,
  "starts_at" timestamptz,
  "contact_ids" uuid[] not null default '{}',
  "participant_ids" uuid[] not null default '{}',
  "place" text,
  "question1" text,
  "answer1" text,
  "question2" text,
  "answer2" text,
  "status" text,
  "minutes" text,
  "next_step" text,
  "next_date" date,
  "no_follow_up" text,
  "done_at" timestamptz,
  "activity_id" uuid,
  "owner_id" uuid,
  "department_id" uuid,
  "created_at" timestamptz not null default now(),
  "created_by" uuid,
  "updated_at" timestamptz not null default now(),
  "updated_by" uuid,
  "root_owner_id" uuid
);
create index "meeting_customer_id_idx" on "meeting" ("customer_id") where deleted_at is null and "customer_id" is not null;
create index "meeting_date_id_idx" on "meeting" ("date", "id") where deleted_at is null;
create index "meeting_starts_at_idx" on "meeting" ("starts_at") where deleted_at is null and "starts_at" is not null;
create index "meeting_contact_ids_idx" on "meeting" using gin ("contact_ids") where deleted_at is null;
create index "meeting_participant_ids_idx" on "meeting" using gin ("participant_ids") where deleted_at is null;
create index "meeting_done_at_idx" on "meeting" ("done_at") where deleted_at is null and "done_at" is not null;
create index "meeting_activity_id_idx" on "meeting" ("activity_id") where deleted_at is null and "activity_id" is not null;
create index "meeting_created_at_id_idx" on "meeting" ("created_at", "id") where deleted_at is null;
create index "meeting_updated_at_id_idx" on "meeting" ("updated_at", "id") where deleted_at is null;
create index "meeting_owner_id_date_idx" on "meeting" ("owner_id", "date") where deleted_at is null;
create index "meeting_department_id_date_idx" on "meeting" ("department_id", "date") where deleted_at is null;
create index "meeting_root_owner_id_date_idx" on "meeting" ("root_owner_id", "date") where deleted_at is null;
create index "meeting_owner_id_status_date_idx" on "meeting" ("owner_id", "status", "date") where deleted_at is null;
create index "meeting_deleted_at_idx" on "meeting" ("deleted_at") where deleted_at is not null;
create table "call_back_plan" (
  "id" uuid primary key default uuidv7(),
  "version" integer not null default 1,
  "deleted_at" timestamptz,
  "deleted_by" uuid,
  "name" text,
  "name_key" text collate "C" not null default '',
  "trigger" text,
  "days" integer,
  "segment_id" uuid,
  "script" text,
  "questions" text,
  "per_day" integer,
  "due_workdays" integer,
  "active" boolean,
  "owner_id" uuid,
  "department_id" uuid,
  "created_at" timestamptz not null default now(),
  "created_by" uuid,
  "updated_at" timestamptz not null default now(),
  "updated_by" uuid
);
create index "call_back_plan_name_key_id_idx" on "call_back_plan" ("name_key", "id") where deleted_at is null;
create index "call_back_plan_name_idx" on "call_back_plan" ("name") where deleted_at is null and "name" is not null;
create index "call_back_plan_trigger_idx" on "call_back_plan" ("trigger") where deleted_at is null and "trigger" is not null;
create index "call_back_plan_segment_id_idx" on "call_back_plan" ("segment_id") where deleted_at is null and "segment_id" is not null;
create index "call_back_plan_created_at_id_idx" on "call_back_plan" ("created_at", "id") where deleted_at is null;
create index "call_back_plan_updated_at_id_idx" on "call_back_plan" ("updated_at", "id") where deleted_at is null;
create index "call_back_plan_owner_id_updated_at_idx" on "call_back_plan" ("owner_id", "updated_at") where deleted_at is null;
create index "call_back_plan_department_id_updated_at_idx" on "call_back_plan" ("department_id", "updated_at") where deleted_at is null;
create index "call_back_plan_deleted_at_idx" on "call_back_plan" ("deleted_at") where deleted_at is not null;
create table "call_back" (
  "id" uuid primary key default uuidv7(),
  "version" integer not null default 1,
  "deleted_at" timestamptz,
  "deleted_by" uuid,
  "subject" text,
  "customer_id" uuid,
  "contact_id" uuid,
  "plan_id" uuid,
  "due_date" date,
  "status" text,
  "answers" jsonb,
  "remark" text,
  "done_at" timestamptz,
  "activity_id" uuid,
  "occasion" text,
  "owner_id" uuid,
  "department_id" uuid,
  "created_at" timestamptz not null default now(),
  "created_by" uuid,
  "updated_at" timestamptz not null default now(),
  "updated_by" uuid,
  "root_owner_id" uuid
);
create index "call_back_customer_id_idx" on "call_back" ("customer_id") where deleted_at is null and "customer_id" is not null;
create index "call_back_contact_id_idx" on "call_back" ("contact_id") where deleted_at is null and "contact_id" is not null;
create index "call_back_plan_id_idx" on "call_back" ("plan_id") where deleted_at is null and "plan_id" is not null;
create index "call_back_due_date_id_idx" on "call_back" ("due_date", "id") where deleted_at is null;
create index "call_back_done_at_idx" on "call_back" ("done_at") where deleted_at is null and "done_at" is not null;
create index "call_back_activity_id_idx" on "call_back" ("activity_id") where deleted_at is null and "activity_id" is not null;
create index "call_back_occasion_idx" on "call_back" ("occasion") where deleted_at is null and "occasion" is not null;
create index "call_back_created_at_id_idx" on "call_back" ("created_at", "id") where deleted_at is null;
create index "call_back_updated_at_id_idx" on "call_back" ("updated_at", "id") where deleted_at is null;
create index "call_back_owner_id_due_date_idx" on "call_back" ("owner_id", "due_date") where deleted_at is null;
create index "call_back_department_id_due_date_idx" on "call_back" ("department_id", "due_date") where deleted_at is null;
create index "call_back_root_owner_id_due_date_idx" on "call_back" ("root_owner_id", "due_date") where deleted_at is null;
create index "call_back_owner_id_status_due_date_idx" on "call_back" ("owner_id", "status", "due_date") where deleted_at is null;
create index "call_back_deleted_at_idx" on "call_back" ("deleted_at") where deleted_at is not null;

-- How far each kind of moment has been told.
create table "work_watch" (
  "kind" text primary key,
  "at" timestamptz not null,
  "id" uuid not null
);
