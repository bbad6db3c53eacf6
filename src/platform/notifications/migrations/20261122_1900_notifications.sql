-- What people are told of. One row a person and key: nothing is told twice.
create table notification (
  id uuid primary key,
  user_id uuid not null references "user" (id) on delete cascade,
  kind text not null,
  key text not null,
  entity text,
  record_id uuid,
  params jsonb not null default '{}',
  actor_id uuid,
  created_at timestamptz not null,
  -- Whether it stands in the list; else it only goes by mail.
  in_app boolean not null,
  read_at timestamptz,
  mail text not null check (mail in ('off', 'now', 'daily', 'weekly')),
  -- By mail not before this.
  mail_after timestamptz,
  mailed_at timestamptz,
  check ((entity is null) = (record_id is null))
);
create unique index notification_user_key on notification (user_id, key);
create index notification_list on notification (user_id, id desc) where in_app;
create index notification_unread on notification (user_id, kind) where in_app and read_at is null;
create index notification_record on notification (record_id) where record_id is not null;
create index notification_read on notification (read_at) where read_at is not null;
create index notification_mail on notification (mail_after) where mail <> 'off' and mailed_at is null;
-- Keys of what has been cleared away: it is not told again.
create table notification_past (
  user_id uuid not null references "user" (id) on delete cascade,
  key_hash uuid not null,
  primary key (user_id, key_hash)
);
-- What a person wants to be told of, by kind and channel; what is not named is as the company has it.
create table notification_preference (
  user_id uuid primary key references "user" (id) on delete cascade,
  value jsonb not null,
  updated_at timestamptz not null default now()
);
