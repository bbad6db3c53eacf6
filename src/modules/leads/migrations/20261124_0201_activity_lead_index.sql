-- outside transaction
create index concurrently if not exists "activity_lead_id_idx" on "activity" ("lead_id") where deleted_at is null and "lead_id" is not null;
