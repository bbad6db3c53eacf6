create table "pipeline" (
  "id" uuid primary key default uuidv7(),
  "version" integer not null default 1,
  "deleted_at" timestamptz,
  "deleted_by" uuid,
  "name" text,
  "position" integer,
  "active" boolean,
  "created_at" timestamptz not null default now(),
  "created_by" uuid,
  "updated_at" timestamptz not null default now(),
  "updated_by" uuid
);
create index "pipeline_position_id_idx" on "pipeline" ("position", "id") where deleted_at is null;
create index "pipeline_created_at_id_idx" on "pipeline" ("created_at", "id") where deleted_at is null;
create index "pipeline_updated_at_id_idx" on "pipeline" ("updated_at", "id") where deleted_at is null;
create unique index "pipeline_name_unique" on "pipeline" ("name") where deleted_at is null;
create index "pipeline_deleted_at_idx" on "pipeline" ("deleted_at") where deleted_at is not null;
create table "stage" (
  "id" uuid primary key default uuidv7(),
  "version" integer not null default 1,
  "deleted_at" timestamptz,
  "deleted_by" uuid,
  "name" text,
  "pipeline_id" uuid,
  "code" text,
  "position" integer,
  "outcome" text,
  "probability" integer,
  "needs" text[] not null default '{}',
  "stalls_after" integer,
  "playbook" text,
  "created_at" timestamptz not null default now(),
  "created_by" uuid,
  "updated_at" timestamptz not null default now(),
  "updated_by" uuid
);
create index "stage_name_idx" on "stage" ("name") where deleted_at is null and "name" is not null;
create index "stage_pipeline_id_idx" on "stage" ("pipeline_id") where deleted_at is null and "pipeline_id" is not null;
create index "stage_position_id_idx" on "stage" ("position", "id") where deleted_at is null;
create index "stage_created_at_id_idx" on "stage" ("created_at", "id") where deleted_at is null;
create index "stage_updated_at_id_idx" on "stage" ("updated_at", "id") where deleted_at is null;
create unique index "stage_code_unique" on "stage" ("code") where deleted_at is null;
create unique index "stage_pipeline_id_name_unique" on "stage" ("pipeline_id", "name") where deleted_at is null;
create index "stage_deleted_at_idx" on "stage" ("deleted_at") where deleted_at is not null;
create sequence "opportunity_number_seq";
create table "opportunity" (
  "id" uuid primary key default uuidv7(),
  "version" integer not null default 1,
  "deleted_at" timestamptz,
  "deleted_by" uuid,
  "number" text,
  "name" text,
  "name_key" text collate "C" not null default '',
  "customer_id" uuid,
  "contact_id" uuid,
  "pipeline_id" uuid,
  "stage_id" uuid,
  "status" text,
  "amount" numeric,
  "amount_currency" text,
  "amount_base" numeric,
  "amount_rate" numeric,
  "amount_rate_date" date,
  "probability" integer,
  "close_date" date,
  "product_ids" uuid[] not null default '{}',
  "competitor_ids" uuid[] not null default '{}',
  "next_step" text,
  "next_step_date" date,
  "reason" text,
  "reason_note" text,
  "started_on" date,
  "closed_on" date,
  "stage_since" date,
  "exception" text,
  "remark" text,
  "owner_id" uuid,
  "department_id" uuid,
  "created_at" timestamptz not null default now(),
  "created_by" uuid,
  "updated_at" timestamptz not null default now(),
  "updated_by" uuid,
  "root_owner_id" uuid
);
create index "opportunity_name_key_id_idx" on "opportunity" ("name_key", "id") where deleted_at is null;
create index "opportunity_name_idx" on "opportunity" ("name") where deleted_at is null and "name" is not null;
create index "opportunity_customer_id_idx" on "opportunity" ("customer_id") where deleted_at is null and "customer_id" is not null;
create index "opportunity_contact_id_idx" on "opportunity" ("contact_id") where deleted_at is null and "contact_id" is not null;
create index "opportunity_pipeline_id_idx" on "opportunity" ("pipeline_id") where deleted_at is null and "pipeline_id" is not null;
create index "opportunity_stage_id_idx" on "opportunity" ("stage_id") where deleted_at is null and "stage_id" is not null;
create index "opportunity_amount_base_id_idx" on "opportunity" ("amount_base", "id") where deleted_at is null;
create index "opportunity_probability_idx" on "opportunity" ("probability") where deleted_at is null and "probability" is not null;
create index "opportunity_close_date_id_idx" on "opportunity" ("close_date", "id") where deleted_at is null;
create index "opportunity_product_ids_idx" on "opportunity" using gin ("product_ids") where deleted_at is null;
create index "opportunity_competitor_ids_idx" on "opportunity" using gin ("competitor_ids") where deleted_at is null;
create index "opportunity_next_step_date_id_idx" on "opportunity" ("next_step_date", "id") where deleted_at is null;
create index "opportunity_reason_idx" on "opportunity" ("reason") where deleted_at is null and "reason" is not null;
create index "opportunity_started_on_id_idx" on "opportunity" ("started_on", "id") where deleted_at is null;
create index "opportunity_closed_on_id_idx" on "opportunity" ("closed_on", "id") where deleted_at is null;
create index "opportunity_stage_since_id_idx" on "opportunity" ("stage_since", "id") where deleted_at is null;
create index "opportunity_created_at_id_idx" on "opportunity" ("created_at", "id") where deleted_at is null;
create index "opportunity_updated_at_id_idx" on "opportunity" ("updated_at", "id") where deleted_at is null;
create unique index "opportunity_number_unique" on "opportunity" ("number") where deleted_at is null;
create index "opportunity_owner_id_updated_at_idx" on "opportunity" ("owner_id", "updated_at") where deleted_at is null;
create index "opportunity_department_id_updated_at_idx" on "opportunity" ("department_id", "updated_at") where deleted_at is null;
create index "opportunity_root_owner_id_updated_at_idx" on "opportunity" ("root_owner_id", "updated_at") where deleted_at is null;
create index "opportunity_pipeline_id_status_stage_id_idx" on "opportunity" ("pipeline_id", "status", "stage_id") where deleted_at is null;
create index "opportunity_owner_id_status_close_date_idx" on "opportunity" ("owner_id", "status", "close_date") where deleted_at is null;
create index "opportunity_deleted_at_idx" on "opportunity" ("deleted_at") where deleted_at is not null;
create table "competitor" (
  "id" uuid primary key default uuidv7(),
  "version" integer not null default 1,
  "deleted_at" timestamptz,
  "deleted_by" uuid,
  "name" text,
  "name_key" text collate "C" not null default '',
  "website" text,
  "strengths" text,
  "weaknesses" text,
  "prices" text,
  "remark" text,
  "created_at" timestamptz not null default now(),
  "created_by" uuid,
  "updated_at" timestamptz not null default now(),
  "updated_by" uuid
);
create index "competitor_name_key_id_idx" on "competitor" ("name_key", "id") where deleted_at is null;
create index "competitor_name_idx" on "competitor" ("name") where deleted_at is null and "name" is not null;
create index "competitor_created_at_id_idx" on "competitor" ("created_at", "id") where deleted_at is null;
create index "competitor_updated_at_id_idx" on "competitor" ("updated_at", "id") where deleted_at is null;
create index "competitor_deleted_at_idx" on "competitor" ("deleted_at") where deleted_at is not null;

-- Where an opportunity stood, a row for every change of stage, amount or expected day.
create table opportunity_step (
  id bigint generated always as identity primary key,
  opportunity_id uuid not null references opportunity on delete cascade,
  stage_id uuid,
  status text collate "C" not null,
  -- In the company's currency.
  amount numeric,
  close_date date,
  on_day date not null,
  at timestamptz not null,
  by uuid
);
create index opportunity_step_opportunity on opportunity_step (opportunity_id, on_day, id);
create index opportunity_step_day on opportunity_step (on_day);

-- A company begins with one pipeline; it may change everything about it.
with p as (insert into pipeline (name, position, active) values ('标准销售流程', 1, true) returning id)
insert into stage (pipeline_id, name, code, position, outcome, probability, needs, stalls_after)
select p.id, s.name, s.code, s.position, s.outcome, s.probability, s.needs::text[], s.stalls
from p, (values
  ('初步接触', 'Prospecting', 1, 'open', 10, '{}', 30),
  ('需求沟通', 'Engaging', 2, 'open', 30, '{customer}', 30),
  ('方案报价', 'Proposal', 3, 'open', 50, '{customer,amount,closeDate}', 21),
  ('商务谈判', 'Negotiation', 4, 'open', 75, '{customer,amount,closeDate,nextStep}', 14),
  ('赢单', 'Won', 5, 'won', 100, '{customer,amount}', null),
  ('输单', 'Lost', 6, 'lost', 0, '{reason}', null)
) as s(name, code, position, outcome, probability, needs, stalls);
