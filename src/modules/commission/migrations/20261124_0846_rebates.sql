create sequence "rebate_agreement_number_seq";
create table "rebate_agreement" (
  "id" uuid primary key default uuidv7(),
  "version" integer not null default 1,
  "deleted_at" timestamptz,
  "deleted_by" uuid,
  "number" text,
  "name" text,
  "name_key" text collate "C" not null default '',
  "customer_id" uuid,
  "partner_id" uuid,
  "with_side" boolean,
  "status" text,
  "valid_from" date,
  "valid_to" date,
  "period" text,
  "counted" text,
  "measure" text,
  "taxed" text,
  "mode" text,
  "currency" text,
  "product_ids" uuid[] not null default '{}',
  "categorie_ids" uuid[] not null default '{}',
  "cap" numeric,
  "way" text,
  "tiers" jsonb,
  "credit" numeric,
  "credit_currency" text,
  "credit_base" numeric,
  "credit_rate" numeric,
  "credit_rate_date" date,
  "remark" text,
  "owner_id" uuid,
  "department_id" uuid,
  "created_at" timestamptz not null default now(),
  "created_by" uuid,
  "updated_at" timestamptz not null default now(),
  "updated_by" uuid,
  "root_owner_id" uuid
);
create index "rebate_agreement_name_key_id_idx" on "rebate_agreement" ("name_key", "id") where deleted_at is null;
create index "rebate_agreement_name_idx" on "rebate_agreement" ("name") where deleted_at is null and "name" is not null;
create index "rebate_agreement_customer_id_idx" on "rebate_agreement" ("customer_id") where deleted_at is null and "customer_id" is not null;
create index "rebate_agreement_partner_id_idx" on "rebate_agreement" ("partner_id") where deleted_at is null and "partner_id" is not null;
create index "rebate_agreement_valid_from_id_idx" on "rebate_agreement" ("valid_from", "id") where deleted_at is null;
create index "rebate_agreement_valid_to_id_idx" on "rebate_agreement" ("valid_to", "id") where deleted_at is null;
create index "rebate_agreement_currency_idx" on "rebate_agreement" ("currency") where deleted_at is null and "currency" is not null;
create index "rebate_agreement_credit_base_id_idx" on "rebate_agreement" ("credit_base", "id") where deleted_at is null;
create index "rebate_agreement_created_at_id_idx" on "rebate_agreement" ("created_at", "id") where deleted_at is null;
create index "rebate_agreement_updated_at_id_idx" on "rebate_agreement" ("updated_at", "id") where deleted_at is null;
create unique index "rebate_agreement_number_unique" on "rebate_agreement" ("number") where deleted_at is null;
create index "rebate_agreement_owner_id_name_key_idx" on "rebate_agreement" ("owner_id", "name_key") where deleted_at is null;
create index "rebate_agreement_department_id_name_key_idx" on "rebate_agreement" ("department_id", "name_key") where deleted_at is null;
create index "rebate_agreement_root_owner_id_name_key_idx" on "rebate_agreement" ("root_owner_id", "name_key") where deleted_at is null;
create index "rebate_agreement_status_valid_to_idx" on "rebate_agreement" ("status", "valid_to") where deleted_at is null;
create index "rebate_agreement_deleted_at_idx" on "rebate_agreement" ("deleted_at") where deleted_at is not null;
create sequence "rebate_batch_number_seq";
create table "rebate_batch" (
  "id" uuid primary key default uuidv7(),
  "version" integer not null default 1,
  "deleted_at" timestamptz,
  "deleted_by" uuid,
  "number" text,
  "name" text,
  "name_key" text collate "C" not null default '',
  "until" date,
  "agreement_ids" uuid[] not null default '{}',
  "currency" text,
  "status" text,
  "total" numeric,
  "total_currency" text,
  "total_base" numeric,
  "total_rate" numeric,
  "total_rate_date" date,
  "agreement_count" integer,
  "row_count" integer,
  "paid_on" date,
  "reason" text,
  "remark" text,
  "created_at" timestamptz not null default now(),
  "created_by" uuid,
  "updated_at" timestamptz not null default now(),
  "updated_by" uuid
);
create index "rebate_batch_name_key_id_idx" on "rebate_batch" ("name_key", "id") where deleted_at is null;
create index "rebate_batch_name_idx" on "rebate_batch" ("name") where deleted_at is null and "name" is not null;
create index "rebate_batch_until_id_idx" on "rebate_batch" ("until", "id") where deleted_at is null;
create index "rebate_batch_currency_idx" on "rebate_batch" ("currency") where deleted_at is null and "currency" is not null;
create index "rebate_batch_status_idx" on "rebate_batch" ("status") where deleted_at is null and "status" is not null;
create index "rebate_batch_total_base_id_idx" on "rebate_batch" ("total_base", "id") where deleted_at is null;
create index "rebate_batch_paid_on_id_idx" on "rebate_batch" ("paid_on", "id") where deleted_at is null;
create index "rebate_batch_created_at_id_idx" on "rebate_batch" ("created_at", "id") where deleted_at is null;
create index "rebate_batch_updated_at_id_idx" on "rebate_batch" ("updated_at", "id") where deleted_at is null;
create unique index "rebate_batch_number_unique" on "rebate_batch" ("number") where deleted_at is null;
create index "rebate_batch_status_until_idx" on "rebate_batch" ("status", "until") where deleted_at is null;
create index "rebate_batch_deleted_at_idx" on "rebate_batch" ("deleted_at") where deleted_at is not null
;
-- What of a deal counts for an agreement, by what it is counted of: an order, a delivery, an allocation of money.
create table rebate_source (
  agreement_id uuid not null references rebate_agreement (id),
  source_id uuid not null,
  deal_id uuid not null,
  -- The first day of the period in which it counts.
  period date not null,
  base numeric not null,
  primary key (agreement_id, source_id)
);
create index rebate_source_deal_idx on rebate_source (deal_id);
-- What was reached by an agreement in a period, and what that is worth: the sums of its movements that nobody entered by hand.
create table rebate_reached (
  agreement_id uuid not null references rebate_agreement (id),
  period date not null,
  base numeric not null,
  amount numeric not null,
  primary key (agreement_id, period)
);
-- What was accrued by an agreement, taken back, or entered by hand; in the agreement's currency.
create table rebate_row (
  id uuid primary key,
  agreement_id uuid not null references rebate_agreement (id),
  period date not null,
  day date not null,
  kind text not null,
  name text not null,
  amount numeric not null,
  base numeric not null,
  holder text,
  deal_id uuid,
  status text not null,
  batch_id uuid references rebate_batch (id),
  how jsonb,
  at timestamptz not null,
  actor_id uuid,
  constraint rebate_row_batch_by_status check ((batch_id is null) = (status = 'open'))
);
create index rebate_row_agreement_idx on rebate_row (agreement_id, status, period);
create index rebate_row_batch_idx on rebate_row (batch_id, agreement_id);
create index rebate_row_open_idx on rebate_row (period) where status = 'open';
-- A movement stands in one batch at most, and what is paid stays.
create function rebate_row_in_one_batch() returns trigger language plpgsql as $$
begin
  if old.batch_id is not null and new.batch_id is not null and new.batch_id <> old.batch_id then
    raise exception 'a movement of rebates stands in one batch at most';
  end if;
  if old.status = 'paid' and (new.status <> 'paid' or new.amount is distinct from old.amount) then
    raise exception 'rebates that were paid are not changed: enter what is taken back';
  end if;
  return new;
end
$$;
create trigger rebate_row_in_one_batch before update on rebate_row
  for each row execute function rebate_row_in_one_batch();
