create table "grade_scheme" (
  "id" uuid primary key default uuidv7(),
  "version" integer not null default 1,
  "deleted_at" timestamptz,
  "deleted_by" uuid,
  "name" text,
  "name_key" text collate "C" not null default '',
  "description" text,
  "kind" text,
  "period" text,
  "department_id" uuid,
  "definition" jsonb,
  "active" boolean,
  "main" boolean,
  "problem" text,
  "graded_at" timestamptz,
  "created_at" timestamptz not null default now(),
  "created_by" uuid,
  "updated_at" timestamptz not null default now(),
  "updated_by" uuid
);
create index "grade_scheme_name_key_id_idx" on "grade_scheme" ("name_key", "id") where deleted_at is null;
create index "grade_scheme_created_at_id_idx" on "grade_scheme" ("created_at", "id") where deleted_at is null;
create index "grade_scheme_updated_at_id_idx" on "grade_scheme" ("updated_at", "id") where deleted_at is null;
create unique index "grade_scheme_name_unique" on "grade_scheme" ("name") where deleted_at is null;
create index "grade_scheme_deleted_at_idx" on "grade_scheme" ("deleted_at") where deleted_at is not null;
-- One at most is the main one.
create unique index grade_scheme_main on grade_scheme (main) where main and deleted_at is null;

alter table "customer_fact" add column "grade" text;
alter table "customer_fact" add column "grade_score" numeric;
alter table "customer_fact" add column "grade_since" timestamptz;
create index "customer_fact_grade_idx" on "customer_fact" ("grade", "id") where "grade" is not null;
create index "customer_fact_grade_score_idx" on "customer_fact" ("grade_score", "id") where "grade_score" is not null;

-- What grade each customer has in each scheme, as far as one scheme says anything of it.
create table customer_grade (
  scheme_id uuid not null,
  customer_id uuid not null references customer on delete cascade,
  grade text,
  score numeric,
  since timestamptz not null,
  -- Held fast by hand, until a day or until let go.
  locked_at timestamptz,
  locked_by uuid,
  locked_until date,
  lock_note text,
  -- What it falls to at the end of the period, once its owner has been told.
  pending_grade text,
  pending_due date,
  noticed_at timestamptz,
  primary key (scheme_id, customer_id)
);
create index customer_grade_customer on customer_grade (customer_id);
create index customer_grade_by_grade on customer_grade (scheme_id, grade);
create index customer_grade_pending on customer_grade (scheme_id, pending_due) where pending_due is not null;

-- The rules as they stood when they decided.
create table grade_rules (
  id uuid primary key,
  scheme_id uuid not null,
  kind text not null,
  definition jsonb not null,
  at timestamptz not null
);

-- Every change with its reason.
create table grade_change (
  id bigint generated always as identity primary key,
  scheme_id uuid not null,
  customer_id uuid not null references customer on delete cascade,
  from_grade text,
  to_grade text,
  score numeric,
  -- rule: a rule decided; periodEnd: a fall announced before; hand: a person; scheme: the scheme no longer concerns it.
  cause text not null,
  readings jsonb not null default '[]',
  rules_id uuid,
  note text,
  by uuid,
  at timestamptz not null
);
create index grade_change_customer on grade_change (customer_id, id);
