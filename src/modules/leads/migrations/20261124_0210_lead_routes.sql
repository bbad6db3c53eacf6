create table "lead_route" (
  "id" uuid primary key default uuidv7(),
  "version" integer not null default 1,
  "deleted_at" timestamptz,
  "deleted_by" uuid,
  "name" text,
  "active" boolean,
  "position" integer,
  "condition" jsonb,
  "method" text,
  "member_ids" uuid[] not null default '{}',
  "member_department_ids" uuid[] not null default '{}',
  "max_open" integer,
  "response_minutes" integer,
  "clock" text,
  "escalate_to_id" uuid,
  "created_at" timestamptz not null default now(),
  "created_by" uuid,
  "updated_at" timestamptz not null default now(),
  "updated_by" uuid
);
create index "lead_route_position_id_idx" on "lead_route" ("position", "id") where deleted_at is null;
create index "lead_route_created_at_id_idx" on "lead_route" ("created_at", "id") where deleted_at is null;
create index "lead_route_updated_at_id_idx" on "lead_route" ("updated_at", "id") where deleted_at is null;
create unique index "lead_route_name_unique" on "lead_route" ("name") where deleted_at is null;
create index "lead_route_deleted_at_idx" on "lead_route" ("deleted_at") where deleted_at is not null;
alter table "lead" add column "route_id" uuid;
alter table "lead" add column "assigned_at" timestamptz;
alter table "lead" add column "respond_by" timestamptz;
alter table "lead" add column "response_minutes" integer;
alter table "lead" add column "response_clock" text;
alter table "lead" add column "response_limit" integer;
alter table "lead" add column "escalated_at" timestamptz;
create index "lead_route_id_idx" on "lead" ("route_id") where deleted_at is null and "route_id" is not null;
create index "lead_assigned_at_id_idx" on "lead" ("assigned_at", "id") where deleted_at is null;
create index "lead_respond_by_id_idx" on "lead" ("respond_by", "id") where deleted_at is null;
create index "lead_response_minutes_id_idx" on "lead" ("response_minutes", "id") where deleted_at is null;
-- What still waits for an answer: of all leads few.
create index "lead_unanswered_idx" on "lead" ("respond_by", "id")
  where status = 'new' and escalated_at is null and deleted_at is null;
-- The number of the turn at which a person was last given a lead by a rule.
create table lead_turn (
  route_id uuid not null,
  user_id uuid not null,
  turn integer not null,
  primary key (route_id, user_id)
);
-- Who had a lead while it waited for its answer, and lost it by not answering.
create table lead_assignment (
  lead_id uuid not null,
  user_id uuid not null,
  at timestamptz not null,
  missed boolean not null default false
);
create index lead_assignment_lead_idx on lead_assignment (lead_id);
