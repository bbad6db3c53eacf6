-- outside transaction
-- The way of business is read whole by the funnel: out of the index alone, in its order.
create index concurrently if not exists opportunity_step_way on opportunity_step (opportunity_id, on_day, id) include (stage_id);
