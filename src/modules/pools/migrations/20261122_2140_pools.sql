alter table "customer" add column "pool_id" uuid;
create table "pool" (
  "id" uuid primary key default uuidv7(),
  "version" integer not null default 1,
  "deleted_at" timestamptz,
  "deleted_by" uuid,
  "name" text,
  "name_key" text collate "C" not null default '',
  "description" text,
  "active" boolean,
  "order" integer,
  "parent_id" uuid,
  "unit_id" uuid,
  "condition" jsonb,
  "member_ids" uuid[] not null default '{}',
  "member_department_ids" uuid[] not null default '{}',
  "member_role_ids" uuid[] not null default '{}',
  "claim_limit" integer,
  "daily_claim_limit" integer,
  "daily_view_limit" integer,
  "protected_days" integer,
  "last_owner_days" integer,
  "recycle_no_contact_days" integer,
  "recycle_not_won_days" integer,
  "warn_days" integer,
  "created_at" timestamptz not null default now(),
  "created_by" uuid,
  "updated_at" timestamptz not null default now(),
  "updated_by" uuid
);
create index "pool_name_key_id_idx" on "pool" ("name_key", "id") where deleted_at is null;
create index "pool_order_id_idx" on "pool" ("order", "id") where deleted_at is null;
create index "pool_unit_id_idx" on "pool" ("unit_id") where deleted_at is null and "unit_id" is not null;
create index "pool_created_at_id_idx" on "pool" ("created_at", "id") where deleted_at is null;
create index "pool_updated_at_id_idx" on "pool" ("updated_at", "id") where deleted_at is null;
create unique index "pool_name_unique" on "pool" ("name") where deleted_at is null;
create index "pool_deleted_at_idx" on "pool" ("deleted_at") where deleted_at is not null;

-- Its members are read with the rights, also when it comes back from the recycle bin. A pool out of use has none.
create function pool_members() returns trigger language plpgsql as $$
begin
  if new.unit_id is null then return null; end if;
  if new.deleted_at is not null or new.active is distinct from true then
    -- The department stays a pool: what lies in it is not shown to everyone in the clear.
    insert into pool_access (department_id) values (new.unit_id) on conflict (department_id) do update
      set user_ids = '{}', department_ids = '{}', role_ids = '{}';
  else
    insert into pool_access (department_id, user_ids, department_ids, role_ids)
      values (new.unit_id, new.member_ids, new.member_department_ids, new.member_role_ids)
      on conflict (department_id) do update set user_ids = excluded.user_ids,
        department_ids = excluded.department_ids, role_ids = excluded.role_ids;
  end if;
  return null;
end $$;
create trigger pool_members after insert or update on pool for each row execute function pool_members();

-- How each customer that was ever in a pool, or changed hands, stands today.
create table customer_pool (
  customer_id uuid primary key references customer on delete cascade,
  pool_id uuid,
  since timestamptz not null,
  claimed_by uuid,
  protected_until date,
  last_owner uuid,
  barred_until date
);
create index customer_pool_claimed on customer_pool (claimed_by, pool_id) where claimed_by is not null;

-- Who had a customer when, and why it went on.
create table pool_move (
  id uuid primary key,
  customer_id uuid not null references customer on delete cascade,
  at timestamptz not null,
  actor_id uuid,
  kind text not null,
  from_owner uuid,
  to_owner uuid,
  from_pool uuid,
  to_pool uuid,
  reason text
);
create index pool_move_customer on pool_move (customer_id, at desc);
create index pool_move_claims on pool_move (to_owner, at) where kind = 'claim';

-- Whose masked numbers a person has looked at, for the limit of the day.
create table pool_reveal (
  user_id uuid not null,
  day date not null,
  pool_id uuid not null,
  record_id uuid not null,
  primary key (user_id, day, pool_id, record_id)
);
