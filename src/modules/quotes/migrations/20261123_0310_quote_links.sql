create table quote_link (
  id uuid primary key default uuidv7(),
  quote_id uuid not null references quote(id) on delete cascade,
  created_at timestamptz not null default now(),
  created_by uuid,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  opened integer not null default 0,
  opened_at timestamptz,
  answer text,
  answered_at timestamptz,
  name text,
  reason text,
  ip text,
  agent text
);
create index quote_link_quote_id_idx on quote_link (quote_id);
