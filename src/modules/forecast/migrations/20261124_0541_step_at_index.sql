-- outside transaction
create index concurrently if not exists opportunity_step_at on opportunity_step (at);
