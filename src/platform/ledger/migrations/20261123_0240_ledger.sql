-- What accounts hold of something countable (money, points, pieces): postings change several at once, entries are never
-- rewritten, and the balance beside them is their sum.
create table ledger_posting (
  id uuid primary key,
  book text not null,
  kind text not null,
  -- The record whose doing it is: a receipt, a bank entry.
  source uuid not null,
  day date not null,
  at timestamptz not null,
  actor_id uuid,
  remark text,
  -- Taken back by at most one other posting.
  reverses uuid unique references ledger_posting (id)
);
create index ledger_posting_source_idx on ledger_posting (source, id);
create index ledger_posting_day_idx on ledger_posting (book, kind, day);

create table ledger_entry (
  posting_id uuid not null references ledger_posting (id),
  book text not null,
  account text not null,
  account_id uuid not null,
  unit text not null,
  amount numeric not null check (amount <> 0),
  primary key (posting_id, account, account_id, unit)
);
create index ledger_entry_account_idx on ledger_entry (account_id, account, posting_id);

create table ledger_balance (
  book text not null,
  account text not null,
  account_id uuid not null,
  unit text not null,
  balance numeric not null,
  primary key (account_id, account, book, unit)
);

create function ledger_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'entries of the ledger are never rewritten: post a reversal';
end
$$;
create trigger ledger_posting_append_only before update or delete on ledger_posting
  for each statement execute function ledger_is_append_only();
create trigger ledger_entry_append_only before update or delete on ledger_entry
  for each statement execute function ledger_is_append_only();
