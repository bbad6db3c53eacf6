alter table "activity" add column "lead_id" uuid;
alter table "task" add column "lead_id" uuid;
create sequence "lead_number_seq";
create table "lead" (
  "id" uuid primary key default uuidv7(),
  "version" integer not null default 1,
  "deleted_at" timestamptz,
  "deleted_by" uuid,
  "number" text,
  "name" text,
  "name_key" text collate "C" not null default '',
  "company" text,
  "company_key" text collate "C" not null default '',
  "job_title" text,
  "phone" text,
  "email" text,
  "wechat" text,
  "province" text,
  "city" text,
  "consent" boolean,
  "source" text,
  "campaign" text,
  "product_ids" uuid[] not null default '{}',
  "remark" text,
  "status" text,
  "nurture_until" date,
  "reason" text,
  "reason_note" text,
  "owner_id" uuid,
  "department_id" uuid,
  "received_at" timestamptz,
  "responded_at" timestamptz,
  "customer_id" uuid,
  "contact_id" uuid,
  "opportunity_id" uuid,
  "converted_at" timestamptz,
  "created_at" timestamptz not null default now(),
  "created_by" uuid,
  "updated_at" timestamptz not null default now(),
  "updated_by" uuid
);
create index "lead_name_key_id_idx" on "lead" ("name_key", "id") where deleted_at is null;
create index "lead_name_idx" on "lead" ("name") where deleted_at is null and "name" is not null;
create index "lead_company_key_id_idx" on "lead" ("company_key", "id") where deleted_at is null;
create index "lead_company_idx" on "lead" ("company") where deleted_at is null and "company" is not null;
create index "lead_phone_idx" on "lead" ("phone") where deleted_at is null and "phone" is not null;
create index "lead_email_idx" on "lead" ("email") where deleted_at is null and "email" is not null;
create index "lead_province_idx" on "lead" ("province") where deleted_at is null and "province" is not null;
create index "lead_city_idx" on "lead" ("city") where deleted_at is null and "city" is not null;
create index "lead_source_idx" on "lead" ("source") where deleted_at is null and "source" is not null;
create index "lead_campaign_idx" on "lead" ("campaign") where deleted_at is null and "campaign" is not null;
create index "lead_product_ids_idx" on "lead" using gin ("product_ids") where deleted_at is null;
create index "lead_status_idx" on "lead" ("status") where deleted_at is null and "status" is not null;
create index "lead_nurture_until_id_idx" on "lead" ("nurture_until", "id") where deleted_at is null;
create index "lead_reason_idx" on "lead" ("reason") where deleted_at is null and "reason" is not null;
create index "lead_received_at_id_idx" on "lead" ("received_at", "id") where deleted_at is null;
create index "lead_responded_at_id_idx" on "lead" ("responded_at", "id") where deleted_at is null;
create index "lead_customer_id_idx" on "lead" ("customer_id") where deleted_at is null and "customer_id" is not null;
create index "lead_contact_id_idx" on "lead" ("contact_id") where deleted_at is null and "contact_id" is not null;
create index "lead_opportunity_id_idx" on "lead" ("opportunity_id") where deleted_at is null and "opportunity_id" is not null;
create index "lead_converted_at_id_idx" on "lead" ("converted_at", "id") where deleted_at is null;
create index "lead_created_at_id_idx" on "lead" ("created_at", "id") where deleted_at is null;
create index "lead_updated_at_id_idx" on "lead" ("updated_at", "id") where deleted_at is null;
create unique index "lead_number_unique" on "lead" ("number") where deleted_at is null;
create index "lead_owner_id_received_at_idx" on "lead" ("owner_id", "received_at") where deleted_at is null;
create index "lead_department_id_received_at_idx" on "lead" ("department_id", "received_at") where deleted_at is null;
create index "lead_owner_id_status_received_at_idx" on "lead" ("owner_id", "status", "received_at") where deleted_at is null;
create index "lead_deleted_at_idx" on "lead" ("deleted_at") where deleted_at is not null;
alter table "attachment" add column "lead_id" uuid;
-- What a conversion made and moved, for taking it back.
create table lead_conversion (
  lead_id uuid primary key,
  at timestamptz not null,
  by uuid,
  former jsonb not null,
  made jsonb not null,
  moved jsonb not null
);
