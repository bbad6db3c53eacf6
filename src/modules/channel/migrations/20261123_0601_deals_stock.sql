-- Registered deals, and what partners say of their stock.
create sequence "deal_registration_number_seq";
create table "deal_registration" (
  "id" uuid primary key default uuidv7(),
  "version" integer not null default 1,
  "deleted_at" timestamptz,
  "deleted_by" uuid,
  "number" text,
  "name" text,
  "name_key" text collate "C" not null default '',
  "partner_id" uuid,
  "contact_name" text,
  "phone" text,
  "tax_number" text,
  "region" text,
  "product_ids" uuid[] not null default '{}',
  "amount" numeric,
  "amount_currency" text,
  "amount_base" numeric,
  "amount_rate" numeric,
  "amount_rate_date" date,
  "close_date" date,
  "description" text,
  "status" text,
  "protected_until" date,
  "registrant_id" uuid,
  "reason" text,
  "decided_at" timestamptz,
  "customer_id" uuid,
  "opportunity_id" uuid,
  "match_name" text,
  "owner_id" uuid,
  "department_id" uuid,
  "created_at" timestamptz not null default now(),
  "created_by" uuid,
  "updated_at" timestamptz not null default now(),
  "updated_by" uuid
);
create index "deal_registration_name_key_id_idx" on "deal_registration" ("name_key", "id") where deleted_at is null;
create index "deal_registration_name_idx" on "deal_registration" ("name") where deleted_at is null and "name" is not null;
create index "deal_registration_partner_id_idx" on "deal_registration" ("partner_id") where deleted_at is null and "partner_id" is not null;
create index "deal_registration_phone_idx" on "deal_registration" ("phone") where deleted_at is null and "phone" is not null;
create index "deal_registration_tax_number_idx" on "deal_registration" ("tax_number") where deleted_at is null and "tax_number" is not null;
create index "deal_registration_region_idx" on "deal_registration" ("region") where deleted_at is null and "region" is not null;
create index "deal_registration_amount_base_id_idx" on "deal_registration" ("amount_base", "id") where deleted_at is null;
create index "deal_registration_close_date_id_idx" on "deal_registration" ("close_date", "id") where deleted_at is null;
create index "deal_registration_status_idx" on "deal_registration" ("status") where deleted_at is null and "status" is not null;
create index "deal_registration_protected_until_id_idx" on "deal_registration" ("protected_until", "id") where deleted_at is null;
create index "deal_registration_registrant_id_idx" on "deal_registration" ("registrant_id") where deleted_at is null and "registrant_id" is not null;
create index "deal_registration_decided_at_idx" on "deal_registration" ("decided_at") where deleted_at is null and "decided_at" is not null;
create index "deal_registration_customer_id_idx" on "deal_registration" ("customer_id") where deleted_at is null and "customer_id" is not null;
create index "deal_registration_opportunity_id_idx" on "deal_registration" ("opportunity_id") where deleted_at is null and "opportunity_id" is not null;
create index "deal_registration_created_at_id_idx" on "deal_registration" ("created_at", "id") where deleted_at is null;
create index "deal_registration_updated_at_id_idx" on "deal_registration" ("updated_at", "id") where deleted_at is null;
create unique index "deal_registration_number_unique" on "deal_registration" ("number") where deleted_at is null;
create index "deal_registration_owner_id_updated_at_idx" on "deal_registration" ("owner_id", "updated_at") where deleted_at is null;
create index "deal_registration_department_id_updated_at_idx" on "deal_registration" ("department_id", "updated_at") where deleted_at is null;
create index "deal_registration_deleted_at_idx" on "deal_registration" ("deleted_at") where deleted_at is not null;
create table "stock_declaration" (
  "id" uuid primary key default uuidv7(),
  "version" integer not null default 1,
  "deleted_at" timestamptz,
  "deleted_by" uuid,
  "name" text,
  "partner_id" uuid,
  "month" text,
  "month_key" text collate "C" not null default '',
  "product_id" uuid,
  "opening" numeric,
  "inflow" numeric,
  "outflow" numeric,
  "closing" numeric,
  "remark" text,
  "owner_id" uuid,
  "department_id" uuid,
  "created_at" timestamptz not null default now(),
  "created_by" uuid,
  "updated_at" timestamptz not null default now(),
  "updated_by" uuid
);
create index "stock_declaration_partner_id_idx" on "stock_declaration" ("partner_id") where deleted_at is null and "partner_id" is not null;
create index "stock_declaration_month_key_id_idx" on "stock_declaration" ("month_key", "id") where deleted_at is null;
create index "stock_declaration_month_idx" on "stock_declaration" ("month") where deleted_at is null and "month" is not null;
create index "stock_declaration_product_id_idx" on "stock_declaration" ("product_id") where deleted_at is null and "product_id" is not null;
create index "stock_declaration_created_at_id_idx" on "stock_declaration" ("created_at", "id") where deleted_at is null;
create index "stock_declaration_updated_at_id_idx" on "stock_declaration" ("updated_at", "id") where deleted_at is null;
create unique index "stock_declaration_partner_id_month_product_id_unique" on "stock_declaration" ("partner_id", "month", "product_id") where deleted_at is null;
create index "stock_declaration_owner_id_month_key_idx" on "stock_declaration" ("owner_id", "month_key") where deleted_at is null;
create index "stock_declaration_department_id_month_key_idx" on "stock_declaration" ("department_id", "month_key") where deleted_at is null;
create index "stock_declaration_deleted_at_idx" on "stock_declaration" ("deleted_at") where deleted_at is not null
;
create index "deal_registration_match" on "deal_registration" ("match_name") where deleted_at is null and status in ('submitted', 'approved');
