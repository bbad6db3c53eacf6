-- 考核方案: by what people are judged (SAL-7).
create table "assessment_scheme" (
  "id" uuid primary key default uuidv7(),
  "version" integer not null default 1,
  "deleted_at" timestamptz,
  "deleted_by" uuid,
  "name" text,
  "name_key" text collate "C" not null default '',
  "description" text,
  "period" text,
  "department_ids" uuid[] not null default '{}',
  "active" boolean,
  "definition" jsonb,
  "created_at" timestamptz not null default now(),
  "created_by" uuid,
  "updated_at" timestamptz not null default now(),
  "updated_by" uuid
);
create index "assessment_scheme_name_key_id_idx" on "assessment_scheme" ("name_key", "id") where deleted_at is null;
create index "assessment_scheme_department_ids_idx" on "assessment_scheme" using gin ("department_ids") where deleted_at is null;
create index "assessment_scheme_created_at_id_idx" on "assessment_scheme" ("created_at", "id") where deleted_at is null;
create index "assessment_scheme_updated_at_id_idx" on "assessment_scheme" ("updated_at", "id") where deleted_at is null;
create unique index "assessment_scheme_name_unique" on "assessment_scheme" ("name") where deleted_at is null;
create index "assessment_scheme_deleted_at_idx" on "assessment_scheme" ("deleted_at") where deleted_at is not null;
-- Periods of assessment schemes that were closed, what superiors judged, and results as they were then (SAL-7).
create table assessment_period (
  scheme_id uuid not null,
  starts_on date not null,
  locked_at timestamptz,
  locked_by uuid,
  definition jsonb,
  primary key (scheme_id, starts_on)
);
create table assessment_judgement (
  scheme_id uuid not null,
  starts_on date not null,
  person_id uuid not null,
  indicator text not null,
  score numeric not null,
  note text,
  by_id uuid,
  at timestamptz not null default now(),
  primary key (scheme_id, starts_on, person_id, indicator)
);
create table assessment_result (
  id uuid primary key default uuidv7(),
  scheme_id uuid not null,
  starts_on date not null,
  person_id uuid not null,
  department_id uuid,
  scores jsonb not null,
  total numeric not null,
  level text,
  rank integer not null,
  state text not null default 'waiting',
  reason text,
  answer text,
  signed_at timestamptz,
  answered_by uuid,
  answered_at timestamptz,
  locked_at timestamptz not null,
  replaced_at timestamptz
);
-- Nobody has two results of a period: closing it twice at the same time is refused by the database too.
create unique index assessment_result_once on assessment_result (scheme_id, starts_on, person_id) where replaced_at is null;
create index assessment_result_waiting on assessment_result (person_id, state) where replaced_at is null;
