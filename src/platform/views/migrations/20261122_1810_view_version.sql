-- Two people may change one shared view: who saves late is told instead of overwriting.
alter table saved_view add column version integer not null default 1;
