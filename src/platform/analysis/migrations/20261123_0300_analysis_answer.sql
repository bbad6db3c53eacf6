-- What slow reports said, for whom they said it: shown again with its age while a new answer is worked out.
create table analysis_answer (
  key text primary key,
  user_id uuid not null,
  answer jsonb not null,
  at timestamptz not null
);
create index analysis_answer_at on analysis_answer (at);
