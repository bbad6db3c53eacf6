-- Tags, customers and their people. Columns and indexes follow the declarations; doctor and a test compare them.
create sequence "customer_number_seq";
create table "customer" (
  "id" uuid primary key default uuidv7(),
  "version" integer not null default 1,
  "deleted_at" timestamptz,
  "deleted_by" uuid,
  "number" text,
  "name" text,
  "name_key" text collate "C" not null default '',
  "kind" text,
  "phone" text,
  "other_phones" text[] not null default '{}',
  "email" text,
  "wechat" text,
  "website" text,
  "country" text,
  "province" text,
  "city" text,
  "district" text,
  "address" text,
  "address_invalid" boolean,
  "tax_number" text,
  "industry" text,
  "size" text,
  "employees" integer,
  "annual_revenue" numeric,
  "annual_revenue_currency" text,
  "annual_revenue_base" numeric,
  "annual_revenue_rate" numeric,
  "annual_revenue_rate_date" date,
  "founded_year" integer,
  "sex" text,
  "birthday" text,
  "occupation" text,
  "source" text,
  "parent_id" uuid,
  "tag_ids" uuid[] not null default '{}',
  "owner_id" uuid,
  "department_id" uuid,
  "remark" text,
  "completeness" integer,
  "created_at" timestamptz not null default now(),
  "created_by" uuid,
  "updated_at" timestamptz not null default now(),
  "updated_by" uuid
);
create index "customer_name_key_id_idx" on "customer" ("name_key", "id") where deleted_at is null;
create index "customer_name_idx" on "customer" ("name") where deleted_at is null and "name" is not null;
create index "customer_phone_idx" on "customer" ("phone") where deleted_at is null and "phone" is not null;
create index "customer_email_idx" on "customer" ("email") where deleted_at is null and "email" is not null;
create index "customer_province_idx" on "customer" ("province") where deleted_at is null and "province" is not null;
create index "customer_city_idx" on "customer" ("city") where deleted_at is null and "city" is not null;
create index "customer_tax_number_idx" on "customer" ("tax_number") where deleted_at is null and "tax_number" is not null;
create index "customer_industry_idx" on "customer" ("industry") where deleted_at is null and "industry" is not null;
create index "customer_size_idx" on "customer" ("size") where deleted_at is null and "size" is not null;
create index "customer_employees_idx" on "customer" ("employees") where deleted_at is null and "employees" is not null;
create index "customer_annual_revenue_idx" on "customer" ("annual_revenue") where deleted_at is null and "annual_revenue" is not null;
create index "customer_source_idx" on "customer" ("source") where deleted_at is null and "source" is not null;
create index "customer_parent_id_idx" on "customer" ("parent_id") where deleted_at is null and "parent_id" is not null;
create index "customer_tag_ids_idx" on "customer" using gin ("tag_ids") where deleted_at is null;
create index "customer_completeness_idx" on "customer" ("completeness") where deleted_at is null and "completeness" is not null;
create index "customer_created_at_id_idx" on "customer" ("created_at", "id") where deleted_at is null;
create index "customer_updated_at_id_idx" on "customer" ("updated_at", "id") where deleted_at is null;
create unique index "customer_number_unique" on "customer" ("number") where deleted_at is null;
create index "customer_owner_id_updated_at_idx" on "customer" ("owner_id", "updated_at") where deleted_at is null;
create index "customer_department_id_updated_at_idx" on "customer" ("department_id", "updated_at") where deleted_at is null;
create index "customer_deleted_at_idx" on "customer" ("deleted_at") where deleted_at is not null;


create table "contact" (
  "id" uuid primary key default uuidv7(),
  "version" integer not null default 1,
  "deleted_at" timestamptz,
  "deleted_by" uuid,
  "name" text,
  "name_key" text collate "C" not null default '',
  "customer_id" uuid,
  "job_title" text,
  "unit" text,
  "primary" boolean,
  "left" boolean,
  "phone" text,
  "other_phones" text[] not null default '{}',
  "email" text,
  "wechat" text,
  "other_customer_ids" uuid[] not null default '{}',
  "tag_ids" uuid[] not null default '{}',
  "sex" text,
  "birthday" text,
  "family" text,
  "remark" text,
  "owner_id" uuid,
  "department_id" uuid,
  "created_at" timestamptz not null default now(),
  "created_by" uuid,
  "updated_at" timestamptz not null default now(),
  "updated_by" uuid,
  "root_owner_id" uuid
);
create index "contact_name_key_id_idx" on "contact" ("name_key", "id") where deleted_at is null;
create index "contact_name_idx" on "contact" ("name") where deleted_at is null and "name" is not null;
create index "contact_customer_id_idx" on "contact" ("customer_id") where deleted_at is null and "customer_id" is not null;
create index "contact_phone_idx" on "contact" ("phone") where deleted_at is null and "phone" is not null;
create index "contact_email_idx" on "contact" ("email") where deleted_at is null and "email" is not null;
create index "contact_other_customer_ids_idx" on "contact" using gin ("other_customer_ids") where deleted_at is null;
create index "contact_tag_ids_idx" on "contact" using gin ("tag_ids") where deleted_at is null;
create index "contact_created_at_id_idx" on "contact" ("created_at", "id") where deleted_at is null;
create index "contact_updated_at_id_idx" on "contact" ("updated_at", "id") where deleted_at is null;
create index "contact_owner_id_updated_at_idx" on "contact" ("owner_id", "updated_at") where deleted_at is null;
create index "contact_department_id_updated_at_idx" on "contact" ("department_id", "updated_at") where deleted_at is null;
create index "contact_root_owner_id_updated_at_idx" on "contact" ("root_owner_id", "updated_at") where deleted_at is null;
create index "contact_deleted_at_idx" on "contact" ("deleted_at") where deleted_at is not null;


create table "tag" (
  "id" uuid primary key default uuidv7(),
  "version" integer not null default 1,
  "deleted_at" timestamptz,
  "deleted_by" uuid,
  "name" text,
  "name_key" text collate "C" not null default '',
  "color" text,
  "remark" text,
  "created_at" timestamptz not null default now(),
  "created_by" uuid,
  "updated_at" timestamptz not null default now(),
  "updated_by" uuid
);
create index "tag_name_key_id_idx" on "tag" ("name_key", "id") where deleted_at is null;
create index "tag_created_at_id_idx" on "tag" ("created_at", "id") where deleted_at is null;
create index "tag_updated_at_id_idx" on "tag" ("updated_at", "id") where deleted_at is null;
create unique index "tag_name_unique" on "tag" ("name") where deleted_at is null;
create index "tag_deleted_at_idx" on "tag" ("deleted_at") where deleted_at is not null;

