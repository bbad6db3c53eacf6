-- What was learnt of how business ends, as it would have been known on a day.
create table forecast_fit (
  day date primary key,
  fit jsonb not null,
  at timestamptz not null
);
