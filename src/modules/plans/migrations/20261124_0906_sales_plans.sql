-- 销售计划: what is to be sold by product, region, channel and month (SAL-9).
create sequence "sales_plan_number_seq";
create table "sales_plan" (
  "id" uuid primary key default uuidv7(),
  "version" integer not null default 1,
  "deleted_at" timestamptz,
  "deleted_by" uuid,
  "number" text,
  "name" text,
  "name_key" text collate "C" not null default '',
  "year" text,
  "starts_on" date,
  "status" text,
  "edition" integer,
  "previous_id" uuid,
  "amount" numeric,
  "amount_currency" text,
  "amount_base" numeric,
  "amount_rate" numeric,
  "amount_rate_date" date,
  "quantity" numeric,
  "approved_at" timestamptz,
  "remark" text,
  "owner_id" uuid,
  "department_id" uuid,
  "created_at" timestamptz not null default now(),
  "created_by" uuid,
  "updated_at" timestamptz not null default now(),
  "updated_by" uuid
);
create index "sales_plan_name_key_id_idx" on "sales_plan" ("name_key", "id") where deleted_at is null;
create index "sales_plan_name_idx" on "sales_plan" ("name") where deleted_at is null and "name" is not null;
create index "sales_plan_year_idx" on "sales_plan" ("year") where deleted_at is null and "year" is not null;
create index "sales_plan_starts_on_id_idx" on "sales_plan" ("starts_on", "id") where deleted_at is null;
create index "sales_plan_status_idx" on "sales_plan" ("status") where deleted_at is null and "status" is not null;
create index "sales_plan_previous_id_idx" on "sales_plan" ("previous_id") where deleted_at is null and "previous_id" is not null;
create index "sales_plan_amount_base_id_idx" on "sales_plan" ("amount_base", "id") where deleted_at is null;
create index "sales_plan_approved_at_idx" on "sales_plan" ("approved_at") where deleted_at is null and "approved_at" is not null;
create index "sales_plan_created_at_id_idx" on "sales_plan" ("created_at", "id") where deleted_at is null;
create index "sales_plan_updated_at_id_idx" on "sales_plan" ("updated_at", "id") where deleted_at is null;
create unique index "sales_plan_number_unique" on "sales_plan" ("number") where deleted_at is null;
create index "sales_plan_owner_id_starts_on_idx" on "sales_plan" ("owner_id", "starts_on") where deleted_at is null;
create index "sales_plan_department_id_starts_on_idx" on "sales_plan" ("department_id", "starts_on") where deleted_at is null;
create index "sales_plan_status_year_idx" on "sales_plan" ("status", "year") where deleted_at is null;
create index "sales_plan_deleted_at_idx" on "sales_plan" ("deleted_at") where deleted_at is not null;
create table "sales_plan_line" (
  "id" uuid primary key default uuidv7(),
  "version" integer not null default 1,
  "deleted_at" timestamptz,
  "deleted_by" uuid,
  "plan_id" uuid,
  "name" text,
  "product_id" uuid,
  "category_id" uuid,
  "area" text,
  "channel" text,
  "partner_id" uuid,
  "amount" numeric,
  "quantity" numeric,
  "amounts" jsonb,
  "quantities" jsonb,
  "remark" text,
  "position" integer,
  "owner_id" uuid,
  "department_id" uuid,
  "created_at" timestamptz not null default now(),
  "created_by" uuid,
  "updated_at" timestamptz not null default now(),
  "updated_by" uuid
);
create index "sales_plan_line_plan_id_idx" on "sales_plan_line" ("plan_id") where deleted_at is null and "plan_id" is not null;
create index "sales_plan_line_product_id_idx" on "sales_plan_line" ("product_id") where deleted_at is null and "product_id" is not null;
create index "sales_plan_line_category_id_idx" on "sales_plan_line" ("category_id") where deleted_at is null and "category_id" is not null;
create index "sales_plan_line_area_idx" on "sales_plan_line" ("area") where deleted_at is null and "area" is not null;
create index "sales_plan_line_channel_idx" on "sales_plan_line" ("channel") where deleted_at is null and "channel" is not null;
create index "sales_plan_line_partner_id_idx" on "sales_plan_line" ("partner_id") where deleted_at is null and "partner_id" is not null;
create index "sales_plan_line_created_at_id_idx" on "sales_plan_line" ("created_at", "id") where deleted_at is null;
create index "sales_plan_line_updated_at_id_idx" on "sales_plan_line" ("updated_at", "id") where deleted_at is null;
create index "sales_plan_line_owner_id_updated_at_idx" on "sales_plan_line" ("owner_id", "updated_at") where deleted_at is null;
create index "sales_plan_line_department_id_updated_at_idx" on "sales_plan_line" ("department_id", "updated_at") where deleted_at is null;
create index "sales_plan_line_plan_id_position_idx" on "sales_plan_line" ("plan_id", "position") where deleted_at is null;
create index "sales_plan_line_deleted_at_idx" on "sales_plan_line" ("deleted_at") where deleted_at is not null;
