-- outside transaction
create index concurrently if not exists opportunity_won_closed on opportunity (closed_on) where status = 'won' and deleted_at is null;
