-- The models as the company has made them; one that has no row is not in use.
create table lifecycle_model (
  code text primary key,
  active boolean not null,
  definition jsonb not null,
  problem text
);

create table customer_stage (
  model text not null,
  customer_id uuid not null references customer on delete cascade,
  stage text not null,
  since timestamptz not null,
  -- Put there by hand and held against the rules, until a day or until let go.
  held_at timestamptz,
  held_until date,
  held_by uuid,
  primary key (model, customer_id)
);
create index customer_stage_customer on customer_stage (customer_id);
create index customer_stage_by_stage on customer_stage (model, stage);

-- Every move with what showed it.
create table stage_change (
  id bigint generated always as identity primary key,
  model text not null,
  customer_id uuid not null references customer on delete cascade,
  from_stage text,
  to_stage text not null,
  -- begin: first seen; rule: a rule held; hand: a person.
  cause text not null,
  evidence text,
  readings jsonb not null default '[]',
  by uuid,
  at timestamptz not null
);
create index stage_change_customer on stage_change (customer_id, id);
create index stage_change_at on stage_change (model, at);

alter table "customer_fact" add column "life_stage" text;
alter table "customer_fact" add column "life_stage_since" timestamptz;
alter table "customer_fact" add column "relation_stage" text;
alter table "customer_fact" add column "relation_stage_since" timestamptz;
create index "customer_fact_life_stage_idx" on "customer_fact" ("life_stage", "id") where "life_stage" is not null;
create index "customer_fact_relation_stage_idx" on "customer_fact" ("relation_stage", "id") where "relation_stage" is not null;

-- Which task was made of which recommended work.
create table stage_task (
  model text not null,
  customer_id uuid not null references customer on delete cascade,
  stage text not null,
  work integer not null,
  task_id uuid not null primary key references task on delete cascade,
  at timestamptz not null
);
create index stage_task_customer on stage_task (customer_id);
