-- outside transaction
create index concurrently "opportunity_performer_id_idx" on "opportunity" ("performer_id") where deleted_at is null and "performer_id" is not null;
