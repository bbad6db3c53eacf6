-- What a share follows from may give it to several people, as a form does to whoever fills it in and whoever reviews it.
drop index record_share_source;
create unique index record_share_source on record_share (source_id, coalesce(user_id, department_id)) where source_id is not null;
