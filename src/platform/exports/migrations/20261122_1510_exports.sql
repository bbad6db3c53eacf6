-- A file taken out: only who asked for it may fetch it, for seven days.
create table export (
  id uuid primary key default uuidv7(),
  entity text not null,
  format text not null check (format in ('csv', 'xlsx')),
  query jsonb not null default '{}',
  state text not null default 'waiting' check (state in ('waiting', 'running', 'done', 'failed')),
  done bigint not null default 0,
  file_name text not null,
  error_code text,
  job_id uuid,
  created_by uuid not null,
  created_at timestamptz not null default now(),
  finished_at timestamptz
);
create index export_created on export (created_at);
