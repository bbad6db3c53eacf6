create table "commission_plan" (
  "id" uuid primary key default uuidv7(),
  "version" integer not null default 1,
  "deleted_at" timestamptz,
  "deleted_by" uuid,
  "name" text,
  "name_key" text collate "C" not null default '',
  "status" text,
  "valid_from" date,
  "valid_to" date,
  "whose" text,
  "period" text,
  "rank" integer,
  "adds" boolean,
  "people_ids" uuid[] not null default '{}',
  "role_ids" uuid[] not null default '{}',
  "department_ids" uuid[] not null default '{}',
  "definition" jsonb,
  "remark" text,
  "created_at" timestamptz not null default now(),
  "created_by" uuid,
  "updated_at" timestamptz not null default now(),
  "updated_by" uuid
);
create index "commission_plan_name_key_id_idx" on "commission_plan" ("name_key", "id") where deleted_at is null;
create index "commission_plan_valid_from_id_idx" on "commission_plan" ("valid_from", "id") where deleted_at is null;
create index "commission_plan_valid_to_id_idx" on "commission_plan" ("valid_to", "id") where deleted_at is null;
create index "commission_plan_rank_id_idx" on "commission_plan" ("rank", "id") where deleted_at is null;
create index "commission_plan_created_at_id_idx" on "commission_plan" ("created_at", "id") where deleted_at is null;
create index "commission_plan_updated_at_id_idx" on "commission_plan" ("updated_at", "id") where deleted_at is null;
create unique index "commission_plan_name_unique" on "commission_plan" ("name") where deleted_at is null;
create index "commission_plan_deleted_at_idx" on "commission_plan" ("deleted_at") where deleted_at is not null;
create table "commission_split" (
  "id" uuid primary key default uuidv7(),
  "version" integer not null default 1,
  "deleted_at" timestamptz,
  "deleted_by" uuid,
  "name" text,
  "name_key" text collate "C" not null default '',
  "customer_id" uuid,
  "order_id" uuid,
  "contract_id" uuid,
  "reason" text,
  "owner_id" uuid,
  "department_id" uuid,
  "created_at" timestamptz not null default now(),
  "created_by" uuid,
  "updated_at" timestamptz not null default now(),
  "updated_by" uuid,
  "root_owner_id" uuid
);
create index "commission_split_name_key_id_idx" on "commission_split" ("name_key", "id") where deleted_at is null;
create index "commission_split_name_idx" on "commission_split" ("name") where deleted_at is null and "name" is not null;
create index "commission_split_customer_id_idx" on "commission_split" ("customer_id") where deleted_at is null and "customer_id" is not null;
create index "commission_split_created_at_id_idx" on "commission_split" ("created_at", "id") where deleted_at is null;
create index "commission_split_updated_at_id_idx" on "commission_split" ("updated_at", "id") where deleted_at is null;
create unique index "commission_split_order_id_unique" on "commission_split" ("order_id") where deleted_at is null;
create unique index "commission_split_contract_id_unique" on "commission_split" ("contract_id") where deleted_at is null;
create index "commission_split_owner_id_updated_at_idx" on "commission_split" ("owner_id", "updated_at") where deleted_at is null;
create index "commission_split_department_id_updated_at_idx" on "commission_split" ("department_id", "updated_at") where deleted_at is null;
create index "commission_split_root_owner_id_updated_at_idx" on "commission_split" ("root_owner_id", "updated_at") where deleted_at is null;
create index "commission_split_deleted_at_idx" on "commission_split" ("deleted_at") where deleted_at is not null;
create table "commission_share" (
  "id" uuid primary key default uuidv7(),
  "version" integer not null default 1,
  "deleted_at" timestamptz,
  "deleted_by" uuid,
  "split_id" uuid,
  "customer_id" uuid,
  "name" text,
  "person_id" uuid,
  "percent" numeric,
  "position" integer,
  "owner_id" uuid,
  "department_id" uuid,
  "created_at" timestamptz not null default now(),
  "created_by" uuid,
  "updated_at" timestamptz not null default now(),
  "updated_by" uuid,
  "root_owner_id" uuid
);
create index "commission_share_split_id_idx" on "commission_share" ("split_id") where deleted_at is null and "split_id" is not null;
create index "commission_share_customer_id_idx" on "commission_share" ("customer_id") where deleted_at is null and "customer_id" is not null;
create index "commission_share_person_id_idx" on "commission_share" ("person_id") where deleted_at is null and "person_id" is not null;
create index "commission_share_created_at_id_idx" on "commission_share" ("created_at", "id") where deleted_at is null;
create index "commission_share_updated_at_id_idx" on "commission_share" ("updated_at", "id") where deleted_at is null;
create index "commission_share_owner_id_updated_at_idx" on "commission_share" ("owner_id", "updated_at") where deleted_at is null;
create index "commission_share_department_id_updated_at_idx" on "commission_share" ("department_id", "updated_at") where deleted_at is null;
create index "commission_share_root_owner_id_updated_at_idx" on "commission_share" ("root_owner_id", "updated_at") where deleted_at is null;
create index "commission_share_split_id_position_idx" on "commission_share" ("split_id", "position") where deleted_at is null;
create index "commission_share_deleted_at_idx" on "commission_share" ("deleted_at") where deleted_at is not null;
create sequence "commission_batch_number_seq";
create table "commission_batch" (
  "id" uuid primary key default uuidv7(),
  "version" integer not null default 1,
  "deleted_at" timestamptz,
  "deleted_by" uuid,
  "number" text,
  "name" text,
  "name_key" text collate "C" not null default '',
  "until" date,
  "people_ids" uuid[] not null default '{}',
  "department_ids" uuid[] not null default '{}',
  "with_negative" boolean,
  "status" text,
  "total" numeric,
  "total_currency" text,
  "total_base" numeric,
  "total_rate" numeric,
  "total_rate_date" date,
  "people_count" integer,
  "row_count" integer,
  "paid_on" date,
  "reason" text,
  "remark" text,
  "created_at" timestamptz not null default now(),
  "created_by" uuid,
  "updated_at" timestamptz not null default now(),
  "updated_by" uuid
);
create index "commission_batch_name_key_id_idx" on "commission_batch" ("name_key", "id") where deleted_at is null;
create index "commission_batch_name_idx" on "commission_batch" ("name") where deleted_at is null and "name" is not null;
create index "commission_batch_until_id_idx" on "commission_batch" ("until", "id") where deleted_at is null;
create index "commission_batch_status_idx" on "commission_batch" ("status") where deleted_at is null and "status" is not null;
create index "commission_batch_total_base_id_idx" on "commission_batch" ("total_base", "id") where deleted_at is null;
create index "commission_batch_paid_on_id_idx" on "commission_batch" ("paid_on", "id") where deleted_at is null;
create index "commission_batch_created_at_id_idx" on "commission_batch" ("created_at", "id") where deleted_at is null;
create index "commission_batch_updated_at_id_idx" on "commission_batch" ("updated_at", "id") where deleted_at is null;
create unique index "commission_batch_number_unique" on "commission_batch" ("number") where deleted_at is null;
create index "commission_batch_status_until_idx" on "commission_batch" ("status", "until") where deleted_at is null;
create index "commission_batch_deleted_at_idx" on "commission_batch" ("deleted_at") where deleted_at is not null;
create sequence "commission_row_number_seq";
create table "commission_row" (
  "id" uuid primary key default uuidv7(),
  "version" integer not null default 1,
  "deleted_at" timestamptz,
  "deleted_by" uuid,
  "number" text,
  "name" text,
  "day" date,
  "kind" text,
  "amount" numeric,
  "amount_currency" text,
  "amount_base" numeric,
  "amount_rate" numeric,
  "amount_rate_date" date,
  "base" numeric,
  "base_currency" text,
  "base_base" numeric,
  "base_rate" numeric,
  "base_rate_date" date,
  "status" text,
  "plan_id" uuid,
  "customer_id" uuid,
  "order_id" uuid,
  "contract_id" uuid,
  "receipt_id" uuid,
  "period" date,
  "batch_id" uuid,
  "how" jsonb,
  "credit" text,
  "owner_id" uuid,
  "department_id" uuid,
  "created_at" timestamptz not null default now(),
  "created_by" uuid,
  "updated_at" timestamptz not null default now(),
  "updated_by" uuid
);
create index "commission_row_name_idx" on "commission_row" ("name") where deleted_at is null and "name" is not null;
create index "commission_row_day_id_idx" on "commission_row" ("day", "id") where deleted_at is null;
create index "commission_row_amount_base_id_idx" on "commission_row" ("amount_base", "id") where deleted_at is null;
create index "commission_row_plan_id_idx" on "commission_row" ("plan_id") where deleted_at is null and "plan_id" is not null;
create index "commission_row_customer_id_idx" on "commission_row" ("customer_id") where deleted_at is null and "customer_id" is not null;
create index "commission_row_order_id_idx" on "commission_row" ("order_id") where deleted_at is null and "order_id" is not null;
create index "commission_row_contract_id_idx" on "commission_row" ("contract_id") where deleted_at is null and "contract_id" is not null;
create index "commission_row_receipt_id_idx" on "commission_row" ("receipt_id") where deleted_at is null and "receipt_id" is not null;
create index "commission_row_period_idx" on "commission_row" ("period") where deleted_at is null and "period" is not null;
create index "commission_row_batch_id_idx" on "commission_row" ("batch_id") where deleted_at is null and "batch_id" is not null;
create index "commission_row_created_at_id_idx" on "commission_row" ("created_at", "id") where deleted_at is null;
create index "commission_row_updated_at_id_idx" on "commission_row" ("updated_at", "id") where deleted_at is null;
create unique index "commission_row_number_unique" on "commission_row" ("number") where deleted_at is null;
create index "commission_row_owner_id_day_idx" on "commission_row" ("owner_id", "day") where deleted_at is null;
create index "commission_row_department_id_day_idx" on "commission_row" ("department_id", "day") where deleted_at is null;
create index "commission_row_status_day_idx" on "commission_row" ("status", "day") where deleted_at is null;
create index "commission_row_batch_id_owner_id_idx" on "commission_row" ("batch_id", "owner_id") where deleted_at is null;
create index "commission_row_deleted_at_idx" on "commission_row" ("deleted_at") where deleted_at is not null
;
-- Whose an allocation is by a plan, decided once, and what is booked for it.
create table commission_credit (
  id uuid primary key,
  posting_id uuid not null references ledger_posting (id),
  plan_id uuid not null references commission_plan (id),
  person_id uuid not null,
  via_id uuid not null,
  -- The first day of the period in which it counts.
  period date not null,
  base numeric not null default 0,
  unique (posting_id, plan_id, person_id, via_id)
);
-- What somebody has reached by a plan in a period, and what that has earned him: the sums of his rows.
create table commission_reached (
  person_id uuid not null,
  plan_id uuid not null references commission_plan (id),
  period date not null,
  base numeric not null,
  amount numeric not null,
  primary key (person_id, plan_id, period)
);
-- A row stands in one batch at most, and what is paid stays.
create function commission_row_in_one_batch() returns trigger language plpgsql as $$
begin
  if old.batch_id is not null and new.batch_id is not null and new.batch_id <> old.batch_id then
    raise exception 'a row of commission stands in one batch at most';
  end if;
  if old.status = 'paid' and (new.status <> 'paid' or new.amount is distinct from old.amount) then
    raise exception 'commission that was paid is not changed: enter what is taken back';
  end if;
  return new;
end
$$;
create trigger commission_row_in_one_batch before update on commission_row
  for each row execute function commission_row_in_one_batch();
alter table commission_row add constraint commission_row_batch_by_status
  check ((batch_id is null) = (status = 'open'));
