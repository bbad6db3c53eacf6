-- outside transaction
drop index concurrently if exists opportunity_step_opportunity;
