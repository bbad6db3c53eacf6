-- Files as they were received, by the digest of their content. An attachment names one; what none names is cleaned away.
create table stored_file (
  id uuid primary key,
  digest text collate "C" not null,
  size integer not null,
  mime text not null,
  kind text not null,
  created_by uuid,
  created_at timestamptz not null default now()
);
create index stored_file_digest on stored_file (digest);
create index stored_file_age on stored_file (created_at);

create table "attachment" (
  "id" uuid primary key default uuidv7(),
  "version" integer not null default 1,
  "deleted_at" timestamptz,
  "deleted_by" uuid,
  "name" text,
  "name_key" text collate "C" not null default '',
  "kind" text,
  "mime" text,
  "size" integer,
  "customer_id" uuid,
  "contact_id" uuid,
  "activity_id" uuid,
  "task_id" uuid,
  "digest" text,
  "file" text,
  "owner_id" uuid,
  "department_id" uuid,
  "created_at" timestamptz not null default now(),
  "created_by" uuid,
  "updated_at" timestamptz not null default now(),
  "updated_by" uuid,
  "root_owner_id" uuid
);
create index "attachment_name_key_id_idx" on "attachment" ("name_key", "id") where deleted_at is null;
create index "attachment_kind_idx" on "attachment" ("kind") where deleted_at is null and "kind" is not null;
create index "attachment_customer_id_idx" on "attachment" ("customer_id") where deleted_at is null and "customer_id" is not null;
create index "attachment_contact_id_idx" on "attachment" ("contact_id") where deleted_at is null and "contact_id" is not null;
create index "attachment_activity_id_idx" on "attachment" ("activity_id") where deleted_at is null and "activity_id" is not null;
create index "attachment_task_id_idx" on "attachment" ("task_id") where deleted_at is null and "task_id" is not null;
create index "attachment_created_at_id_idx" on "attachment" ("created_at", "id") where deleted_at is null;
create index "attachment_updated_at_id_idx" on "attachment" ("updated_at", "id") where deleted_at is null;
create index "attachment_owner_id_created_at_idx" on "attachment" ("owner_id", "created_at") where deleted_at is null;
create index "attachment_department_id_created_at_idx" on "attachment" ("department_id", "created_at") where deleted_at is null;
create index "attachment_root_owner_id_created_at_idx" on "attachment" ("root_owner_id", "created_at") where deleted_at is null;
create index "attachment_deleted_at_idx" on "attachment" ("deleted_at") where deleted_at is not null;
-- Also those in the recycle bin keep their file.
create index attachment_file on attachment (file);
