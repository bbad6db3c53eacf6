create sequence "contract_number_seq";
create table "contract" (
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
  "quote_id" uuid,
  "legal_entity_id" uuid,
  "performer_id" uuid,
  "status" text,
  "their_number" text,
  "signed_on" date,
  "starts_on" date,
  "ends_on" date,
  "remind_days" integer,
  "remind_on" date,
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
  "amount" numeric,
  "tax_rate" numeric,
  "effective_total" numeric,
  "effective_total_currency" text,
  "effective_total_base" numeric,
  "effective_total_rate" numeric,
  "effective_total_rate_date" date,
  "effective_net" numeric,
  "effective_net_currency" text,
  "effective_net_base" numeric,
  "effective_net_rate" numeric,
  "effective_net_rate_date" date,
  "arrived_on" date,
  "accepted_on" date,
  "warranty_months" integer,
  "warranty_until" date,
  "terms" text,
  "revision" integer,
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
create index "contract_name_key_id_idx" on "contract" ("name_key", "id") where deleted_at is null;
create index "contract_name_idx" on "contract" ("name") where deleted_at is null and "name" is not null;
create index "contract_customer_id_idx" on "contract" ("customer_id") where deleted_at is null and "customer_id" is not null;
create index "contract_contact_id_idx" on "contract" ("contact_id") where deleted_at is null and "contact_id" is not null;
create index "contract_opportunity_id_idx" on "contract" ("opportunity_id") where deleted_at is null and "opportunity_id" is not null;
create index "contract_quote_id_idx" on "contract" ("quote_id") where deleted_at is null and "quote_id" is not null;
create index "contract_legal_entity_id_idx" on "contract" ("legal_entity_id") where deleted_at is null and "legal_entity_id" is not null;
create index "contract_performer_id_idx" on "contract" ("performer_id") where deleted_at is null and "performer_id" is not null;
create index "contract_status_idx" on "contract" ("status") where deleted_at is null and "status" is not null;
create index "contract_their_number_idx" on "contract" ("their_number") where deleted_at is null and "their_number" is not null;
create index "contract_signed_on_id_idx" on "contract" ("signed_on", "id") where deleted_at is null;
create index "contract_starts_on_id_idx" on "contract" ("starts_on", "id") where deleted_at is null;
create index "contract_ends_on_id_idx" on "contract" ("ends_on", "id") where deleted_at is null;
create index "contract_remind_on_idx" on "contract" ("remind_on") where deleted_at is null and "remind_on" is not null;
create index "contract_date_id_idx" on "contract" ("date", "id") where deleted_at is null;
create index "contract_currency_idx" on "contract" ("currency") where deleted_at is null and "currency" is not null;
create index "contract_total_base_id_idx" on "contract" ("total_base", "id") where deleted_at is null;
create index "contract_effective_total_base_id_idx" on "contract" ("effective_total_base", "id") where deleted_at is null;
create index "contract_arrived_on_idx" on "contract" ("arrived_on") where deleted_at is null and "arrived_on" is not null;
create index "contract_accepted_on_idx" on "contract" ("accepted_on") where deleted_at is null and "accepted_on" is not null;
create index "contract_warranty_until_idx" on "contract" ("warranty_until") where deleted_at is null and "warranty_until" is not null;
create index "contract_created_at_id_idx" on "contract" ("created_at", "id") where deleted_at is null;
create index "contract_updated_at_id_idx" on "contract" ("updated_at", "id") where deleted_at is null;
create unique index "contract_number_unique" on "contract" ("number") where deleted_at is null;
create index "contract_owner_id_updated_at_idx" on "contract" ("owner_id", "updated_at") where deleted_at is null;
create index "contract_department_id_updated_at_idx" on "contract" ("department_id", "updated_at") where deleted_at is null;
create index "contract_root_owner_id_updated_at_idx" on "contract" ("root_owner_id", "updated_at") where deleted_at is null;
create index "contract_status_ends_on_idx" on "contract" ("status", "ends_on") where deleted_at is null;
create index "contract_owner_id_status_remind_on_idx" on "contract" ("owner_id", "status", "remind_on") where deleted_at is null;
create index "contract_customer_id_status_idx" on "contract" ("customer_id", "status") where deleted_at is null;
create index "contract_deleted_at_idx" on "contract" ("deleted_at") where deleted_at is not null;
create table "contract_line" (
  "id" uuid primary key default uuidv7(),
  "version" integer not null default 1,
  "deleted_at" timestamptz,
  "deleted_by" uuid,
  "contract_id" uuid,
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
  "minimum_price" numeric,
  "cost" numeric,
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
create index "contract_line_contract_id_idx" on "contract_line" ("contract_id") where deleted_at is null and "contract_id" is not null;
create index "contract_line_customer_id_idx" on "contract_line" ("customer_id") where deleted_at is null and "customer_id" is not null;
create index "contract_line_product_id_idx" on "contract_line" ("product_id") where deleted_at is null and "product_id" is not null;
create index "contract_line_created_at_id_idx" on "contract_line" ("created_at", "id") where deleted_at is null;
create index "contract_line_updated_at_id_idx" on "contract_line" ("updated_at", "id") where deleted_at is null;
create index "contract_line_owner_id_updated_at_idx" on "contract_line" ("owner_id", "updated_at") where deleted_at is null;
create index "contract_line_department_id_updated_at_idx" on "contract_line" ("department_id", "updated_at") where deleted_at is null;
create index "contract_line_root_owner_id_updated_at_idx" on "contract_line" ("root_owner_id", "updated_at") where deleted_at is null;
create index "contract_line_contract_id_position_idx" on "contract_line" ("contract_id", "position") where deleted_at is null;
create index "contract_line_deleted_at_idx" on "contract_line" ("deleted_at") where deleted_at is not null;
create table "contract_instalment" (
  "id" uuid primary key default uuidv7(),
  "version" integer not null default 1,
  "deleted_at" timestamptz,
  "deleted_by" uuid,
  "contract_id" uuid,
  "customer_id" uuid,
  "name" text,
  "percent" numeric,
  "event" text,
  "days" integer,
  "day" date,
  "amount" numeric,
  "amount_currency" text,
  "amount_base" numeric,
  "amount_rate" numeric,
  "amount_rate_date" date,
  "due_on" date,
  "position" integer,
  "owner_id" uuid,
  "department_id" uuid,
  "created_at" timestamptz not null default now(),
  "created_by" uuid,
  "updated_at" timestamptz not null default now(),
  "updated_by" uuid,
  "root_owner_id" uuid
);
create index "contract_instalment_contract_id_idx" on "contract_instalment" ("contract_id") where deleted_at is null and "contract_id" is not null;
create index "contract_instalment_customer_id_idx" on "contract_instalment" ("customer_id") where deleted_at is null and "customer_id" is not null;
create index "contract_instalment_event_idx" on "contract_instalment" ("event") where deleted_at is null and "event" is not null;
create index "contract_instalment_due_on_idx" on "contract_instalment" ("due_on") where deleted_at is null and "due_on" is not null;
create index "contract_instalment_created_at_id_idx" on "contract_instalment" ("created_at", "id") where deleted_at is null;
create index "contract_instalment_updated_at_id_idx" on "contract_instalment" ("updated_at", "id") where deleted_at is null;
create index "contract_instalment_owner_id_updated_at_idx" on "contract_instalment" ("owner_id", "updated_at") where deleted_at is null;
create index "contract_instalment_department_id_updated_at_idx" on "contract_instalment" ("department_id", "updated_at") where deleted_at is null;
create index "contract_instalment_root_owner_id_updated_at_idx" on "contract_instalment" ("root_owner_id", "updated_at") where deleted_at is null;
create index "contract_instalment_contract_id_position_idx" on "contract_instalment" ("contract_id", "position") where deleted_at is null;
create index "contract_instalment_due_on_customer_id_idx" on "contract_instalment" ("due_on", "customer_id") where deleted_at is null;
create index "contract_instalment_deleted_at_idx" on "contract_instalment" ("deleted_at") where deleted_at is not null;
create sequence "order_number_seq";
create table "order" (
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
  "quote_id" uuid,
  "contract_id" uuid,
  "legal_entity_id" uuid,
  "performer_id" uuid,
  "status" text,
  "their_number" text,
  "deliver_by" date,
  "promised_hours" integer,
  "promise_id" uuid,
  "confirmed_at" timestamptz,
  "delivered_on" date,
  "receiver" text,
  "receiver_phone" text,
  "address" text,
  "packing" text,
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
  "effective_total" numeric,
  "effective_total_currency" text,
  "effective_total_base" numeric,
  "effective_total_rate" numeric,
  "effective_total_rate_date" date,
  "effective_net" numeric,
  "effective_net_currency" text,
  "effective_net_base" numeric,
  "effective_net_rate" numeric,
  "effective_net_rate_date" date,
  "arrived_on" date,
  "accepted_on" date,
  "warranty_months" integer,
  "warranty_until" date,
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
create index "order_name_key_id_idx" on "order" ("name_key", "id") where deleted_at is null;
create index "order_name_idx" on "order" ("name") where deleted_at is null and "name" is not null;
create index "order_customer_id_idx" on "order" ("customer_id") where deleted_at is null and "customer_id" is not null;
create index "order_contact_id_idx" on "order" ("contact_id") where deleted_at is null and "contact_id" is not null;
create index "order_opportunity_id_idx" on "order" ("opportunity_id") where deleted_at is null and "opportunity_id" is not null;
create index "order_quote_id_idx" on "order" ("quote_id") where deleted_at is null and "quote_id" is not null;
create index "order_contract_id_idx" on "order" ("contract_id") where deleted_at is null and "contract_id" is not null;
create index "order_legal_entity_id_idx" on "order" ("legal_entity_id") where deleted_at is null and "legal_entity_id" is not null;
create index "order_performer_id_idx" on "order" ("performer_id") where deleted_at is null and "performer_id" is not null;
create index "order_status_idx" on "order" ("status") where deleted_at is null and "status" is not null;
create index "order_their_number_idx" on "order" ("their_number") where deleted_at is null and "their_number" is not null;
create index "order_deliver_by_id_idx" on "order" ("deliver_by", "id") where deleted_at is null;
create index "order_promise_id_idx" on "order" ("promise_id") where deleted_at is null and "promise_id" is not null;
create index "order_confirmed_at_id_idx" on "order" ("confirmed_at", "id") where deleted_at is null;
create index "order_delivered_on_idx" on "order" ("delivered_on") where deleted_at is null and "delivered_on" is not null;
create index "order_date_id_idx" on "order" ("date", "id") where deleted_at is null;
create index "order_currency_idx" on "order" ("currency") where deleted_at is null and "currency" is not null;
create index "order_total_base_id_idx" on "order" ("total_base", "id") where deleted_at is null;
create index "order_effective_total_base_id_idx" on "order" ("effective_total_base", "id") where deleted_at is null;
create index "order_arrived_on_idx" on "order" ("arrived_on") where deleted_at is null and "arrived_on" is not null;
create index "order_accepted_on_idx" on "order" ("accepted_on") where deleted_at is null and "accepted_on" is not null;
create index "order_warranty_until_idx" on "order" ("warranty_until") where deleted_at is null and "warranty_until" is not null;
create index "order_created_at_id_idx" on "order" ("created_at", "id") where deleted_at is null;
create index "order_updated_at_id_idx" on "order" ("updated_at", "id") where deleted_at is null;
create unique index "order_number_unique" on "order" ("number") where deleted_at is null;
create index "order_owner_id_updated_at_idx" on "order" ("owner_id", "updated_at") where deleted_at is null;
create index "order_department_id_updated_at_idx" on "order" ("department_id", "updated_at") where deleted_at is null;
create index "order_root_owner_id_updated_at_idx" on "order" ("root_owner_id", "updated_at") where deleted_at is null;
create index "order_owner_id_status_deliver_by_idx" on "order" ("owner_id", "status", "deliver_by") where deleted_at is null;
create index "order_customer_id_date_idx" on "order" ("customer_id", "date") where deleted_at is null;
create index "order_deleted_at_idx" on "order" ("deleted_at") where deleted_at is not null;
create table "order_line" (
  "id" uuid primary key default uuidv7(),
  "version" integer not null default 1,
  "deleted_at" timestamptz,
  "deleted_by" uuid,
  "order_id" uuid,
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
  "minimum_price" numeric,
  "cost" numeric,
  "remark" text,
  "delivered" numeric,
  "returned" numeric,
  "position" integer,
  "owner_id" uuid,
  "department_id" uuid,
  "created_at" timestamptz not null default now(),
  "created_by" uuid,
  "updated_at" timestamptz not null default now(),
  "updated_by" uuid,
  "root_owner_id" uuid
);
create index "order_line_order_id_idx" on "order_line" ("order_id") where deleted_at is null and "order_id" is not null;
create index "order_line_customer_id_idx" on "order_line" ("customer_id") where deleted_at is null and "customer_id" is not null;
create index "order_line_product_id_idx" on "order_line" ("product_id") where deleted_at is null and "product_id" is not null;
create index "order_line_created_at_id_idx" on "order_line" ("created_at", "id") where deleted_at is null;
create index "order_line_updated_at_id_idx" on "order_line" ("updated_at", "id") where deleted_at is null;
create index "order_line_owner_id_updated_at_idx" on "order_line" ("owner_id", "updated_at") where deleted_at is null;
create index "order_line_department_id_updated_at_idx" on "order_line" ("department_id", "updated_at") where deleted_at is null;
create index "order_line_root_owner_id_updated_at_idx" on "order_line" ("root_owner_id", "updated_at") where deleted_at is null;
create index "order_line_order_id_position_idx" on "order_line" ("order_id", "position") where deleted_at is null;
create index "order_line_deleted_at_idx" on "order_line" ("deleted_at") where deleted_at is not null;
create table "order_instalment" (
  "id" uuid primary key default uuidv7(),
  "version" integer not null default 1,
  "deleted_at" timestamptz,
  "deleted_by" uuid,
  "order_id" uuid,
  "customer_id" uuid,
  "name" text,
  "percent" numeric,
  "event" text,
  "days" integer,
  "day" date,
  "amount" numeric,
  "amount_currency" text,
  "amount_base" numeric,
  "amount_rate" numeric,
  "amount_rate_date" date,
  "due_on" date,
  "position" integer,
  "owner_id" uuid,
  "department_id" uuid,
  "created_at" timestamptz not null default now(),
  "created_by" uuid,
  "updated_at" timestamptz not null default now(),
  "updated_by" uuid,
  "root_owner_id" uuid
);
create index "order_instalment_order_id_idx" on "order_instalment" ("order_id") where deleted_at is null and "order_id" is not null;
create index "order_instalment_customer_id_idx" on "order_instalment" ("customer_id") where deleted_at is null and "customer_id" is not null;
create index "order_instalment_event_idx" on "order_instalment" ("event") where deleted_at is null and "event" is not null;
create index "order_instalment_due_on_idx" on "order_instalment" ("due_on") where deleted_at is null and "due_on" is not null;
create index "order_instalment_created_at_id_idx" on "order_instalment" ("created_at", "id") where deleted_at is null;
create index "order_instalment_updated_at_id_idx" on "order_instalment" ("updated_at", "id") where deleted_at is null;
create index "order_instalment_owner_id_updated_at_idx" on "order_instalment" ("owner_id", "updated_at") where deleted_at is null;
create index "order_instalment_department_id_updated_at_idx" on "order_instalment" ("department_id", "updated_at") where deleted_at is null;
create index "order_instalment_root_owner_id_updated_at_idx" on "order_instalment" ("root_owner_id", "updated_at") where deleted_at is null;
create index "order_instalment_order_id_position_idx" on "order_instalment" ("order_id", "position") where deleted_at is null;
create index "order_instalment_due_on_customer_id_idx" on "order_instalment" ("due_on", "customer_id") where deleted_at is null;
create index "order_instalment_deleted_at_idx" on "order_instalment" ("deleted_at") where deleted_at is not null;