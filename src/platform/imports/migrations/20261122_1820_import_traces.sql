-- Erasing a record takes what imports noted of it along. Times of rows and of the ids in them agree, so that a range index
-- finds them and costs an import nothing.
create index import_row_record on import_row using brin (record_id) with (pages_per_range = 32, autosummarize = on);

-- How often something of it was erased: files of failed rows made before are out of date.
alter table import add column erasures integer not null default 0;
-- What its lines did is kept for a time only; afterwards it cannot be taken back any more.
alter table import add column journal_removed_at timestamptz;
