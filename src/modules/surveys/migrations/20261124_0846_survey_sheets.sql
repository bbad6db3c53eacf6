-- What was said without a name: the day and nothing else.
create table survey_sheet (
  id uuid primary key,
  survey_id uuid not null references survey on delete cascade,
  day date not null
);
create index survey_sheet_survey on survey_sheet (survey_id, day);

-- What one question got, on an answer that is somebody's or on a sheet that is nobody's.
create table survey_reply (
  survey_id uuid not null references survey on delete cascade,
  question_id uuid not null,
  answer_id uuid references survey_answer on delete cascade,
  sheet_id uuid references survey_sheet on delete cascade,
  choices text[] not null,
  number numeric,
  words text,
  check (num_nonnulls(answer_id, sheet_id) = 1)
);
create unique index survey_reply_answer on survey_reply (answer_id, question_id) where answer_id is not null;
create unique index survey_reply_sheet on survey_reply (sheet_id, question_id) where sheet_id is not null;
create index survey_reply_survey on survey_reply (survey_id, question_id);

-- Links of somebody's own. Of an anonymous survey only that one is used is kept.
create table survey_invite (
  id uuid primary key,
  survey_id uuid not null references survey on delete cascade,
  customer_id uuid not null references customer on delete cascade,
  contact_id uuid references contact on delete cascade,
  person_id uuid not null generated always as (coalesce(contact_id, customer_id)) stored,
  created_by uuid,
  created_at timestamptz not null,
  -- none: given by hand; waiting: to be sent by mail; sent; left: it could not be sent.
  mail text not null check (mail in ('none', 'waiting', 'sent', 'left')),
  left_because text,
  mailed_at timestamptz,
  spent boolean not null default false,
  answer_id uuid references survey_answer on delete set null,
  answered_at timestamptz
);
create unique index survey_invite_person on survey_invite (survey_id, person_id);
create index survey_invite_customer on survey_invite (customer_id);
create index survey_invite_contact on survey_invite (contact_id) where contact_id is not null;
create index survey_invite_answer on survey_invite (answer_id) where answer_id is not null;
create index survey_invite_waiting on survey_invite (survey_id, id) where mail = 'waiting';
