-- outside transaction
-- How many of a time each customer has is counted from this index alone.
create index concurrently "activity_occurred_at_customer_id_idx" on "activity" ("occurred_at", "customer_id") where deleted_at is null;
