-- Options of declared choices that the company makes on pages of its modules: grades, stages.
create table offered_options (
  field text primary key,
  options jsonb not null
);
