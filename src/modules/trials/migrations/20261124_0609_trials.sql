-- What of ours is with customers to be looked at, tried or used for a while.
create sequence "trial_number_seq";
create table "trial" (
  "id" uuid primary key default uuidv7(),
  "version" integer not null default 1,
  "deleted_at" timestamptz,
  "deleted_by" uuid,
  "number" text,
  "name" text,
  "name_key" text collate "C" not null default '',
  "kind" text,
  "customer_id" uuid,
  "contact_id" uuid,
  "opportunity_id" uuid,
  "product_id" uuid,
  "quantity" numeric,
  "unit" text,
  "serial_number" text,
  "status" text,
  "out_on" date,
  "workdays" integer,
  "due_on" date,
  "value" numeric,
  "value_currency" text,
  "value_base" numeric,
  "value_rate" numeric,
  "value_rate_date" date,
  "cost" numeric,
  "cost_currency" text,
  "cost_base" numeric,
  "cost_rate" numeric,
  "cost_rate_date" date,
  "closed_on" date,
  "result" text,
  "evaluation" text,
  "order_id" uuid,
  "remark" text,
  "owner_id" uuid,
  "department_id" uuid,
  "created_at" timestamptz not null default now(),
  "created_by" uuid,
  "updated_at" timestamptz not null default now(),
  "updated_by" uuid,
  "root_owner_id" uuid
);
create index "trial_name_key_id_idx" on "trial" ("name_key", "id") where deleted_at is null;
create index "trial_name_idx" on "trial" ("name") where deleted_at is null and "name" is not null;
create index "trial_customer_id_idx" on "trial" ("customer_id") where deleted_at is null and "customer_id" is not null;
create index "trial_contact_id_idx" on "trial" ("contact_id") where deleted_at is null and "contact_id" is not null;
create index "trial_opportunity_id_idx" on "trial" ("opportunity_id") where deleted_at is null and "opportunity_id" is not null;
create index "trial_product_id_idx" on "trial" ("product_id") where deleted_at is null and "product_id" is not null;
create index "trial_serial_number_idx" on "trial" ("serial_number") where deleted_at is null and "serial_number" is not null;
create index "trial_status_idx" on "trial" ("status") where deleted_at is null and "status" is not null;
create index "trial_out_on_id_idx" on "trial" ("out_on", "id") where deleted_at is null;
create index "trial_due_on_id_idx" on "trial" ("due_on", "id") where deleted_at is null;
create index "trial_value_idx" on "trial" ("value") where deleted_at is null and "value" is not null;
create index "trial_cost_idx" on "trial" ("cost") where deleted_at is null and "cost" is not null;
create index "trial_closed_on_id_idx" on "trial" ("closed_on", "id") where deleted_at is null;
create index "trial_result_idx" on "trial" ("result") where deleted_at is null and "result" is not null;
create index "trial_order_id_idx" on "trial" ("order_id") where deleted_at is null and "order_id" is not null;
create index "trial_created_at_id_idx" on "trial" ("created_at", "id") where deleted_at is null;
create index "trial_updated_at_id_idx" on "trial" ("updated_at", "id") where deleted_at is null;
create unique index "trial_number_unique" on "trial" ("number") where deleted_at is null;
create index "trial_owner_id_created_at_idx" on "trial" ("owner_id", "created_at") where deleted_at is null;
create index "trial_department_id_created_at_idx" on "trial" ("department_id", "created_at") where deleted_at is null;
create index "trial_root_owner_id_created_at_idx" on "trial" ("root_owner_id", "created_at") where deleted_at is null;
create index "trial_owner_id_status_due_on_idx" on "trial" ("owner_id", "status", "due_on") where deleted_at is null;
create index "trial_status_due_on_idx" on "trial" ("status", "due_on") where deleted_at is null;
create index "trial_deleted_at_idx" on "trial" ("deleted_at") where deleted_at is not null;
