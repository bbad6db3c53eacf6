create sequence "delivery_number_seq";
create table "delivery" (
  "id" uuid primary key default uuidv7(),
  "version" integer not null default 1,
  "deleted_at" timestamptz,
  "deleted_by" uuid,
  "number" text,
  "name" text,
  "name_key" text collate "C" not null default '',
  "order_id" uuid,
  "customer_id" uuid,
  "status" text,
  "planned_on" date,
  "carrier" text,
  "tracking_number" text,
  "shipped_on" date,
  "received_on" date,
  "receiver" text,
  "receiver_phone" text,
  "address" text,
  "total" numeric,
  "total_currency" text,
  "total_base" numeric,
  "total_rate" numeric,
  "total_rate_date" date,
  "reason" text,
  "remark" text,
  "owner_id" uuid,
  "department_id" uuid,
  "created_at" timestamptz not null default now(),
  "created_by" uuid,
  "updated_at" timestamptz not null default now(),
  "updated_by" uuid,
  "root_owner_id" uuid
);
create index "delivery_name_key_id_idx" on "delivery" ("name_key", "id") where deleted_at is null;
create index "delivery_name_idx" on "delivery" ("name") where deleted_at is null and "name" is not null;
create index "delivery_order_id_idx" on "delivery" ("order_id") where deleted_at is null and "order_id" is not null;
create index "delivery_customer_id_idx" on "delivery" ("customer_id") where deleted_at is null and "customer_id" is not null;
create index "delivery_status_idx" on "delivery" ("status") where deleted_at is null and "status" is not null;
create index "delivery_planned_on_id_idx" on "delivery" ("planned_on", "id") where deleted_at is null;
create index "delivery_carrier_idx" on "delivery" ("carrier") where deleted_at is null and "carrier" is not null;
create index "delivery_tracking_number_idx" on "delivery" ("tracking_number") where deleted_at is null and "tracking_number" is not null;
create index "delivery_shipped_on_id_idx" on "delivery" ("shipped_on", "id") where deleted_at is null;
create index "delivery_received_on_idx" on "delivery" ("received_on") where deleted_at is null and "received_on" is not null;
create index "delivery_created_at_id_idx" on "delivery" ("created_at", "id") where deleted_at is null;
create index "delivery_updated_at_id_idx" on "delivery" ("updated_at", "id") where deleted_at is null;
create unique index "delivery_number_unique" on "delivery" ("number") where deleted_at is null;
create index "delivery_owner_id_updated_at_idx" on "delivery" ("owner_id", "updated_at") where deleted_at is null;
create index "delivery_department_id_updated_at_idx" on "delivery" ("department_id", "updated_at") where deleted_at is null;
create index "delivery_root_owner_id_updated_at_idx" on "delivery" ("root_owner_id", "updated_at") where deleted_at is null;
create index "delivery_status_planned_on_idx" on "delivery" ("status", "planned_on") where deleted_at is null;
create index "delivery_deleted_at_idx" on "delivery" ("deleted_at") where deleted_at is not null;
create table "delivery_line" (
  "id" uuid primary key default uuidv7(),
  "version" integer not null default 1,
  "deleted_at" timestamptz,
  "deleted_by" uuid,
  "delivery_id" uuid,
  "customer_id" uuid,
  "order_line_id" uuid,
  "name" text,
  "specification" text,
  "unit" text,
  "quantity" numeric,
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
  "position" integer,
  "owner_id" uuid,
  "department_id" uuid,
  "created_at" timestamptz not null default now(),
  "created_by" uuid,
  "updated_at" timestamptz not null default now(),
  "updated_by" uuid,
  "root_owner_id" uuid
);
create index "delivery_line_delivery_id_idx" on "delivery_line" ("delivery_id") where deleted_at is null and "delivery_id" is not null;
create index "delivery_line_customer_id_idx" on "delivery_line" ("customer_id") where deleted_at is null and "customer_id" is not null;
create index "delivery_line_order_line_id_idx" on "delivery_line" ("order_line_id") where deleted_at is null and "order_line_id" is not null;
create index "delivery_line_created_at_id_idx" on "delivery_line" ("created_at", "id") where deleted_at is null;
create index "delivery_line_updated_at_id_idx" on "delivery_line" ("updated_at", "id") where deleted_at is null;
create index "delivery_line_owner_id_updated_at_idx" on "delivery_line" ("owner_id", "updated_at") where deleted_at is null;
create index "delivery_line_department_id_updated_at_idx" on "delivery_line" ("department_id", "updated_at") where deleted_at is null;
create index "delivery_line_root_owner_id_updated_at_idx" on "delivery_line" ("root_owner_id", "updated_at") where deleted_at is null;
create index "delivery_line_delivery_id_position_idx" on "delivery_line" ("delivery_id", "position") where deleted_at is null;
create index "delivery_line_deleted_at_idx" on "delivery_line" ("deleted_at") where deleted_at is not null;
create sequence "return_order_number_seq";
create table "return_order" (
  "id" uuid primary key default uuidv7(),
  "version" integer not null default 1,
  "deleted_at" timestamptz,
  "deleted_by" uuid,
  "number" text,
  "name" text,
  "name_key" text collate "C" not null default '',
  "order_id" uuid,
  "customer_id" uuid,
  "status" text,
  "why" text,
  "received_on" date,
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
  "reason" text,
  "remark" text,
  "owner_id" uuid,
  "department_id" uuid,
  "created_at" timestamptz not null default now(),
  "created_by" uuid,
  "updated_at" timestamptz not null default now(),
  "updated_by" uuid,
  "root_owner_id" uuid
);
create index "return_order_name_key_id_idx" on "return_order" ("name_key", "id") where deleted_at is null;
create index "return_order_name_idx" on "return_order" ("name") where deleted_at is null and "name" is not null;
create index "return_order_order_id_idx" on "return_order" ("order_id") where deleted_at is null and "order_id" is not null;
create index "return_order_customer_id_idx" on "return_order" ("customer_id") where deleted_at is null and "customer_id" is not null;
create index "return_order_why_idx" on "return_order" ("why") where deleted_at is null and "why" is not null;
create index "return_order_received_on_id_idx" on "return_order" ("received_on", "id") where deleted_at is null;
create index "return_order_total_base_id_idx" on "return_order" ("total_base", "id") where deleted_at is null;
create index "return_order_created_at_id_idx" on "return_order" ("created_at", "id") where deleted_at is null;
create index "return_order_updated_at_id_idx" on "return_order" ("updated_at", "id") where deleted_at is null;
create unique index "return_order_number_unique" on "return_order" ("number") where deleted_at is null;
create index "return_order_owner_id_updated_at_idx" on "return_order" ("owner_id", "updated_at") where deleted_at is null;
create index "return_order_department_id_updated_at_idx" on "return_order" ("department_id", "updated_at") where deleted_at is null;
create index "return_order_root_owner_id_updated_at_idx" on "return_order" ("root_owner_id", "updated_at") where deleted_at is null;
create index "return_order_deleted_at_idx" on "return_order" ("deleted_at") where deleted_at is not null;
create table "return_line" (
  "id" uuid primary key default uuidv7(),
  "version" integer not null default 1,
  "deleted_at" timestamptz,
  "deleted_by" uuid,
  "return_order_id" uuid,
  "customer_id" uuid,
  "order_line_id" uuid,
  "name" text,
  "specification" text,
  "unit" text,
  "quantity" numeric,
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
  "position" integer,
  "owner_id" uuid,
  "department_id" uuid,
  "created_at" timestamptz not null default now(),
  "created_by" uuid,
  "updated_at" timestamptz not null default now(),
  "updated_by" uuid,
  "root_owner_id" uuid
);
create index "return_line_return_order_id_idx" on "return_line" ("return_order_id") where deleted_at is null and "return_order_id" is not null;
create index "return_line_customer_id_idx" on "return_line" ("customer_id") where deleted_at is null and "customer_id" is not null;
create index "return_line_order_line_id_idx" on "return_line" ("order_line_id") where deleted_at is null and "order_line_id" is not null;
create index "return_line_created_at_id_idx" on "return_line" ("created_at", "id") where deleted_at is null;
create index "return_line_updated_at_id_idx" on "return_line" ("updated_at", "id") where deleted_at is null;
create index "return_line_owner_id_updated_at_idx" on "return_line" ("owner_id", "updated_at") where deleted_at is null;
create index "return_line_department_id_updated_at_idx" on "return_line" ("department_id", "updated_at") where deleted_at is null;
create index "return_line_root_owner_id_updated_at_idx" on "return_line" ("root_owner_id", "updated_at") where deleted_at is null;
create index "return_line_return_order_id_position_idx" on "return_line" ("return_order_id", "position") where deleted_at is null;
create index "return_line_deleted_at_idx" on "return_line" ("deleted_at") where deleted_at is not null;
create table "contract_version" (
  "id" uuid primary key default uuidv7(),
  "contract_id" uuid not null references "contract" on delete cascade,
  "revision" integer not null,
  "at" timestamptz not null,
  "by_id" uuid,
  "reason" text,
  "total" numeric not null,
  "net" numeric not null,
  "record" jsonb not null
);
create unique index "contract_version_revision_unique" on "contract_version" ("contract_id", "revision");
