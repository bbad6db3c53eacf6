create table "bank_account" (
  "id" uuid primary key default uuidv7(),
  "version" integer not null default 1,
  "deleted_at" timestamptz,
  "deleted_by" uuid,
  "name" text,
  "name_key" text collate "C" not null default '',
  "bank" text,
  "account_number" text,
  "legal_entity_id" uuid,
  "currency" text,
  "active" boolean,
  "remark" text,
  "created_at" timestamptz not null default now(),
  "created_by" uuid,
  "updated_at" timestamptz not null default now(),
  "updated_by" uuid
);
create index "bank_account_name_key_id_idx" on "bank_account" ("name_key", "id") where deleted_at is null;
create index "bank_account_name_idx" on "bank_account" ("name") where deleted_at is null and "name" is not null;
create index "bank_account_account_number_idx" on "bank_account" ("account_number") where deleted_at is null and "account_number" is not null;
create index "bank_account_legal_entity_id_idx" on "bank_account" ("legal_entity_id") where deleted_at is null and "legal_entity_id" is not null;
create index "bank_account_currency_idx" on "bank_account" ("currency") where deleted_at is null and "currency" is not null;
create index "bank_account_created_at_id_idx" on "bank_account" ("created_at", "id") where deleted_at is null;
create index "bank_account_updated_at_id_idx" on "bank_account" ("updated_at", "id") where deleted_at is null;
create index "bank_account_deleted_at_idx" on "bank_account" ("deleted_at") where deleted_at is not null;
create table "bank_entry" (
  "id" uuid primary key default uuidv7(),
  "version" integer not null default 1,
  "deleted_at" timestamptz,
  "deleted_by" uuid,
  "payer" text,
  "payer_key" text collate "C" not null default '',
  "account_id" uuid,
  "date" date,
  "amount" numeric,
  "amount_currency" text,
  "amount_base" numeric,
  "amount_rate" numeric,
  "amount_rate_date" date,
  "serial" text,
  "payer_account" text,
  "summary" text,
  "status" text,
  "left" numeric,
  "left_currency" text,
  "left_base" numeric,
  "left_rate" numeric,
  "left_rate_date" date,
  "claimed_by_id" uuid,
  "remark" text,
  "created_at" timestamptz not null default now(),
  "created_by" uuid,
  "updated_at" timestamptz not null default now(),
  "updated_by" uuid
);
create index "bank_entry_payer_key_id_idx" on "bank_entry" ("payer_key", "id") where deleted_at is null;
create index "bank_entry_payer_idx" on "bank_entry" ("payer") where deleted_at is null and "payer" is not null;
create index "bank_entry_account_id_idx" on "bank_entry" ("account_id") where deleted_at is null and "account_id" is not null;
create index "bank_entry_date_id_idx" on "bank_entry" ("date", "id") where deleted_at is null;
create index "bank_entry_amount_base_id_idx" on "bank_entry" ("amount_base", "id") where deleted_at is null;
create index "bank_entry_serial_idx" on "bank_entry" ("serial") where deleted_at is null and "serial" is not null;
create index "bank_entry_status_idx" on "bank_entry" ("status") where deleted_at is null and "status" is not null;
create index "bank_entry_left_base_id_idx" on "bank_entry" ("left_base", "id") where deleted_at is null;
create index "bank_entry_claimed_by_id_idx" on "bank_entry" ("claimed_by_id") where deleted_at is null and "claimed_by_id" is not null;
create index "bank_entry_created_at_id_idx" on "bank_entry" ("created_at", "id") where deleted_at is null;
create index "bank_entry_updated_at_id_idx" on "bank_entry" ("updated_at", "id") where deleted_at is null;
create unique index "bank_entry_account_id_serial_unique" on "bank_entry" ("account_id", "serial") where deleted_at is null;
create index "bank_entry_status_date_idx" on "bank_entry" ("status", "date") where deleted_at is null;
create index "bank_entry_deleted_at_idx" on "bank_entry" ("deleted_at") where deleted_at is not null;
create table "billing_profile" (
  "id" uuid primary key default uuidv7(),
  "version" integer not null default 1,
  "deleted_at" timestamptz,
  "deleted_by" uuid,
  "customer_id" uuid,
  "name" text,
  "name_key" text collate "C" not null default '',
  "tax_number" text,
  "kind" text,
  "bank" text,
  "account_number" text,
  "address" text,
  "phone" text,
  "email" text,
  "usual" boolean,
  "remark" text,
  "owner_id" uuid,
  "department_id" uuid,
  "created_at" timestamptz not null default now(),
  "created_by" uuid,
  "updated_at" timestamptz not null default now(),
  "updated_by" uuid,
  "root_owner_id" uuid
);
create index "billing_profile_customer_id_idx" on "billing_profile" ("customer_id") where deleted_at is null and "customer_id" is not null;
create index "billing_profile_name_key_id_idx" on "billing_profile" ("name_key", "id") where deleted_at is null;
create index "billing_profile_name_idx" on "billing_profile" ("name") where deleted_at is null and "name" is not null;
create index "billing_profile_tax_number_idx" on "billing_profile" ("tax_number") where deleted_at is null and "tax_number" is not null;
create index "billing_profile_created_at_id_idx" on "billing_profile" ("created_at", "id") where deleted_at is null;
create index "billing_profile_updated_at_id_idx" on "billing_profile" ("updated_at", "id") where deleted_at is null;
create index "billing_profile_owner_id_updated_at_idx" on "billing_profile" ("owner_id", "updated_at") where deleted_at is null;
create index "billing_profile_department_id_updated_at_idx" on "billing_profile" ("department_id", "updated_at") where deleted_at is null;
create index "billing_profile_root_owner_id_updated_at_idx" on "billing_profile" ("root_owner_id", "updated_at") where deleted_at is null;
create index "billing_profile_deleted_at_idx" on "billing_profile" ("deleted_at") where deleted_at is not null;
create sequence "invoice_number_seq";
create table "invoice" (
  "id" uuid primary key default uuidv7(),
  "version" integer not null default 1,
  "deleted_at" timestamptz,
  "deleted_by" uuid,
  "number" text,
  "name" text,
  "name_key" text collate "C" not null default '',
  "customer_id" uuid,
  "billing_profile_id" uuid,
  "kind" text,
  "contract_id" uuid,
  "order_id" uuid,
  "legal_entity_id" uuid,
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
  "tax_number" text,
  "bank" text,
  "account_number" text,
  "address" text,
  "phone" text,
  "email" text,
  "status" text,
  "invoice_number" text,
  "issued_on" date,
  "issued_by_id" uuid,
  "red_of_id" uuid,
  "left" numeric,
  "left_currency" text,
  "left_base" numeric,
  "left_rate" numeric,
  "left_rate_date" date,
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
create index "invoice_name_key_id_idx" on "invoice" ("name_key", "id") where deleted_at is null;
create index "invoice_name_idx" on "invoice" ("name") where deleted_at is null and "name" is not null;
create index "invoice_customer_id_idx" on "invoice" ("customer_id") where deleted_at is null and "customer_id" is not null;
create index "invoice_billing_profile_id_idx" on "invoice" ("billing_profile_id") where deleted_at is null and "billing_profile_id" is not null;
create index "invoice_contract_id_idx" on "invoice" ("contract_id") where deleted_at is null and "contract_id" is not null;
create index "invoice_order_id_idx" on "invoice" ("order_id") where deleted_at is null and "order_id" is not null;
create index "invoice_legal_entity_id_idx" on "invoice" ("legal_entity_id") where deleted_at is null and "legal_entity_id" is not null;
create index "invoice_date_id_idx" on "invoice" ("date", "id") where deleted_at is null;
create index "invoice_currency_idx" on "invoice" ("currency") where deleted_at is null and "currency" is not null;
create index "invoice_total_base_id_idx" on "invoice" ("total_base", "id") where deleted_at is null;
create index "invoice_tax_number_idx" on "invoice" ("tax_number") where deleted_at is null and "tax_number" is not null;
create index "invoice_issued_on_id_idx" on "invoice" ("issued_on", "id") where deleted_at is null;
create index "invoice_issued_by_id_idx" on "invoice" ("issued_by_id") where deleted_at is null and "issued_by_id" is not null;
create index "invoice_red_of_id_idx" on "invoice" ("red_of_id") where deleted_at is null and "red_of_id" is not null;
create index "invoice_created_at_id_idx" on "invoice" ("created_at", "id") where deleted_at is null;
create index "invoice_updated_at_id_idx" on "invoice" ("updated_at", "id") where deleted_at is null;
create unique index "invoice_invoice_number_unique" on "invoice" ("invoice_number") where deleted_at is null;
create unique index "invoice_number_unique" on "invoice" ("number") where deleted_at is null;
create index "invoice_owner_id_updated_at_idx" on "invoice" ("owner_id", "updated_at") where deleted_at is null;
create index "invoice_department_id_updated_at_idx" on "invoice" ("department_id", "updated_at") where deleted_at is null;
create index "invoice_root_owner_id_updated_at_idx" on "invoice" ("root_owner_id", "updated_at") where deleted_at is null;
create index "invoice_owner_id_status_date_idx" on "invoice" ("owner_id", "status", "date") where deleted_at is null;
create index "invoice_status_date_idx" on "invoice" ("status", "date") where deleted_at is null;
create index "invoice_deleted_at_idx" on "invoice" ("deleted_at") where deleted_at is not null;
create table "invoice_line" (
  "id" uuid primary key default uuidv7(),
  "version" integer not null default 1,
  "deleted_at" timestamptz,
  "deleted_by" uuid,
  "invoice_id" uuid,
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
  "blue_line_id" uuid,
  "position" integer,
  "owner_id" uuid,
  "department_id" uuid,
  "created_at" timestamptz not null default now(),
  "created_by" uuid,
  "updated_at" timestamptz not null default now(),
  "updated_by" uuid,
  "root_owner_id" uuid
);
create index "invoice_line_invoice_id_idx" on "invoice_line" ("invoice_id") where deleted_at is null and "invoice_id" is not null;
create index "invoice_line_customer_id_idx" on "invoice_line" ("customer_id") where deleted_at is null and "customer_id" is not null;
create index "invoice_line_product_id_idx" on "invoice_line" ("product_id") where deleted_at is null and "product_id" is not null;
create index "invoice_line_blue_line_id_idx" on "invoice_line" ("blue_line_id") where deleted_at is null and "blue_line_id" is not null;
create index "invoice_line_created_at_id_idx" on "invoice_line" ("created_at", "id") where deleted_at is null;
create index "invoice_line_updated_at_id_idx" on "invoice_line" ("updated_at", "id") where deleted_at is null;
create index "invoice_line_owner_id_updated_at_idx" on "invoice_line" ("owner_id", "updated_at") where deleted_at is null;
create index "invoice_line_department_id_updated_at_idx" on "invoice_line" ("department_id", "updated_at") where deleted_at is null;
create index "invoice_line_root_owner_id_updated_at_idx" on "invoice_line" ("root_owner_id", "updated_at") where deleted_at is null;
create index "invoice_line_invoice_id_position_idx" on "invoice_line" ("invoice_id", "position") where deleted_at is null;
create index "invoice_line_deleted_at_idx" on "invoice_line" ("deleted_at") where deleted_at is not null;
create sequence "receipt_number_seq";
create table "receipt" (
  "id" uuid primary key default uuidv7(),
  "version" integer not null default 1,
  "deleted_at" timestamptz,
  "deleted_by" uuid,
  "number" text,
  "payer" text,
  "payer_key" text collate "C" not null default '',
  "customer_id" uuid,
  "amount" numeric,
  "amount_currency" text,
  "amount_base" numeric,
  "amount_rate" numeric,
  "amount_rate_date" date,
  "date" date,
  "way" text,
  "account_id" uuid,
  "serial" text,
  "contract_id" uuid,
  "order_id" uuid,
  "invoice_id" uuid,
  "performer_id" uuid,
  "status" text,
  "free" numeric,
  "free_currency" text,
  "free_base" numeric,
  "free_rate" numeric,
  "free_rate_date" date,
  "refunded" numeric,
  "refunded_currency" text,
  "refunded_base" numeric,
  "refunded_rate" numeric,
  "refunded_rate_date" date,
  "bank_entry_id" uuid,
  "confirmed_at" timestamptz,
  "confirmed_by_id" uuid,
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
create index "receipt_payer_key_id_idx" on "receipt" ("payer_key", "id") where deleted_at is null;
create index "receipt_payer_idx" on "receipt" ("payer") where deleted_at is null and "payer" is not null;
create index "receipt_customer_id_idx" on "receipt" ("customer_id") where deleted_at is null and "customer_id" is not null;
create index "receipt_amount_base_id_idx" on "receipt" ("amount_base", "id") where deleted_at is null;
create index "receipt_date_id_idx" on "receipt" ("date", "id") where deleted_at is null;
create index "receipt_way_idx" on "receipt" ("way") where deleted_at is null and "way" is not null;
create index "receipt_account_id_idx" on "receipt" ("account_id") where deleted_at is null and "account_id" is not null;
create index "receipt_serial_idx" on "receipt" ("serial") where deleted_at is null and "serial" is not null;
create index "receipt_contract_id_idx" on "receipt" ("contract_id") where deleted_at is null and "contract_id" is not null;
create index "receipt_order_id_idx" on "receipt" ("order_id") where deleted_at is null and "order_id" is not null;
create index "receipt_invoice_id_idx" on "receipt" ("invoice_id") where deleted_at is null and "invoice_id" is not null;
create index "receipt_performer_id_idx" on "receipt" ("performer_id") where deleted_at is null and "performer_id" is not null;
create index "receipt_status_idx" on "receipt" ("status") where deleted_at is null and "status" is not null;
create index "receipt_free_base_id_idx" on "receipt" ("free_base", "id") where deleted_at is null;
create index "receipt_bank_entry_id_idx" on "receipt" ("bank_entry_id") where deleted_at is null and "bank_entry_id" is not null;
create index "receipt_confirmed_at_id_idx" on "receipt" ("confirmed_at", "id") where deleted_at is null;
create index "receipt_confirmed_by_id_idx" on "receipt" ("confirmed_by_id") where deleted_at is null and "confirmed_by_id" is not null;
create index "receipt_created_at_id_idx" on "receipt" ("created_at", "id") where deleted_at is null;
create index "receipt_updated_at_id_idx" on "receipt" ("updated_at", "id") where deleted_at is null;
create unique index "receipt_number_unique" on "receipt" ("number") where deleted_at is null;
create index "receipt_owner_id_updated_at_idx" on "receipt" ("owner_id", "updated_at") where deleted_at is null;
create index "receipt_department_id_updated_at_idx" on "receipt" ("department_id", "updated_at") where deleted_at is null;
create index "receipt_root_owner_id_updated_at_idx" on "receipt" ("root_owner_id", "updated_at") where deleted_at is null;
create index "receipt_owner_id_status_date_idx" on "receipt" ("owner_id", "status", "date") where deleted_at is null;
create index "receipt_customer_id_status_date_idx" on "receipt" ("customer_id", "status", "date") where deleted_at is null;
create index "receipt_deleted_at_idx" on "receipt" ("deleted_at") where deleted_at is not null;
create table "credit_term" (
  "id" uuid primary key default uuidv7(),
  "version" integer not null default 1,
  "deleted_at" timestamptz,
  "deleted_by" uuid,
  "customer_id" uuid,
  "name" text,
  "name_key" text collate "C" not null default '',
  "limit" numeric,
  "limit_currency" text,
  "limit_base" numeric,
  "limit_rate" numeric,
  "limit_rate_date" date,
  "days" integer,
  "blocked" boolean,
  "valid_from" date,
  "reason" text,
  "owner_id" uuid,
  "department_id" uuid,
  "created_at" timestamptz not null default now(),
  "created_by" uuid,
  "updated_at" timestamptz not null default now(),
  "updated_by" uuid,
  "root_owner_id" uuid
);
create index "credit_term_name_key_id_idx" on "credit_term" ("name_key", "id") where deleted_at is null;
create index "credit_term_name_idx" on "credit_term" ("name") where deleted_at is null and "name" is not null;
create index "credit_term_limit_base_id_idx" on "credit_term" ("limit_base", "id") where deleted_at is null;
create index "credit_term_days_idx" on "credit_term" ("days") where deleted_at is null and "days" is not null;
create index "credit_term_valid_from_idx" on "credit_term" ("valid_from") where deleted_at is null and "valid_from" is not null;
create index "credit_term_created_at_id_idx" on "credit_term" ("created_at", "id") where deleted_at is null;
create index "credit_term_updated_at_id_idx" on "credit_term" ("updated_at", "id") where deleted_at is null;
create unique index "credit_term_customer_id_unique" on "credit_term" ("customer_id") where deleted_at is null;
create index "credit_term_owner_id_updated_at_idx" on "credit_term" ("owner_id", "updated_at") where deleted_at is null;
create index "credit_term_department_id_updated_at_idx" on "credit_term" ("department_id", "updated_at") where deleted_at is null;
create index "credit_term_root_owner_id_updated_at_idx" on "credit_term" ("root_owner_id", "updated_at") where deleted_at is null;
create index "credit_term_deleted_at_idx" on "credit_term" ("deleted_at") where deleted_at is not null;
create table "dunning_step" (
  "id" uuid primary key default uuidv7(),
  "version" integer not null default 1,
  "deleted_at" timestamptz,
  "deleted_by" uuid,
  "name" text,
  "days" integer,
  "way" text,
  "text" text,
  "active" boolean,
  "created_at" timestamptz not null default now(),
  "created_by" uuid,
  "updated_at" timestamptz not null default now(),
  "updated_by" uuid
);
create index "dunning_step_created_at_id_idx" on "dunning_step" ("created_at", "id") where deleted_at is null;
create index "dunning_step_updated_at_id_idx" on "dunning_step" ("updated_at", "id") where deleted_at is null;
create unique index "dunning_step_days_unique" on "dunning_step" ("days") where deleted_at is null;
create index "dunning_step_deleted_at_idx" on "dunning_step" ("deleted_at") where deleted_at is not null;
create table "dunning" (
  "id" uuid primary key default uuidv7(),
  "version" integer not null default 1,
  "deleted_at" timestamptz,
  "deleted_by" uuid,
  "what" text,
  "customer_id" uuid,
  "contract_id" uuid,
  "order_id" uuid,
  "step_id" uuid,
  "due_date" date,
  "amount" numeric,
  "amount_currency" text,
  "amount_base" numeric,
  "amount_rate" numeric,
  "amount_rate_date" date,
  "way" text,
  "text" text,
  "status" text,
  "result" text,
  "promised_on" date,
  "owner_id" uuid,
  "department_id" uuid,
  "created_at" timestamptz not null default now(),
  "created_by" uuid,
  "updated_at" timestamptz not null default now(),
  "updated_by" uuid,
  "root_owner_id" uuid
);
create index "dunning_customer_id_idx" on "dunning" ("customer_id") where deleted_at is null and "customer_id" is not null;
create index "dunning_contract_id_idx" on "dunning" ("contract_id") where deleted_at is null and "contract_id" is not null;
create index "dunning_order_id_idx" on "dunning" ("order_id") where deleted_at is null and "order_id" is not null;
create index "dunning_step_id_idx" on "dunning" ("step_id") where deleted_at is null and "step_id" is not null;
create index "dunning_due_date_id_idx" on "dunning" ("due_date", "id") where deleted_at is null;
create index "dunning_amount_base_id_idx" on "dunning" ("amount_base", "id") where deleted_at is null;
create index "dunning_way_idx" on "dunning" ("way") where deleted_at is null and "way" is not null;
create index "dunning_promised_on_id_idx" on "dunning" ("promised_on", "id") where deleted_at is null;
create index "dunning_created_at_id_idx" on "dunning" ("created_at", "id") where deleted_at is null;
create index "dunning_updated_at_id_idx" on "dunning" ("updated_at", "id") where deleted_at is null;
create index "dunning_owner_id_updated_at_idx" on "dunning" ("owner_id", "updated_at") where deleted_at is null;
create index "dunning_department_id_updated_at_idx" on "dunning" ("department_id", "updated_at") where deleted_at is null;
create index "dunning_root_owner_id_updated_at_idx" on "dunning" ("root_owner_id", "updated_at") where deleted_at is null;
create index "dunning_owner_id_status_due_date_idx" on "dunning" ("owner_id", "status", "due_date") where deleted_at is null;
create index "dunning_status_due_date_idx" on "dunning" ("status", "due_date") where deleted_at is null;
create index "dunning_deleted_at_idx" on "dunning" ("deleted_at") where deleted_at is not null;
