create table "segment" (
  "id" uuid primary key default uuidv7(),
  "version" integer not null default 1,
  "deleted_at" timestamptz,
  "deleted_by" uuid,
  "name" text,
  "name_key" text collate "C" not null default '',
  "description" text,
  "entity" text,
  "kind" text,
  "definition" jsonb,
  "use_ids" uuid[] not null default '{}',
  "member_count" integer,
  "refreshed_at" timestamptz,
  "owner_id" uuid,
  "department_id" uuid,
  "created_at" timestamptz not null default now(),
  "created_by" uuid,
  "updated_at" timestamptz not null default now(),
  "updated_by" uuid
);
create index "segment_name_key_id_idx" on "segment" ("name_key", "id") where deleted_at is null;
create index "segment_name_idx" on "segment" ("name") where deleted_at is null and "name" is not null;
create index "segment_use_ids_idx" on "segment" using gin ("use_ids") where deleted_at is null;
create index "segment_created_at_id_idx" on "segment" ("created_at", "id") where deleted_at is null;
create index "segment_updated_at_id_idx" on "segment" ("updated_at", "id") where deleted_at is null;
create index "segment_owner_id_updated_at_idx" on "segment" ("owner_id", "updated_at") where deleted_at is null;
create index "segment_department_id_updated_at_idx" on "segment" ("department_id", "updated_at") where deleted_at is null;
create index "segment_deleted_at_idx" on "segment" ("deleted_at") where deleted_at is not null;

-- Who is in a frozen segment. The records are of the type the segment names, so no foreign key can stand here; what is gone from
-- its own table is in no list any more.
create table segment_member (
  segment_id uuid not null references segment on delete cascade,
  record_id uuid not null,
  primary key (segment_id, record_id)
);
create index segment_member_record on segment_member (record_id);
