create sequence "cost_entry_number_seq";
create table "cost_entry" (
  "id" uuid primary key default uuidv7(),
  "version" integer not null default 1,
  "deleted_at" timestamptz,
  "deleted_by" uuid,
  "number" text,
  "subject" text,
  "customer_id" uuid,
  "kind" text,
  "phase" text,
  "amount" numeric,
  "amount_currency" text,
  "amount_base" numeric,
  "amount_rate" numeric,
  "amount_rate_date" date,
  "day" date,
  "person_id" uuid,
  "remark" text,
  "source" text,
  "cause_id" text,
  "owner_id" uuid,
  "department_id" uuid,
  "created_at" timestamptz not null default now(),
  "created_by" uuid,
  "updated_at" timestamptz not null default now(),
  "updated_by" uuid,
  "root_owner_id" uuid
);
create index "cost_entry_customer_id_idx" on "cost_entry" ("customer_id") where deleted_at is null and "customer_id" is not null;
create index "cost_entry_kind_idx" on "cost_entry" ("kind") where deleted_at is null and "kind" is not null;
create index "cost_entry_amount_base_id_idx" on "cost_entry" ("amount_base", "id") where deleted_at is null;
create index "cost_entry_day_id_idx" on "cost_entry" ("day", "id") where deleted_at is null;
create index "cost_entry_person_id_idx" on "cost_entry" ("person_id") where deleted_at is null and "person_id" is not null;
create index "cost_entry_source_idx" on "cost_entry" ("source") where deleted_at is null and "source" is not null;
create index "cost_entry_created_at_id_idx" on "cost_entry" ("created_at", "id") where deleted_at is null;
create index "cost_entry_updated_at_id_idx" on "cost_entry" ("updated_at", "id") where deleted_at is null;
create unique index "cost_entry_source_cause_id_unique" on "cost_entry" ("source", "cause_id") where deleted_at is null;
create unique index "cost_entry_number_unique" on "cost_entry" ("number") where deleted_at is null;
create index "cost_entry_owner_id_day_idx" on "cost_entry" ("owner_id", "day") where deleted_at is null;
create index "cost_entry_department_id_day_idx" on "cost_entry" ("department_id", "day") where deleted_at is null;
create index "cost_entry_root_owner_id_day_idx" on "cost_entry" ("root_owner_id", "day") where deleted_at is null;
create index "cost_entry_customer_id_day_idx" on "cost_entry" ("customer_id", "day") where deleted_at is null;
create index "cost_entry_day_customer_id_idx" on "cost_entry" ("day", "customer_id") where deleted_at is null;
create index "cost_entry_deleted_at_idx" on "cost_entry" ("deleted_at") where deleted_at is not null;
create table "value_judgement" (
  "id" uuid primary key default uuidv7(),
  "version" integer not null default 1,
  "deleted_at" timestamptz,
  "deleted_by" uuid,
  "customer_id" uuid,
  "day" date,
  "influence" integer,
  "showcase" text[] not null default '{}',
  "word_of_mouth" integer,
  "reason" text,
  "owner_id" uuid,
  "department_id" uuid,
  "created_at" timestamptz not null default now(),
  "created_by" uuid,
  "updated_at" timestamptz not null default now(),
  "updated_by" uuid,
  "root_owner_id" uuid
);
create index "value_judgement_customer_id_idx" on "value_judgement" ("customer_id") where deleted_at is null and "customer_id" is not null;
create index "value_judgement_day_id_idx" on "value_judgement" ("day", "id") where deleted_at is null;
create index "value_judgement_influence_idx" on "value_judgement" ("influence") where deleted_at is null and "influence" is not null;
create index "value_judgement_showcase_idx" on "value_judgement" using gin ("showcase") where deleted_at is null;
create index "value_judgement_word_of_mouth_idx" on "value_judgement" ("word_of_mouth") where deleted_at is null and "word_of_mouth" is not null;
create index "value_judgement_created_at_id_idx" on "value_judgement" ("created_at", "id") where deleted_at is null;
create index "value_judgement_updated_at_id_idx" on "value_judgement" ("updated_at", "id") where deleted_at is null;
create unique index "value_judgement_customer_id_day_unique" on "value_judgement" ("customer_id", "day") where deleted_at is null;
create index "value_judgement_owner_id_day_idx" on "value_judgement" ("owner_id", "day") where deleted_at is null;
create index "value_judgement_department_id_day_idx" on "value_judgement" ("department_id", "day") where deleted_at is null;
create index "value_judgement_root_owner_id_day_idx" on "value_judgement" ("root_owner_id", "day") where deleted_at is null;
create index "value_judgement_deleted_at_idx" on "value_judgement" ("deleted_at") where deleted_at is not null;
create table "referral" (
  "id" uuid primary key default uuidv7(),
  "version" integer not null default 1,
  "deleted_at" timestamptz,
  "deleted_by" uuid,
  "customer_id" uuid,
  "referred_id" uuid,
  "day" date,
  "note" text,
  "owner_id" uuid,
  "department_id" uuid,
  "created_at" timestamptz not null default now(),
  "created_by" uuid,
  "updated_at" timestamptz not null default now(),
  "updated_by" uuid,
  "root_owner_id" uuid
);
create index "referral_customer_id_idx" on "referral" ("customer_id") where deleted_at is null and "customer_id" is not null;
create index "referral_day_id_idx" on "referral" ("day", "id") where deleted_at is null;
create index "referral_created_at_id_idx" on "referral" ("created_at", "id") where deleted_at is null;
create index "referral_updated_at_id_idx" on "referral" ("updated_at", "id") where deleted_at is null;
create unique index "referral_referred_id_unique" on "referral" ("referred_id") where deleted_at is null;
create index "referral_owner_id_day_idx" on "referral" ("owner_id", "day") where deleted_at is null;
create index "referral_department_id_day_idx" on "referral" ("department_id", "day") where deleted_at is null;
create index "referral_root_owner_id_day_idx" on "referral" ("root_owner_id", "day") where deleted_at is null;
create index "referral_customer_id_day_idx" on "referral" ("customer_id", "day") where deleted_at is null;
create index "referral_deleted_at_idx" on "referral" ("deleted_at") where deleted_at is not null;

-- How costs are reckoned, from a day on.
create table cost_rule (
  valid_from date primary key,
  definition jsonb not null,
  updated_at timestamptz not null default now(),
  updated_by uuid
);
