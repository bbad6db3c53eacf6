create table "report_mailing" (
  "id" uuid primary key default uuidv7(),
  "version" integer not null default 1,
  "deleted_at" timestamptz,
  "deleted_by" uuid,
  "name" text,
  "dashboard_id" uuid,
  "report_id" uuid,
  "format" text,
  "every" text,
  "time" text,
  "receiver_ids" uuid[] not null default '{}',
  "active" boolean,
  "next_at" timestamptz,
  "owner_id" uuid,
  "department_id" uuid,
  "created_at" timestamptz not null default now(),
  "created_by" uuid,
  "updated_at" timestamptz not null default now(),
  "updated_by" uuid
);
create index "report_mailing_name_idx" on "report_mailing" ("name") where deleted_at is null and "name" is not null;
create index "report_mailing_dashboard_id_idx" on "report_mailing" ("dashboard_id") where deleted_at is null and "dashboard_id" is not null;
create index "report_mailing_report_id_idx" on "report_mailing" ("report_id") where deleted_at is null and "report_id" is not null;
create index "report_mailing_receiver_ids_idx" on "report_mailing" using gin ("receiver_ids") where deleted_at is null;
create index "report_mailing_next_at_id_idx" on "report_mailing" ("next_at", "id") where deleted_at is null;
create index "report_mailing_created_at_id_idx" on "report_mailing" ("created_at", "id") where deleted_at is null;
create index "report_mailing_updated_at_id_idx" on "report_mailing" ("updated_at", "id") where deleted_at is null;
create index "report_mailing_owner_id_next_at_idx" on "report_mailing" ("owner_id", "next_at") where deleted_at is null;
create index "report_mailing_department_id_next_at_idx" on "report_mailing" ("department_id", "next_at") where deleted_at is null;
create index "report_mailing_deleted_at_idx" on "report_mailing" ("deleted_at") where deleted_at is not null;

-- To whom what was due has been sent: nobody is sent it twice.
create table report_delivery (
  mailing_id uuid not null references report_mailing on delete cascade,
  user_id uuid not null,
  due_at timestamptz not null,
  primary key (mailing_id, user_id, due_at)
);
