-- How the forecast stood: every Monday, and whenever somebody wanted it kept.
create table forecast_snapshot (
  id uuid primary key default uuidv7(),
  kind text not null,
  -- Of a weekly one its Monday: there is one.
  week date,
  at timestamptz not null,
  by uuid,
  note text
);
create unique index forecast_snapshot_week on forecast_snapshot (week) where kind = 'weekly';
create index forecast_snapshot_at on forecast_snapshot (at);
create table forecast_snapshot_figure (
  snapshot_id uuid not null references forecast_snapshot on delete cascade,
  period text not null,
  owner_id uuid,
  department_id uuid,
  deals integer not null,
  won numeric not null,
  commit numeric not null,
  best numeric not null,
  pipeline numeric not null,
  omitted numeric not null,
  weighted numeric not null
);
create index forecast_snapshot_figure_period on forecast_snapshot_figure (period, snapshot_id);
-- What people promised for a period in a round, and what their superiors made of it. Rounds that are closed stay as they are.
create table forecast_submission (
  period text not null,
  round date not null,
  person_id uuid not null,
  level text not null,
  commit numeric not null,
  best numeric not null,
  note text,
  -- What the records said at that moment.
  said_commit numeric not null,
  said_best numeric not null,
  at timestamptz not null,
  primary key (period, round, person_id, level)
);
create table forecast_adjustment (
  period text not null,
  round date not null,
  person_id uuid not null,
  manager_id uuid not null,
  commit numeric not null,
  note text not null,
  at timestamptz not null,
  primary key (period, round, person_id, manager_id)
);
