-- Each person's calendar for other programs, opened by a secret of which only the digest is kept.
create table calendar_feed (
  user_id uuid primary key references "user" on delete cascade,
  digest text collate "C" not null unique,
  created_at timestamptz not null,
  read_at timestamptz
);
