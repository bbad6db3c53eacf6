-- 销售目标: what people, departments and the company are to achieve (SAL-7).
create table "sales_target" (
  "id" uuid primary key default uuidv7(),
  "version" integer not null default 1,
  "deleted_at" timestamptz,
  "deleted_by" uuid,
  "name" text,
  "name_key" text collate "C" not null default '',
  "measure" text,
  "team_id" uuid,
  "period" text,
  "starts_on" date,
  "amount" numeric,
  "product_id" uuid,
  "category_id" uuid,
  "province" text,
  "remark" text,
  "aim" text,
  "owner_id" uuid,
  "department_id" uuid,
  "created_at" timestamptz not null default now(),
  "created_by" uuid,
  "updated_at" timestamptz not null default now(),
  "updated_by" uuid
);
create index "sales_target_name_key_id_idx" on "sales_target" ("name_key", "id") where deleted_at is null;
create index "sales_target_name_idx" on "sales_target" ("name") where deleted_at is null and "name" is not null;
create index "sales_target_measure_idx" on "sales_target" ("measure") where deleted_at is null and "measure" is not null;
create index "sales_target_team_id_idx" on "sales_target" ("team_id") where deleted_at is null and "team_id" is not null;
create index "sales_target_starts_on_id_idx" on "sales_target" ("starts_on", "id") where deleted_at is null;
create index "sales_target_amount_id_idx" on "sales_target" ("amount", "id") where deleted_at is null;
create index "sales_target_product_id_idx" on "sales_target" ("product_id") where deleted_at is null and "product_id" is not null;
create index "sales_target_category_id_idx" on "sales_target" ("category_id") where deleted_at is null and "category_id" is not null;
create index "sales_target_province_idx" on "sales_target" ("province") where deleted_at is null and "province" is not null;
create index "sales_target_created_at_id_idx" on "sales_target" ("created_at", "id") where deleted_at is null;
create index "sales_target_updated_at_id_idx" on "sales_target" ("updated_at", "id") where deleted_at is null;
create unique index "sales_target_aim_unique" on "sales_target" ("aim") where deleted_at is null;
create index "sales_target_owner_id_starts_on_idx" on "sales_target" ("owner_id", "starts_on") where deleted_at is null;
create index "sales_target_department_id_starts_on_idx" on "sales_target" ("department_id", "starts_on") where deleted_at is null;
create index "sales_target_measure_starts_on_idx" on "sales_target" ("measure", "starts_on") where deleted_at is null;
create index "sales_target_deleted_at_idx" on "sales_target" ("deleted_at") where deleted_at is not null;
