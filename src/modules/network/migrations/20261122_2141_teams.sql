-- Teams of key accounts (CUS-11).
alter table "customer_fact" add column "team_ids" uuid[] not null default '{}';
create index "customer_fact_team_ids_idx" on "customer_fact" using gin ("team_ids");
create table "team_member" (
  "id" uuid primary key default uuidv7(),
  "version" integer not null default 1,
  "deleted_at" timestamptz,
  "deleted_by" uuid,
  "customer_id" uuid,
  "user_id" uuid,
  "role" text,
  "access" text,
  "starts_on" date,
  "ends_on" date,
  "note" text,
  "name" text,
  "owner_id" uuid,
  "department_id" uuid,
  "created_at" timestamptz not null default now(),
  "created_by" uuid,
  "updated_at" timestamptz not null default now(),
  "updated_by" uuid,
  "root_owner_id" uuid
);
create index "team_member_customer_id_idx" on "team_member" ("customer_id") where deleted_at is null and "customer_id" is not null;
create index "team_member_user_id_idx" on "team_member" ("user_id") where deleted_at is null and "user_id" is not null;
create index "team_member_role_idx" on "team_member" ("role") where deleted_at is null and "role" is not null;
create index "team_member_ends_on_idx" on "team_member" ("ends_on") where deleted_at is null and "ends_on" is not null;
create index "team_member_created_at_id_idx" on "team_member" ("created_at", "id") where deleted_at is null;
create index "team_member_updated_at_id_idx" on "team_member" ("updated_at", "id") where deleted_at is null;
create unique index "team_member_customer_id_user_id_unique" on "team_member" ("customer_id", "user_id") where deleted_at is null;
create index "team_member_owner_id_created_at_idx" on "team_member" ("owner_id", "created_at") where deleted_at is null;
create index "team_member_department_id_created_at_idx" on "team_member" ("department_id", "created_at") where deleted_at is null;
create index "team_member_root_owner_id_created_at_idx" on "team_member" ("root_owner_id", "created_at") where deleted_at is null;
create index "team_member_deleted_at_idx" on "team_member" ("deleted_at") where deleted_at is not null;

-- A place in a team is a share of the customer: kept here, so that imports, merges and the recycle bin cannot forget it.
-- Days are the company's.
create function team_member_share() returns trigger language plpgsql as $$
declare
  zone text := coalesce((select value->>'timeZone' from setting where key = 'company'), 'Asia/Shanghai');
begin
  if tg_op <> 'INSERT' then delete from record_share where source_id = old.id; end if;
  if tg_op <> 'DELETE' and new.deleted_at is null and new.customer_id is not null and new.user_id is not null then
    insert into record_share (entity, record_id, user_id, access, starts_at, expires_at, created_at, created_by, source_id)
    values ('customer', new.customer_id, new.user_id, new.access, new.starts_on::timestamp at time zone zone,
      (new.ends_on + 1)::timestamp at time zone zone, new.created_at, new.created_by, new.id);
  end if;
  return null;
end $$;
create trigger team_member_share_row after insert or delete on team_member for each row execute function team_member_share();
create trigger team_member_share_change after update of customer_id, user_id, access, starts_on, ends_on, deleted_at on team_member
  for each row when (old is distinct from new) execute function team_member_share();
