-- People, departments and roles (PLT-1, PLT-2, PLT-8).

create table department (
  id uuid primary key default uuidv7(),
  version integer not null default 1,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  deleted_at timestamptz,
  deleted_by uuid,
  name text not null,
  name_key text collate "C" not null default '',
  code text,
  parent_id uuid references department (id),
  manager_id uuid,
  region text
);
create unique index department_parent_id_name_unique on department (parent_id, name) nulls not distinct where deleted_at is null;
create unique index department_code_unique on department (code) where deleted_at is null;
create index department_name_key_idx on department (name_key, id) where deleted_at is null;
create index department_parent_idx on department (parent_id);

create table role (
  id uuid primary key default uuidv7(),
  version integer not null default 1,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  deleted_at timestamptz,
  deleted_by uuid,
  name text not null,
  name_key text collate "C" not null default '',
  code text,
  description text,
  permissions jsonb not null default '{}'
);
create unique index role_name_unique on role (name) where deleted_at is null;
create unique index role_code_unique on role (code) where deleted_at is null;

-- A phone number as it is compared: digits only, a Chinese mobile number without its country code.
create function phone_digits(phone text) returns text language sql immutable strict parallel safe
  return regexp_replace(regexp_replace(phone, '[^0-9]', '', 'g'), '^(00)?86(1[3-9][0-9]{9})$', '\2');

create sequence user_number_seq;
create table "user" (
  id uuid primary key default uuidv7(),
  version integer not null default 1,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  deleted_at timestamptz,
  deleted_by uuid,
  number text,
  name text not null,
  name_key text collate "C" not null default '',
  email text,
  phone text,
  username text,
  job_title text,
  department_id uuid references department (id),
  manager_id uuid references "user" (id),
  role_ids uuid[] not null default '{}',
  status text not null default 'waiting' check (status in ('active', 'invited', 'deactivated', 'waiting')),
  language text,
  time_zone text
);
-- Mail and user name sign people in whatever their case, a phone number however it is written.
create unique index user_email_unique on "user" (lower(email)) where deleted_at is null;
create unique index user_phone_unique on "user" (phone_digits(phone)) where deleted_at is null;
create unique index user_username_unique on "user" (lower(username)) where deleted_at is null;
create unique index user_number_unique on "user" (number) where deleted_at is null;
create index user_name_key_idx on "user" (name_key, id) where deleted_at is null;
create index user_department_idx on "user" (department_id) where deleted_at is null;
create index user_manager_idx on "user" (manager_id);

alter table department add foreign key (manager_id) references "user" (id);
create index department_manager_idx on department (manager_id);

-- What a cached policy is valid for: raised with every change of roles, of the tree, or of someone's place in them.
create table policy_state (
  singleton boolean primary key default true check (singleton),
  version bigint not null default 1
);
insert into policy_state default values;

create function policy_changed() returns trigger language plpgsql as $$
begin
  update policy_state set version = version + 1;
  return null;
end $$;

-- Deferred to the commit, so that the one row is locked only for an instant.
create constraint trigger role_policy after insert or delete or update of permissions, deleted_at on role
  deferrable initially deferred for each row execute function policy_changed();
create constraint trigger department_policy after insert or delete or update of parent_id, deleted_at on department
  deferrable initially deferred for each row execute function policy_changed();
create constraint trigger user_policy after update of role_ids, department_id, status, deleted_at on "user"
  deferrable initially deferred for each row
  when (old.role_ids is distinct from new.role_ids or old.department_id is distinct from new.department_id
    or old.status is distinct from new.status or old.deleted_at is distinct from new.deleted_at)
  execute function policy_changed();

-- No department may lie below itself. Moves take one lock, so that two at once cannot make a circle together.
create function department_no_cycle() returns trigger language plpgsql as $$
begin
  if new.parent_id is null then return new; end if;
  perform pg_advisory_xact_lock(7245010);
  if exists (
    with recursive above (id) as (
      select new.parent_id
      union
      select department.parent_id from department join above on above.id = department.id where department.parent_id is not null
    )
    select from above where id = new.id
  ) then
    raise exception 'department_cycle' using errcode = 'GX422', column = 'parent';
  end if;
  return new;
end $$;
create trigger department_no_cycle before insert or update of parent_id on department
  for each row execute function department_no_cycle();

create table setting (
  key text primary key,
  value jsonb not null,
  updated_at timestamptz not null default now(),
  updated_by uuid
);

create table user_preference (
  user_id uuid not null references "user" (id) on delete cascade,
  key text not null,
  value jsonb not null,
  updated_at timestamptz not null default now(),
  primary key (user_id, key)
);

create table api_key (
  id uuid primary key default uuidv7(),
  name text not null,
  user_id uuid not null references "user" (id) on delete cascade,
  key_hash bytea not null unique,
  prefix text not null,
  created_at timestamptz not null default now(),
  created_by uuid,
  expires_at timestamptz,
  last_used_at timestamptz,
  revoked_at timestamptz
);
create index api_key_user_idx on api_key (user_id);

create table invitation (
  id uuid primary key default uuidv7(),
  user_id uuid not null references "user" (id) on delete cascade,
  token_hash bytea not null unique,
  created_at timestamptz not null default now(),
  created_by uuid,
  expires_at timestamptz not null,
  used_at timestamptz
);
create index invitation_user_idx on invitation (user_id);

-- Attempts at something that may be guessed: sign-in per person and per address, invitations, codes.
create table attempt (
  key text primary key,
  count integer not null,
  since timestamptz not null
);
create index attempt_since_idx on attempt (since);
