-- A share may follow from another record, a place in a customer's team for instance: then it begins, ends and goes with that.
alter table record_share add column source_id uuid, add column starts_at timestamptz;
drop index record_share_once;
create unique index record_share_once on record_share (entity, record_id, coalesce(user_id, department_id)) where source_id is null;
create unique index record_share_source on record_share (source_id) where source_id is not null;
create index record_share_record on record_share (record_id);

-- What is in force now; every question of access asks this and nothing else.
create view active_share as
select entity, record_id, user_id, department_id, access from record_share
where (starts_at is null or starts_at <= now()) and (expires_at is null or expires_at > now());
