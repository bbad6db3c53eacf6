-- Comments on records of any type. Who may read the record may read them.
create table comment (
  id uuid primary key,
  entity text not null,
  record_id uuid not null,
  reply_to uuid references comment (id) on delete cascade,
  author_id uuid not null,
  text text not null,
  mentions uuid[] not null default '{}',
  -- Pairs of characters of the text: by them it is found.
  pairs text[] not null default '{}',
  created_at timestamptz not null,
  edited_at timestamptz,
  deleted_at timestamptz
);
create index comment_record on comment (record_id, created_at desc, id desc);
create index comment_reply on comment (reply_to) where reply_to is not null;
create index comment_pairs on comment using gin (pairs) where deleted_at is null;
-- Who follows a record, or does not want to although he would by his part in it.
create table follow (
  user_id uuid not null references "user" (id) on delete cascade,
  entity text not null,
  record_id uuid not null,
  following boolean not null,
  at timestamptz not null default now(),
  primary key (record_id, user_id)
);
create index follow_user on follow (user_id) where following;
