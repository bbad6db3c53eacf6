-- An answer that is kept can be worked out again without its reader: by which job, from what, on whose
-- behalf; and when somebody last looked.
truncate analysis_answer;
alter table analysis_answer
  add column job text not null,
  add column input jsonb not null,
  add column by uuid not null,
  add column asked_at timestamptz not null default now();
