-- Records that only one piece of work may change until it is done, for instance an approval.
create table record_lock (
  entity text not null,
  record_id uuid not null,
  holder_id uuid not null,
  at timestamptz not null default now(),
  primary key (entity, record_id)
);
create index record_lock_holder on record_lock (holder_id);

-- How a company decides. Every change is a version of its own; what runs ends under the version it began with.
create table approval_flow (
  id uuid primary key default uuidv7(),
  subject text not null,
  name text not null,
  active boolean not null default false,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  deleted_at timestamptz
);
create unique index approval_flow_active on approval_flow (subject) where active and deleted_at is null;

create table approval_flow_version (
  flow_id uuid not null references approval_flow (id),
  version integer not null,
  definition jsonb not null,
  at timestamptz not null default now(),
  by uuid,
  primary key (flow_id, version)
);

create sequence approval_number_seq;
create table approval (
  id uuid primary key default uuidv7(),
  number text not null unique,
  subject text not null,
  entity text,
  record_id uuid,
  title text not null,
  lines jsonb not null default '[]',
  -- What the person who began gave, and the values that the flow's conditions speak of, as they were then.
  input jsonb not null default '{}',
  values jsonb not null default '{}',
  chosen jsonb not null default '{}',
  comment text,
  flow_id uuid,
  flow_version integer,
  status text not null check (status in ('running', 'returned', 'approved', 'rejected', 'withdrawn')),
  state jsonb not null,
  started_by uuid,
  started_at timestamptz not null,
  ended_at timestamptz,
  reminded_at timestamptz,
  due_at timestamptz,
  foreign key (flow_id, flow_version) references approval_flow_version (flow_id, version)
);
create index approval_started_by on approval (started_by, id);
create index approval_record on approval (entity, record_id, id) where record_id is not null;
-- Of one thing about one record only one decision is open.
create unique index approval_open on approval (subject, record_id)
  where record_id is not null and status in ('running', 'returned');

-- Who is asked, and who was told: what the work list reads. Follows the approval's state.
create table approval_task (
  approval_id uuid not null references approval (id),
  seat text not null,
  person_id uuid not null,
  kind text not null check (kind in ('decide', 'cc')),
  state text not null default 'open' check (state in ('open', 'done')),
  opened_at timestamptz not null,
  done_at timestamptz,
  decided_by uuid,
  primary key (approval_id, seat)
);
create index approval_task_open on approval_task (person_id, approval_id) where state = 'open';
create index approval_task_person on approval_task (person_id, kind, approval_id);
create index approval_task_decided on approval_task (decided_by, approval_id) where decided_by is not null;

create table approval_history (
  id uuid primary key default uuidv7(),
  approval_id uuid not null references approval (id),
  at timestamptz not null,
  actor_id uuid,
  -- The name as it was signed with.
  actor_name text,
  for_id uuid,
  action text not null,
  step text,
  people uuid[] not null default '{}',
  note text,
  comment text,
  edits jsonb
);
create index approval_history_approval on approval_history (approval_id, id);

create table approval_delegation (
  id uuid primary key default uuidv7(),
  person_id uuid not null,
  to_id uuid not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  created_at timestamptz not null default now(),
  check (ends_at > starts_at)
);
create index approval_delegation_person on approval_delegation (person_id, ends_at);
create index approval_delegation_to on approval_delegation (to_id, ends_at);
