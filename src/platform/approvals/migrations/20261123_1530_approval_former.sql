-- The records an approval was about before they became part of others, oldest first.
alter table approval add column former uuid[] not null default '{}';
