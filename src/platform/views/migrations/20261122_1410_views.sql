-- Saved views of lists: one's own, shared with a department, or with everyone.
create table saved_view (
  id uuid primary key default uuidv7(),
  entity text not null,
  name text not null,
  owner_id uuid not null references "user" (id) on delete cascade,
  shared text not null default 'none' check (shared in ('none', 'department', 'everyone')),
  department_id uuid references department (id) on delete cascade,
  definition jsonb not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  check ((shared = 'department') = (department_id is not null))
);
create unique index saved_view_owner_entity_name_unique on saved_view (owner_id, entity, name);
create index saved_view_entity on saved_view (entity, shared);
create index saved_view_department on saved_view (department_id) where department_id is not null;
