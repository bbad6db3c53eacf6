-- A merged record's comments move to the survivor; the records they stood at before, the last one last, lead them back.
alter table comment add column former uuid[] not null default '{}';
