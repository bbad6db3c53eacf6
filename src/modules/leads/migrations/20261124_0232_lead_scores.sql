create table "lead_score_rule" (
  "id" uuid primary key default uuidv7(),
  "version" integer not null default 1,
  "deleted_at" timestamptz,
  "deleted_by" uuid,
  "name" text,
  "active" boolean,
  "counts" text,
  "condition" jsonb,
  "events" text[] not null default '{}',
  "points" integer,
  "half_life" integer,
  "created_at" timestamptz not null default now(),
  "created_by" uuid,
  "updated_at" timestamptz not null default now(),
  "updated_by" uuid
);
create index "lead_score_rule_points_id_idx" on "lead_score_rule" ("points", "id") where deleted_at is null;
create index "lead_score_rule_created_at_id_idx" on "lead_score_rule" ("created_at", "id") where deleted_at is null;
create index "lead_score_rule_updated_at_id_idx" on "lead_score_rule" ("updated_at", "id") where deleted_at is null;
create unique index "lead_score_rule_name_unique" on "lead_score_rule" ("name") where deleted_at is null;
create index "lead_score_rule_deleted_at_idx" on "lead_score_rule" ("deleted_at") where deleted_at is not null;
create table "lead_fact" (
  "id" uuid primary key references "lead" on delete cascade,
  "score" integer,
  "chance" integer
) with (fillfactor = 80);
create index "lead_fact_score_idx" on "lead_fact" ("score", "id") where "score" is not null;
create index "lead_fact_chance_idx" on "lead_fact" ("chance", "id") where "chance" is not null;
