-- What people see of a job; the queue itself is graphile-worker's schema, which holds only the id.
create table job (
  id uuid primary key default uuidv7(),
  name text not null,
  key text,
  entity text,
  input jsonb not null default '{}',
  state text not null default 'queued' check (state in ('queued', 'running', 'done', 'failed', 'cancelled')),
  done bigint not null default 0,
  total bigint,
  note text,
  result jsonb,
  error_code text,
  error_params jsonb,
  attempts integer not null default 0,
  cancel_requested boolean not null default false,
  created_by uuid,
  created_at timestamptz not null default now(),
  started_at timestamptz,
  finished_at timestamptz
);
-- One waiting job per key; another may wait while one runs.
create unique index job_key on job (name, key) where key is not null and state = 'queued';
create index job_state on job (state, id desc);
create index job_creator on job (created_by, id desc);
create index job_finished on job (finished_at) where finished_at is not null;
