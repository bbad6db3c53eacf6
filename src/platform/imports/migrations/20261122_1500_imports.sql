-- A file brought in: what it is, how its columns are read, how far it has come.
create table import (
  id uuid primary key default uuidv7(),
  entity text not null,
  file_name text not null,
  file_path text not null,
  file_digest text not null,
  sheet text,
  state text not null default 'mapping'
    check (state in ('mapping', 'checking', 'checked', 'running', 'done', 'failed', 'undoing', 'undone')),
  mapping jsonb not null default '[]',
  options jsonb not null default '{}',
  -- What the check found: rows in all, and what would become of them.
  checked jsonb,
  counts jsonb,
  total bigint,
  searchable bigint not null default 0,
  error_code text,
  error_params jsonb,
  -- Of an undo: records people have changed since, which stayed as they are.
  conflicts jsonb,
  job_id uuid,
  created_by uuid,
  created_at timestamptz not null default now(),
  started_at timestamptz,
  finished_at timestamptz
);
create index import_creator on import (created_by, id desc);
create index import_file on import (file_digest, entity);

-- Parts that are committed: after a power cut the work goes on behind the last one, and no part is written twice.
create table import_chunk (
  import_id uuid not null references import on delete cascade,
  no integer not null,
  counts jsonb not null,
  indexed boolean not null default false,
  undone boolean not null default false,
  primary key (import_id, no)
);

-- What a line of the file did: one row for each record it touched (part 0 is the line's own), or why it did nothing.
-- With the version that stood afterwards and the row that stood before it is also the journal for taking it all back.
create table import_row (
  import_id uuid not null references import on delete cascade,
  line integer not null,
  part integer not null default 0,
  chunk integer not null,
  outcome text collate "C" not null check (outcome in ('created', 'updated', 'skipped', 'failed')),
  entity text,
  record_id uuid,
  version integer,
  before jsonb,
  reasons jsonb,
  -- The cells as they stood in the file; of failed rows only.
  cells jsonb,
  -- By which the row is known again where nothing else tells records apart (duplicate_key of kind row).
  mark bigint,
  primary key (import_id, line, part)
);
create index import_row_outcome on import_row (import_id, outcome, line) where outcome <> 'created';

create table import_mapping (
  id uuid primary key default uuidv7(),
  entity text not null,
  name text not null,
  definition jsonb not null,
  shared boolean not null default false,
  created_by uuid,
  created_at timestamptz not null default now()
);
create index import_mapping_entity on import_mapping (entity);

create index undo_row_record on undo_row (record_id);
