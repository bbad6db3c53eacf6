-- Channel partners; the department of each is outside the house from the moment it is made (ADR 0026).
create sequence "partner_number_seq";
create table "partner" (
  "id" uuid primary key default uuidv7(),
  "version" integer not null default 1,
  "deleted_at" timestamptz,
  "deleted_by" uuid,
  "number" text,
  "name" text,
  "name_key" text collate "C" not null default '',
  "customer_id" uuid,
  "kind" text,
  "level" text,
  "parent_id" uuid,
  "status" text,
  "territory" text[] not null default '{}',
  "product_ids" uuid[] not null default '{}',
  "categorie_ids" uuid[] not null default '{}',
  "contract_from" date,
  "contract_to" date,
  "credit_limit" numeric,
  "credit_limit_currency" text,
  "credit_limit_base" numeric,
  "credit_limit_rate" numeric,
  "credit_limit_rate_date" date,
  "protected_days" integer,
  "unit_id" uuid,
  "ended_on" date,
  "end_reason" text,
  "remark" text,
  "owner_id" uuid,
  "department_id" uuid,
  "created_at" timestamptz not null default now(),
  "created_by" uuid,
  "updated_at" timestamptz not null default now(),
  "updated_by" uuid
);
create index "partner_name_key_id_idx" on "partner" ("name_key", "id") where deleted_at is null;
create index "partner_level_idx" on "partner" ("level") where deleted_at is null and "level" is not null;
create index "partner_parent_id_idx" on "partner" ("parent_id") where deleted_at is null and "parent_id" is not null;
create index "partner_contract_from_id_idx" on "partner" ("contract_from", "id") where deleted_at is null;
create index "partner_contract_to_id_idx" on "partner" ("contract_to", "id") where deleted_at is null;
create index "partner_unit_id_idx" on "partner" ("unit_id") where deleted_at is null and "unit_id" is not null;
create index "partner_ended_on_idx" on "partner" ("ended_on") where deleted_at is null and "ended_on" is not null;
create index "partner_created_at_id_idx" on "partner" ("created_at", "id") where deleted_at is null;
create index "partner_updated_at_id_idx" on "partner" ("updated_at", "id") where deleted_at is null;
create unique index "partner_name_unique" on "partner" ("name") where deleted_at is null;
create unique index "partner_customer_id_unique" on "partner" ("customer_id") where deleted_at is null;
create unique index "partner_number_unique" on "partner" ("number") where deleted_at is null;
create index "partner_owner_id_name_key_idx" on "partner" ("owner_id", "name_key") where deleted_at is null;
create index "partner_department_id_name_key_idx" on "partner" ("department_id", "name_key") where deleted_at is null;
create index "partner_deleted_at_idx" on "partner" ("deleted_at") where deleted_at is not null
;
create function partner_outside() returns trigger language plpgsql as $$
begin
  if new.unit_id is not null then
    insert into outside_department (department_id) values (new.unit_id) on conflict do nothing;
  end if;
  return null;
end $$;
create trigger partner_outside after insert or update of unit_id on partner
  for each row execute function partner_outside();
