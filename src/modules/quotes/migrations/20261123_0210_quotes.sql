create sequence "quote_number_seq";
create table "quote" (
  "id" uuid primary key default uuidv7(),
  "version" integer not null default 1,
  "deleted_at" timestamptz,
  "deleted_by" uuid,
  "number" text,
  "name" text,
  "name_key" text collate "C" not null default '',
  "customer_id" uuid,
  "contact_id" uuid,
  "opportunity_id" uuid,
  "date" date,
  "currency" text,
  "prices_include_tax" boolean,
  "deduction" numeric,
  "total" numeric,
  "total_currency" text,
  "total_base" numeric,
  "total_rate" numeric,
  "total_rate_date" date,
  "net" numeric,
  "net_currency" text,
  "net_base" numeric,
  "net_rate" numeric,
  "net_rate_date" date,
  "tax_amount" numeric,
  "tax_amount_currency" text,
  "tax_amount_base" numeric,
  "tax_amount_rate" numeric,
  "tax_amount_rate_date" date,
  "valid_until" date,
  "remark" text,
  "owner_id" uuid,
  "department_id" uuid,
  "created_at" timestamptz not null default now(),
  "created_by" uuid,
  "updated_at" timestamptz not null default now(),
  "updated_by" uuid,
  "root_owner_id" uuid
);
create index "quote_name_key_id_idx" on "quote" ("name_key", "id") where deleted_at is null;
create index "quote_name_idx" on "quote" ("name") where deleted_at is null and "name" is not null;
create index "quote_customer_id_idx" on "quote" ("customer_id") where deleted_at is null and "customer_id" is not null;
create index "quote_contact_id_idx" on "quote" ("contact_id") where deleted_at is null and "contact_id" is not null;
create index "quote_opportunity_id_idx" on "quote" ("opportunity_id") where deleted_at is null and "opportunity_id" is not null;
create index "quote_date_id_idx" on "quote" ("date", "id") where deleted_at is null;
create index "quote_currency_idx" on "quote" ("currency") where deleted_at is null and "currency" is not null;
create index "quote_total_base_id_idx" on "quote" ("total_base", "id") where deleted_at is null;
create index "quote_valid_until_id_idx" on "quote" ("valid_until", "id") where deleted_at is null;
create index "quote_created_at_id_idx" on "quote" ("created_at", "id") where deleted_at is null;
create index "quote_updated_at_id_idx" on "quote" ("updated_at", "id") where deleted_at is null;
create unique index "quote_number_unique" on "quote" ("number") where deleted_at is null;
create index "quote_owner_id_updated_at_idx" on "quote" ("owner_id", "updated_at") where deleted_at is null;
create index "quote_department_id_updated_at_idx" on "quote" ("department_id", "updated_at") where deleted_at is null;
create index "quote_root_owner_id_updated_at_idx" on "quote" ("root_owner_id", "updated_at") where deleted_at is null;
create index "quote_deleted_at_idx" on "quote" ("deleted_at") where deleted_at is not null;
create table "quote_line" (
  "id" uuid primary key default uuidv7(),
  "version" integer not null default 1,
  "deleted_at" timestamptz,
  "deleted_by" uuid,
  "quote_id" uuid,
  "customer_id" uuid,
  "product_id" uuid,
  "name" text,
  "specification" text,
  "unit" text,
  "quantity" numeric,
  "list_price" numeric,
  "price" numeric,
  "discount" numeric,
  "tax_rate" numeric,
  "gross" numeric,
  "gross_currency" text,
  "gross_base" numeric,
  "gross_rate" numeric,
  "gross_rate_date" date,
  "net" numeric,
  "net_currency" text,
  "net_base" numeric,
  "net_rate" numeric,
  "net_rate_date" date,
  "tax_amount" numeric,
  "tax_amount_currency" text,
  "tax_amount_base" numeric,
  "tax_amount_rate" numeric,
  "tax_amount_rate_date" date,
  "remark" text,
  "position" integer,
  "owner_id" uuid,
  "department_id" uuid,
  "created_at" timestamptz not null default now(),
  "created_by" uuid,
  "updated_at" timestamptz not null default now(),
  "updated_by" uuid,
  "root_owner_id" uuid
);
create index "quote_line_quote_id_idx" on "quote_line" ("quote_id") where deleted_at is null and "quote_id" is not null;
create index "quote_line_customer_id_idx" on "quote_line" ("customer_id") where deleted_at is null and "customer_id" is not null;
create index "quote_line_product_id_idx" on "quote_line" ("product_id") where deleted_at is null and "product_id" is not null;
create index "quote_line_created_at_id_idx" on "quote_line" ("created_at", "id") where deleted_at is null;
create index "quote_line_updated_at_id_idx" on "quote_line" ("updated_at", "id") where deleted_at is null;
create index "quote_line_owner_id_updated_at_idx" on "quote_line" ("owner_id", "updated_at") where deleted_at is null;
create index "quote_line_department_id_updated_at_idx" on "quote_line" ("department_id", "updated_at") where deleted_at is null;
create index "quote_line_root_owner_id_updated_at_idx" on "quote_line" ("root_owner_id", "updated_at") where deleted_at is null;
create index "quote_line_quote_id_position_idx" on "quote_line" ("quote_id", "position") where deleted_at is null;
create index "quote_line_deleted_at_idx" on "quote_line" ("deleted_at") where deleted_at is not null;
