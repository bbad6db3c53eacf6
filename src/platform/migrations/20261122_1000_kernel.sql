-- Audit: entries hold ids and digests; the personal before and after stand in audit_value, which can be erased.
-- Partitioned by ranges of the time-ordered id, with a default partition; keys by id keep working.
create table audit_entry (
  id uuid not null,
  at timestamptz not null,
  actor_id uuid,
  action text not null,
  entity text not null,
  record_id uuid,
  fields text[] not null default '{}',
  cause_kind text not null,
  cause_id text,
  note text,
  ip text,
  digest text not null,
  primary key (id)
) partition by range (id);
create table audit_entry_default partition of audit_entry default;
create index audit_entry_record on audit_entry (record_id, id desc);
create index audit_entry_actor on audit_entry (actor_id, id desc);
create index audit_entry_entity on audit_entry (entity, id desc);

create table audit_value (
  audit_id uuid not null,
  record_id uuid,
  salt text not null,
  changes jsonb not null,
  primary key (audit_id)
) partition by range (audit_id);
create table audit_value_default partition of audit_value default;
create index audit_value_record on audit_value (record_id);

-- Nobody changes or removes an audit entry, whatever route he takes.
create function audit_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'audit entries cannot be changed';
end $$;
create trigger audit_entry_append_only before update or delete on audit_entry
  for each row execute function audit_is_append_only();

-- Events: subscribers read in order of (transaction, id) below the oldest running transaction, so that none is lost.
create table event (
  id uuid not null,
  tx xid8 not null default pg_current_xact_id(),
  at timestamptz not null,
  name text not null,
  entity text not null,
  record_ids uuid[] not null,
  actor_id uuid,
  payload jsonb not null default '{}',
  primary key (id)
) partition by range (id);
create table event_default partition of event default;
create index event_order on event (tx, id);

create table event_cursor (
  subscriber text primary key,
  tx xid8 not null default '0',
  id uuid not null default '00000000-0000-0000-0000-000000000000',
  updated_at timestamptz not null default now()
);

-- The timeline of a record: one row for each thing that stands on it, with the access principal of that thing.
create table timeline (
  root_id uuid not null,
  at timestamptz not null,
  id uuid not null,
  root_entity text not null,
  category text not null,
  entity text not null,
  record_id uuid not null,
  actor_id uuid,
  owner_id uuid,
  root_owner_id uuid,
  department_id uuid,
  primary key (root_id, entity, record_id)
);
create index timeline_order on timeline (root_id, at desc, id desc);
create index timeline_record on timeline (record_id);

-- Sharing of single records (CUS-14).
create table record_share (
  id uuid primary key default uuidv7(),
  entity text not null,
  record_id uuid not null,
  user_id uuid,
  department_id uuid,
  access text not null check (access in ('read', 'write')),
  expires_at timestamptz,
  created_at timestamptz not null default now(),
  created_by uuid,
  check (num_nonnulls(user_id, department_id) = 1)
);
create index record_share_user on record_share (user_id, entity) where user_id is not null;
create index record_share_department on record_share (department_id, entity) where department_id is not null;
create unique index record_share_once on record_share (entity, record_id, coalesce(user_id, department_id));

-- What a change of many records did, so that it can be taken back.
create table undo_set (
  id uuid primary key,
  at timestamptz not null,
  actor_id uuid,
  entity text not null,
  action text not null,
  undone_at timestamptz
);
create table undo_row (
  undo_id uuid not null references undo_set on delete cascade,
  record_id uuid not null,
  version integer not null,
  before jsonb not null,
  primary key (undo_id, record_id)
);

create table idempotency (
  key text not null,
  principal text not null,
  fingerprint text not null,
  status integer,
  body jsonb,
  created_at timestamptz not null default now(),
  primary key (principal, key)
);
create index idempotency_age on idempotency (created_at);
