-- Merges of records: what was done, so that it can be taken back for 30 days, and where old ids lead, for good.
create table record_merge (
  id uuid primary key,
  entity text collate "C" not null,
  into_id uuid not null,
  sources uuid[] not null,
  at timestamptz not null,
  actor_id uuid,
  -- Of the survivor: by field what it had and what it was given. Emptied with the record's erasure.
  given jsonb not null default '{}',
  -- Shares the survivor was given, and marks of imports that lead to it since.
  shares uuid[] not null default '{}',
  marks jsonb not null default '[]',
  undone_at timestamptz,
  undone_by uuid
);
create index record_merge_into on record_merge (into_id, at desc);
create index record_merge_sources on record_merge using gin (sources);
create index record_merge_at on record_merge (at);

-- One row for each reference that led to a merged record and leads to the survivor since.
create table merge_move (
  merge_id uuid not null references record_merge on delete cascade,
  entity text collate "C" not null,
  field text collate "C" not null,
  record_id uuid not null,
  from_ids uuid[] not null,
  -- Of several references: whether the survivor was among them before.
  had_into boolean not null default false,
  -- Would have stood twice where only one may: waits in the recycle bin.
  binned boolean not null default false,
  primary key (merge_id, record_id, entity, field)
);

create table record_alias (
  id uuid primary key,
  entity text collate "C" not null,
  into_id uuid not null,
  merge_id uuid not null
);
create index record_alias_into on record_alias (into_id);
