-- What went along with a record that was given away: of which type, and with which record. It returns with that one.
alter table undo_row add column entity text;
alter table undo_row add column with_id uuid;
create index undo_row_with on undo_row (undo_id, with_id) where with_id is not null;
