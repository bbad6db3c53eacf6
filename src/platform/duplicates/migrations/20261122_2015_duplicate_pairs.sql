-- Hashes by which records come to be compared (blocks.ts), one row a record.
create table duplicate_block (
  record_id uuid primary key,
  entity text collate "C" not null,
  keys bigint[] not null
);
create index duplicate_block_keys on duplicate_block using gin (keys);
create index duplicate_block_entity on duplicate_block (entity, record_id);

-- Two records that may be one, the lower id first, and what people said of it. A decision outlasts the pair's judgement.
create table duplicate_pair (
  a uuid not null,
  b uuid not null,
  entity text collate "C" not null,
  certainty real not null,
  reasons text[] not null,
  decision text collate "C" check (decision in ('different', 'later')),
  decided_by uuid,
  decided_at timestamptz,
  -- Until then the pair rests.
  later_until timestamptz,
  found_at timestamptz not null default now(),
  primary key (a, b),
  check (a < b)
);
create index duplicate_pair_b on duplicate_pair (b);
create index duplicate_pair_order on duplicate_pair (entity, certainty desc, a, b) where decision is distinct from 'different';

-- Who asked whether something is there already, and which records outside his sight he was told of.
create table duplicate_lookup (
  id uuid primary key default uuidv7(),
  at timestamptz not null,
  user_id uuid,
  entity text collate "C" not null,
  told uuid[] not null
);
create index duplicate_lookup_user on duplicate_lookup (user_id, at);
create index duplicate_lookup_at on duplicate_lookup (at);
