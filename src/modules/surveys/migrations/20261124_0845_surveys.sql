-- Surveys, what they ask, and what somebody who is known answered.
create table "survey" (
  "id" uuid primary key default uuidv7(),
  "version" integer not null default 1,
  "deleted_at" timestamptz,
  "deleted_by" uuid,
  "name" text,
  "name_key" text collate "C" not null default '',
  "purpose" text,
  "status" text,
  "anonymous" boolean,
  "public_link" boolean,
  "opens_on" date,
  "closes_on" date,
  "heading" text,
  "intro" text,
  "thanks" text,
  "heading_english" text,
  "intro_english" text,
  "thanks_english" text,
  "key" text,
  "created_at" timestamptz not null default now(),
  "created_by" uuid,
  "updated_at" timestamptz not null default now(),
  "updated_by" uuid
);
create index "survey_name_key_id_idx" on "survey" ("name_key", "id") where deleted_at is null;
create index "survey_name_idx" on "survey" ("name") where deleted_at is null and "name" is not null;
create index "survey_purpose_idx" on "survey" ("purpose") where deleted_at is null and "purpose" is not null;
create index "survey_opens_on_idx" on "survey" ("opens_on") where deleted_at is null and "opens_on" is not null;
create index "survey_closes_on_id_idx" on "survey" ("closes_on", "id") where deleted_at is null;
create index "survey_created_at_id_idx" on "survey" ("created_at", "id") where deleted_at is null;
create index "survey_updated_at_id_idx" on "survey" ("updated_at", "id") where deleted_at is null;
create unique index "survey_key_unique" on "survey" ("key") where deleted_at is null;
create index "survey_deleted_at_idx" on "survey" ("deleted_at") where deleted_at is not null;
create table "survey_question" (
  "id" uuid primary key default uuidv7(),
  "version" integer not null default 1,
  "deleted_at" timestamptz,
  "deleted_by" uuid,
  "survey_id" uuid,
  "text" text,
  "kind" text,
  "mandatory" boolean,
  "choices" text[] not null default '{}',
  "lowest" integer,
  "highest" integer,
  "only_after" integer,
  "only_for" text[] not null default '{}',
  "text_english" text,
  "choices_english" text[] not null default '{}',
  "position" integer,
  "created_at" timestamptz not null default now(),
  "created_by" uuid,
  "updated_at" timestamptz not null default now(),
  "updated_by" uuid
);
create index "survey_question_survey_id_idx" on "survey_question" ("survey_id") where deleted_at is null and "survey_id" is not null;
create index "survey_question_created_at_id_idx" on "survey_question" ("created_at", "id") where deleted_at is null;
create index "survey_question_updated_at_id_idx" on "survey_question" ("updated_at", "id") where deleted_at is null;
create index "survey_question_survey_id_position_idx" on "survey_question" ("survey_id", "position") where deleted_at is null;
create index "survey_question_deleted_at_idx" on "survey_question" ("deleted_at") where deleted_at is not null;
create table "survey_answer" (
  "id" uuid primary key default uuidv7(),
  "version" integer not null default 1,
  "deleted_at" timestamptz,
  "deleted_by" uuid,
  "subject" text,
  "survey_id" uuid,
  "customer_id" uuid,
  "contact_id" uuid,
  "answered_at" timestamptz,
  "score" numeric,
  "content" text,
  "owner_id" uuid,
  "department_id" uuid,
  "created_at" timestamptz not null default now(),
  "created_by" uuid,
  "updated_at" timestamptz not null default now(),
  "updated_by" uuid,
  "root_owner_id" uuid
);
create index "survey_answer_subject_idx" on "survey_answer" ("subject") where deleted_at is null and "subject" is not null;
create index "survey_answer_survey_id_idx" on "survey_answer" ("survey_id") where deleted_at is null and "survey_id" is not null;
create index "survey_answer_customer_id_idx" on "survey_answer" ("customer_id") where deleted_at is null and "customer_id" is not null;
create index "survey_answer_contact_id_idx" on "survey_answer" ("contact_id") where deleted_at is null and "contact_id" is not null;
create index "survey_answer_answered_at_id_idx" on "survey_answer" ("answered_at", "id") where deleted_at is null;
create index "survey_answer_score_id_idx" on "survey_answer" ("score", "id") where deleted_at is null;
create index "survey_answer_created_at_id_idx" on "survey_answer" ("created_at", "id") where deleted_at is null;
create index "survey_answer_updated_at_id_idx" on "survey_answer" ("updated_at", "id") where deleted_at is null;
create index "survey_answer_owner_id_answered_at_idx" on "survey_answer" ("owner_id", "answered_at") where deleted_at is null;
create index "survey_answer_department_id_answered_at_idx" on "survey_answer" ("department_id", "answered_at") where deleted_at is null;
create index "survey_answer_root_owner_id_answered_at_idx" on "survey_answer" ("root_owner_id", "answered_at") where deleted_at is null;
create index "survey_answer_deleted_at_idx" on "survey_answer" ("deleted_at") where deleted_at is not null;
