-- outside transaction
create index concurrently if not exists "customer_pool_id_idx" on "customer" ("pool_id") where deleted_at is null and "pool_id" is not null;
