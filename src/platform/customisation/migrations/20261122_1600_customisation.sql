-- The administrator's own fields and record types (PLT-4). The fields themselves are real columns named x_…, the record
-- types real tables; what stands here is their declaration.
create table registry_state (
  singleton boolean primary key default true check (singleton),
  version bigint not null default 1
);
insert into registry_state default values;

-- Names of what was destroyed stay taken: statements prepared for the former columns, and the audit, would mistake them.
create table record_type (
  id uuid primary key default uuidv7(),
  version integer not null default 1,
  name text not null unique,
  plural text not null unique,
  spec jsonb not null,
  retired_at timestamptz,
  erased_at timestamptz,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid
);

create table custom_field (
  id uuid primary key default uuidv7(),
  version integer not null default 1,
  entity text not null,
  name text not null,
  kind text not null,
  spec jsonb not null,
  position integer not null,
  -- What a following step still has to do for the rows there are: index, sort keys, search.
  preparing text[] not null default '{}',
  -- Why that step could not be done.
  problem text,
  retired_at timestamptz,
  erased_at timestamptz,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  unique (entity, name)
);
create index custom_field_waiting on custom_field (entity) where preparing <> '{}';
