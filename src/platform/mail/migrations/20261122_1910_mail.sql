-- Outgoing mail. The content is sealed while it waits, and gone once it is sent.
create table mail_message (
  id uuid primary key,
  created_at timestamptz not null,
  -- Why it is sent, for example `invitation`.
  purpose text not null,
  recipient text not null,
  user_id uuid,
  message_id text not null unique,
  content text,
  -- Whether it is sent again when nobody can know whether it arrived.
  must_arrive boolean not null default false,
  state text not null default 'queued' check (state in ('queued', 'handed', 'sent', 'uncertain', 'failed')),
  attempts integer not null default 0,
  next_at timestamptz not null,
  -- Until then one process works on it.
  leased_until timestamptz,
  -- What the server said last.
  answer text,
  finished_at timestamptz
);
create index mail_message_due on mail_message (next_at) where state in ('queued', 'handed');
create index mail_message_recent on mail_message (id desc);
create index mail_message_finished on mail_message (finished_at) where finished_at is not null;
