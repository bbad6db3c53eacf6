create table "lead_channel" (
  "id" uuid primary key default uuidv7(),
  "version" integer not null default 1,
  "deleted_at" timestamptz,
  "deleted_by" uuid,
  "name" text,
  "kind" text,
  "active" boolean,
  "key" text,
  "secret_number" integer,
  "heading" text,
  "intro" text,
  "fields" text[] not null default '{}',
  "required" text[] not null default '{}',
  "product_ids" uuid[] not null default '{}',
  "consent_text" text,
  "thanks" text,
  "origins" text,
  "source" text,
  "campaign" text,
  "owner_id" uuid,
  "created_at" timestamptz not null default now(),
  "created_by" uuid,
  "updated_at" timestamptz not null default now(),
  "updated_by" uuid
);
create index "lead_channel_created_at_id_idx" on "lead_channel" ("created_at", "id") where deleted_at is null;
create index "lead_channel_updated_at_id_idx" on "lead_channel" ("updated_at", "id") where deleted_at is null;
create unique index "lead_channel_name_unique" on "lead_channel" ("name") where deleted_at is null;
create unique index "lead_channel_key_unique" on "lead_channel" ("key") where deleted_at is null;
create index "lead_channel_deleted_at_idx" on "lead_channel" ("deleted_at") where deleted_at is not null;
create table "inquiry" (
  "id" uuid primary key default uuidv7(),
  "version" integer not null default 1,
  "deleted_at" timestamptz,
  "deleted_by" uuid,
  "subject" text,
  "content" text,
  "lead_id" uuid,
  "customer_id" uuid,
  "contact_id" uuid,
  "channel_id" uuid,
  "source" text,
  "campaign" text,
  "page" text,
  "received_at" timestamptz,
  "consent_text" text,
  "owner_id" uuid,
  "department_id" uuid,
  "created_at" timestamptz not null default now(),
  "created_by" uuid,
  "updated_at" timestamptz not null default now(),
  "updated_by" uuid,
  "root_owner_id" uuid
);
create index "inquiry_lead_id_idx" on "inquiry" ("lead_id") where deleted_at is null and "lead_id" is not null;
create index "inquiry_customer_id_idx" on "inquiry" ("customer_id") where deleted_at is null and "customer_id" is not null;
create index "inquiry_contact_id_idx" on "inquiry" ("contact_id") where deleted_at is null and "contact_id" is not null;
create index "inquiry_channel_id_idx" on "inquiry" ("channel_id") where deleted_at is null and "channel_id" is not null;
create index "inquiry_source_idx" on "inquiry" ("source") where deleted_at is null and "source" is not null;
create index "inquiry_campaign_idx" on "inquiry" ("campaign") where deleted_at is null and "campaign" is not null;
create index "inquiry_received_at_id_idx" on "inquiry" ("received_at", "id") where deleted_at is null;
create index "inquiry_created_at_id_idx" on "inquiry" ("created_at", "id") where deleted_at is null;
create index "inquiry_updated_at_id_idx" on "inquiry" ("updated_at", "id") where deleted_at is null;
create index "inquiry_owner_id_received_at_idx" on "inquiry" ("owner_id", "received_at") where deleted_at is null;
create index "inquiry_department_id_received_at_idx" on "inquiry" ("department_id", "received_at") where deleted_at is null;
create index "inquiry_root_owner_id_received_at_idx" on "inquiry" ("root_owner_id", "received_at") where deleted_at is null;
create index "inquiry_deleted_at_idx" on "inquiry" ("deleted_at") where deleted_at is not null;
-- Forms and signed requests that were taken in: each only once.
create table lead_form_token (
  hash text primary key,
  at timestamptz not null
);
create index lead_form_token_at_idx on lead_form_token (at);
