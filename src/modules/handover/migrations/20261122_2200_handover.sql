-- What one person had open, given to others in one piece.
create table handover (
  id uuid primary key,
  user_id uuid not null,
  plan jsonb not null,
  expected jsonb not null,
  state text not null check (state in ('running', 'done', 'failed', 'undone')),
  created_by uuid,
  created_at timestamptz not null,
  done_at timestamptz,
  undone_at timestamptz,
  undone_by uuid,
  result jsonb
);
create index handover_user on handover (user_id, created_at desc);
create unique index handover_running on handover (user_id) where state = 'running';

-- Each record with whose it was and whose it became.
create table handover_item (
  handover_id uuid not null references handover on delete cascade,
  entity text not null,
  record_id uuid not null,
  from_department uuid,
  to_owner uuid not null,
  customer_id uuid,
  primary key (handover_id, entity, record_id)
);
create index handover_item_receiver on handover_item (handover_id, to_owner);
create index handover_item_record on handover_item (record_id);
