-- A mass action of more records than one answer waits for. Its id is that of its undo set; taking one back is an action too.
create table mass_action (
  id uuid primary key,
  action text not null check (action in ('update', 'transfer', 'delete', 'restore', 'undo')),
  entity text not null,
  -- What is done, until it is done.
  input jsonb,
  -- Of an undo: what it takes back.
  undoes uuid references undo_set on delete cascade,
  total integer not null,
  job_id uuid not null,
  created_by uuid,
  created_at timestamptz not null
);
create index mass_action_creator on mass_action (created_by, id desc);
create index mass_action_undoes on mass_action (undoes) where undoes is not null;
create index mass_action_age on mass_action (created_at);

-- Each part is done in one transaction with its own end: after a power cut the work goes on behind the last one.
create table mass_part (
  action_id uuid not null references mass_action on delete cascade,
  no integer not null,
  ids uuid[] not null,
  finished boolean not null default false,
  done integer not null default 0,
  -- Records left as they were, and why.
  failed jsonb not null default '[]',
  primary key (action_id, no)
);
