create table learned_model (
  name text primary key,
  trained_at timestamptz not null,
  state text not null,
  won integer not null,
  lost integer not null,
  quality jsonb,
  model jsonb
);
