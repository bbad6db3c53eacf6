-- outside transaction
create index concurrently if not exists opportunity_open_close on opportunity (close_date) where status = 'open' and deleted_at is null;
