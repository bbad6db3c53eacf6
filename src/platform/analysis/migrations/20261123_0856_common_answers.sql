-- An answer without a person is common to all who have the same roles and see everything it tells of.
alter table analysis_answer alter column user_id drop not null;
