alter table "customer_fact" add column "next_birthday" date;
create index "customer_fact_next_birthday_idx" on "customer_fact" ("next_birthday", "id") where "next_birthday" is not null;
create table "contact_fact" (
  "id" uuid primary key references "contact" on delete cascade,
  "next_birthday" date
) with (fillfactor = 80);
create index "contact_fact_next_birthday_idx" on "contact_fact" ("next_birthday", "id") where "next_birthday" is not null;
create table "care_plan" (
  "id" uuid primary key default uuidv7(),
  "version" integer not null default 1,
  "deleted_at" timestamptz,
  "deleted_by" uuid,
  "name" text,
  "name_key" text collate "C" not null default '',
  "occasion" text,
  "festival" text,
  "action" text,
  "grades" text,
  "segment_id" uuid,
  "lead_days" integer,
  "assignee_id" uuid,
  "text" text,
  "active" boolean,
  "created_at" timestamptz not null default now(),
  "created_by" uuid,
  "updated_at" timestamptz not null default now(),
  "updated_by" uuid
);
create index "care_plan_name_key_id_idx" on "care_plan" ("name_key", "id") where deleted_at is null;
create index "care_plan_name_idx" on "care_plan" ("name") where deleted_at is null and "name" is not null;
create index "care_plan_occasion_idx" on "care_plan" ("occasion") where deleted_at is null and "occasion" is not null;
create index "care_plan_festival_idx" on "care_plan" ("festival") where deleted_at is null and "festival" is not null;
create index "care_plan_action_idx" on "care_plan" ("action") where deleted_at is null and "action" is not null;
create index "care_plan_segment_id_idx" on "care_plan" ("segment_id") where deleted_at is null and "segment_id" is not null;
create index "care_plan_assignee_id_idx" on "care_plan" ("assignee_id") where deleted_at is null and "assignee_id" is not null;
create index "care_plan_created_at_id_idx" on "care_plan" ("created_at", "id") where deleted_at is null;
create index "care_plan_updated_at_id_idx" on "care_plan" ("updated_at", "id") where deleted_at is null;
create index "care_plan_deleted_at_idx" on "care_plan" ("deleted_at") where deleted_at is not null;
create table "care_item" (
  "id" uuid primary key default uuidv7(),
  "version" integer not null default 1,
  "deleted_at" timestamptz,
  "deleted_by" uuid,
  "subject" text,
  "customer_id" uuid,
  "contact_id" uuid,
  "occasion" text,
  "occasion_on" date,
  "due_date" date,
  "action" text,
  "text" text,
  "status" text,
  "late" boolean,
  "done_at" timestamptz,
  "done_by_id" uuid,
  "plan_id" uuid,
  "owner_id" uuid,
  "department_id" uuid,
  "created_at" timestamptz not null default now(),
  "created_by" uuid,
  "updated_at" timestamptz not null default now(),
  "updated_by" uuid,
  "root_owner_id" uuid
);
create index "care_item_customer_id_idx" on "care_item" ("customer_id") where deleted_at is null and "customer_id" is not null;
create index "care_item_contact_id_idx" on "care_item" ("contact_id") where deleted_at is null and "contact_id" is not null;
create index "care_item_occasion_idx" on "care_item" ("occasion") where deleted_at is null and "occasion" is not null;
create index "care_item_occasion_on_id_idx" on "care_item" ("occasion_on", "id") where deleted_at is null;
create index "care_item_due_date_id_idx" on "care_item" ("due_date", "id") where deleted_at is null;
create index "care_item_action_idx" on "care_item" ("action") where deleted_at is null and "action" is not null;
create index "care_item_status_idx" on "care_item" ("status") where deleted_at is null and "status" is not null;
create index "care_item_done_at_id_idx" on "care_item" ("done_at", "id") where deleted_at is null;
create index "care_item_done_by_id_idx" on "care_item" ("done_by_id") where deleted_at is null and "done_by_id" is not null;
create index "care_item_plan_id_idx" on "care_item" ("plan_id") where deleted_at is null and "plan_id" is not null;
create index "care_item_created_at_id_idx" on "care_item" ("created_at", "id") where deleted_at is null;
create index "care_item_updated_at_id_idx" on "care_item" ("updated_at", "id") where deleted_at is null;
create index "care_item_owner_id_occasion_on_idx" on "care_item" ("owner_id", "occasion_on") where deleted_at is null;
create index "care_item_department_id_occasion_on_idx" on "care_item" ("department_id", "occasion_on") where deleted_at is null;
create index "care_item_root_owner_id_occasion_on_idx" on "care_item" ("root_owner_id", "occasion_on") where deleted_at is null;
create index "care_item_owner_id_status_occasion_on_idx" on "care_item" ("owner_id", "status", "occasion_on") where deleted_at is null;
create index "care_item_deleted_at_idx" on "care_item" ("deleted_at") where deleted_at is not null;
create table "remembered_fact" (
  "id" uuid primary key default uuidv7(),
  "version" integer not null default 1,
  "deleted_at" timestamptz,
  "deleted_by" uuid,
  "text" text,
  "customer_id" uuid,
  "contact_id" uuid,
  "kind" text,
  "day" text,
  "yearly" boolean,
  "remind" boolean,
  "owner_id" uuid,
  "department_id" uuid,
  "created_at" timestamptz not null default now(),
  "created_by" uuid,
  "updated_at" timestamptz not null default now(),
  "updated_by" uuid,
  "root_owner_id" uuid
);
create index "remembered_fact_text_idx" on "remembered_fact" ("text") where deleted_at is null and "text" is not null;
create index "remembered_fact_customer_id_idx" on "remembered_fact" ("customer_id") where deleted_at is null and "customer_id" is not null;
create index "remembered_fact_contact_id_idx" on "remembered_fact" ("contact_id") where deleted_at is null and "contact_id" is not null;
create index "remembered_fact_kind_idx" on "remembered_fact" ("kind") where deleted_at is null and "kind" is not null;
create index "remembered_fact_created_at_id_idx" on "remembered_fact" ("created_at", "id") where deleted_at is null;
create index "remembered_fact_updated_at_id_idx" on "remembered_fact" ("updated_at", "id") where deleted_at is null;
create index "remembered_fact_owner_id_updated_at_idx" on "remembered_fact" ("owner_id", "updated_at") where deleted_at is null;
create index "remembered_fact_department_id_updated_at_idx" on "remembered_fact" ("department_id", "updated_at") where deleted_at is null;
create index "remembered_fact_root_owner_id_updated_at_idx" on "remembered_fact" ("root_owner_id", "updated_at") where deleted_at is null;
create index "remembered_fact_deleted_at_idx" on "remembered_fact" ("deleted_at") where deleted_at is not null;
create table "remembered_fact_fact" (
  "id" uuid primary key references "remembered_fact" on delete cascade,
  "next_on" date
) with (fillfactor = 80);
create index "remembered_fact_fact_next_on_idx" on "remembered_fact_fact" ("next_on", "id") where "next_on" is not null;
create sequence "hospitality_number_seq";
create table "hospitality" (
  "id" uuid primary key default uuidv7(),
  "version" integer not null default 1,
  "deleted_at" timestamptz,
  "deleted_by" uuid,
  "number" text,
  "subject" text,
  "customer_id" uuid,
  "kind" text,
  "amount" numeric,
  "amount_currency" text,
  "amount_base" numeric,
  "amount_rate" numeric,
  "amount_rate_date" date,
  "date" date,
  "contact_ids" uuid[] not null default '{}',
  "people_ids" uuid[] not null default '{}',
  "spent_by_id" uuid,
  "purpose" text,
  "status" text,
  "cap_state" text,
  "decided_at" timestamptz,
  "paid_at" timestamptz,
  "owner_id" uuid,
  "department_id" uuid,
  "created_at" timestamptz not null default now(),
  "created_by" uuid,
  "updated_at" timestamptz not null default now(),
  "updated_by" uuid,
  "root_owner_id" uuid
);
create index "hospitality_customer_id_idx" on "hospitality" ("customer_id") where deleted_at is null and "customer_id" is not null;
create index "hospitality_kind_idx" on "hospitality" ("kind") where deleted_at is null and "kind" is not null;
create index "hospitality_amount_base_id_idx" on "hospitality" ("amount_base", "id") where deleted_at is null;
create index "hospitality_date_id_idx" on "hospitality" ("date", "id") where deleted_at is null;
create index "hospitality_contact_ids_idx" on "hospitality" using gin ("contact_ids") where deleted_at is null;
create index "hospitality_people_ids_idx" on "hospitality" using gin ("people_ids") where deleted_at is null;
create index "hospitality_spent_by_id_idx" on "hospitality" ("spent_by_id") where deleted_at is null and "spent_by_id" is not null;
create index "hospitality_status_idx" on "hospitality" ("status") where deleted_at is null and "status" is not null;
create index "hospitality_decided_at_idx" on "hospitality" ("decided_at") where deleted_at is null and "decided_at" is not null;
create index "hospitality_paid_at_idx" on "hospitality" ("paid_at") where deleted_at is null and "paid_at" is not null;
create index "hospitality_created_at_id_idx" on "hospitality" ("created_at", "id") where deleted_at is null;
create index "hospitality_updated_at_id_idx" on "hospitality" ("updated_at", "id") where deleted_at is null;
create unique index "hospitality_number_unique" on "hospitality" ("number") where deleted_at is null;
create index "hospitality_owner_id_date_idx" on "hospitality" ("owner_id", "date") where deleted_at is null;
create index "hospitality_department_id_date_idx" on "hospitality" ("department_id", "date") where deleted_at is null;
create index "hospitality_root_owner_id_date_idx" on "hospitality" ("root_owner_id", "date") where deleted_at is null;
create index "hospitality_customer_id_date_idx" on "hospitality" ("customer_id", "date") where deleted_at is null;
create index "hospitality_deleted_at_idx" on "hospitality" ("deleted_at") where deleted_at is not null;

-- One day of one person: taken once for what is planned, once for what is sent. Outlives what it was taken for.
create table care_day (
  person_id uuid not null,
  day date not null,
  use text not null check (use in ('planned', 'sent')),
  item_id uuid,
  primary key (person_id, day, use)
);
create index care_day_item_idx on care_day (item_id) where item_id is not null;

create table care_preference (
  record_id uuid primary key,
  off boolean not null,
  festivals text[],
  updated_by uuid,
  updated_at timestamptz not null default now()
);

create table care_closeness (
  customer_id uuid not null references customer on delete cascade,
  user_id uuid not null,
  since date not null,
  reasons jsonb not null,
  primary key (customer_id, user_id)
);
