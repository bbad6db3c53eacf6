-- outside transaction
-- Customers with so many follow-ups of a time are counted one after the other, and no further than wanted.
create index concurrently "activity_customer_id_occurred_at_idx" on "activity" ("customer_id", "occurred_at") where deleted_at is null;
