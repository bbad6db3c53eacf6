-- Who takes part in business on the customer's side.
create table "stakeholder" (
  "id" uuid primary key default uuidv7(),
  "version" integer not null default 1,
  "deleted_at" timestamptz,
  "deleted_by" uuid,
  "opportunity_id" uuid,
  "contact_id" uuid,
  "role" text,
  "stance" text,
  "note" text,
  "customer_id" uuid,
  "owner_id" uuid,
  "department_id" uuid,
  "created_at" timestamptz not null default now(),
  "created_by" uuid,
  "updated_at" timestamptz not null default now(),
  "updated_by" uuid,
  "root_owner_id" uuid
);
create index "stakeholder_opportunity_id_idx" on "stakeholder" ("opportunity_id") where deleted_at is null and "opportunity_id" is not null;
create index "stakeholder_contact_id_idx" on "stakeholder" ("contact_id") where deleted_at is null and "contact_id" is not null;
create index "stakeholder_role_idx" on "stakeholder" ("role") where deleted_at is null and "role" is not null;
create index "stakeholder_customer_id_idx" on "stakeholder" ("customer_id") where deleted_at is null and "customer_id" is not null;
create index "stakeholder_created_at_id_idx" on "stakeholder" ("created_at", "id") where deleted_at is null;
create index "stakeholder_updated_at_id_idx" on "stakeholder" ("updated_at", "id") where deleted_at is null;
create unique index "stakeholder_opportunity_id_contact_id_unique" on "stakeholder" ("opportunity_id", "contact_id") where deleted_at is null;
create index "stakeholder_owner_id_updated_at_idx" on "stakeholder" ("owner_id", "updated_at") where deleted_at is null;
create index "stakeholder_department_id_updated_at_idx" on "stakeholder" ("department_id", "updated_at") where deleted_at is null;
create index "stakeholder_root_owner_id_updated_at_idx" on "stakeholder" ("root_owner_id", "updated_at") where deleted_at is null;
create index "stakeholder_deleted_at_idx" on "stakeholder" ("deleted_at") where deleted_at is not null;
