-- How many records an event names: readers cut their batches by it, without opening the long lists mass work writes.
alter table event add column records int not null generated always as (cardinality(record_ids)) stored;

-- Nothing is planned by what stands in them, and ANALYZE over lists of a thousand took a fifth of grading a million customers.
alter table event alter column record_ids set statistics 0;
alter table event alter column payload set statistics 0;
