-- 客户报表: the six forms, what people judge in them, and every state in which one was handed in.
create table "customer_form" (
  "id" uuid primary key default uuidv7(),
  "version" integer not null default 1,
  "deleted_at" timestamptz,
  "deleted_by" uuid,
  "name" text,
  "name_key" text collate "C" not null default '',
  "kind" text,
  "period" text,
  "starts_on" date,
  "reach" text,
  "of_department_id" uuid,
  "of_person_id" uuid,
  "of_segment_id" uuid,
  "status" text,
  "filler_id" uuid,
  "reviewer_id" uuid,
  "prepared_by_id" uuid,
  "prepared_at" timestamptz,
  "filled_by_id" uuid,
  "filled_at" timestamptz,
  "reviewed_by_id" uuid,
  "reviewed_at" timestamptz,
  "round" integer,
  "return_reason" text,
  "owner_id" uuid,
  "department_id" uuid,
  "created_at" timestamptz not null default now(),
  "created_by" uuid,
  "updated_at" timestamptz not null default now(),
  "updated_by" uuid
);
create index "customer_form_name_key_id_idx" on "customer_form" ("name_key", "id") where deleted_at is null;
create index "customer_form_name_idx" on "customer_form" ("name") where deleted_at is null and "name" is not null;
create index "customer_form_kind_idx" on "customer_form" ("kind") where deleted_at is null and "kind" is not null;
create index "customer_form_period_idx" on "customer_form" ("period") where deleted_at is null and "period" is not null;
create index "customer_form_starts_on_id_idx" on "customer_form" ("starts_on", "id") where deleted_at is null;
create index "customer_form_status_idx" on "customer_form" ("status") where deleted_at is null and "status" is not null;
create index "customer_form_filler_id_idx" on "customer_form" ("filler_id") where deleted_at is null and "filler_id" is not null;
create index "customer_form_reviewer_id_idx" on "customer_form" ("reviewer_id") where deleted_at is null and "reviewer_id" is not null;
create index "customer_form_created_at_id_idx" on "customer_form" ("created_at", "id") where deleted_at is null;
create index "customer_form_updated_at_id_idx" on "customer_form" ("updated_at", "id") where deleted_at is null;
create index "customer_form_owner_id_starts_on_idx" on "customer_form" ("owner_id", "starts_on") where deleted_at is null;
create index "customer_form_department_id_starts_on_idx" on "customer_form" ("department_id", "starts_on") where deleted_at is null;
create index "customer_form_deleted_at_idx" on "customer_form" ("deleted_at") where deleted_at is not null;

-- Judgements, until and after a form is handed in. A row is a customer, a visit or an area.
create table customer_form_cell (
  form_id uuid not null references customer_form on delete cascade,
  row_key text not null,
  column_name text not null,
  value text not null,
  by uuid,
  at timestamptz not null,
  primary key (form_id, row_key, column_name)
);
create index customer_form_cell_row on customer_form_cell (row_key);

-- Customers put in by hand, or left out.
create table customer_form_mark (
  form_id uuid not null references customer_form on delete cascade,
  customer_id uuid not null references customer on delete cascade,
  put boolean not null,
  by uuid,
  at timestamptz not null,
  primary key (form_id, customer_id)
);
create index customer_form_mark_customer on customer_form_mark (customer_id);

-- A sheet as it was handed in; it never changes but for what is erased.
create table customer_form_version (
  id uuid primary key,
  form_id uuid not null references customer_form on delete cascade,
  round integer not null,
  -- submitted, returned, locked
  state text not null,
  head jsonb not null,
  -- Owners and departments of the customers it tells of: who may see all of them may read it.
  holders jsonb not null,
  prepared_by uuid,
  prepared_at timestamptz,
  filled_by uuid,
  filled_at timestamptz not null,
  decided_by uuid,
  decided_at timestamptz,
  reason text,
  unique (form_id, round)
);
create table customer_form_line (
  version_id uuid not null references customer_form_version on delete cascade,
  at integer not null,
  row_key text not null,
  customer_id uuid,
  hand boolean not null default false,
  erased boolean not null default false,
  cells jsonb not null,
  primary key (version_id, at)
);
create index customer_form_line_row on customer_form_line (row_key);
create index customer_form_line_customer on customer_form_line (customer_id) where customer_id is not null;

-- What is erased goes from signed sheets too: the line stays, empty.
create function customer_form_erase() returns trigger language plpgsql as $$
begin
  delete from customer_form_cell where row_key = old.id::text;
  update customer_form_line set cells = '{}', erased = true where row_key = old.id::text or customer_id = old.id;
  return null;
end $$;
create trigger customer_form_erase after delete on customer for each row execute function customer_form_erase();
create trigger customer_form_erase after delete on activity for each row execute function customer_form_erase();

-- Roles every company begins with may use them from now on; what a company has set itself stays.
update role set permissions = jsonb_set(permissions, '{entities,customerForm}', given.permission)
from (values
  ('manager', '{"actions": {"read": "departmentAndBelow", "create": "departmentAndBelow", "update": "departmentAndBelow", "delete": "departmentAndBelow", "export": "departmentAndBelow"}}'::jsonb),
  ('salesperson', '{"actions": {"read": "self", "create": "self", "update": "self", "delete": "self"}}'),
  ('reader', '{"actions": {"read": "all"}}')
) as given(code, permission)
where role.code = given.code and permissions ? 'entities' and not permissions->'entities' ? 'customerForm';
