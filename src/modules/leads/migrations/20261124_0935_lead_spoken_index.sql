-- outside transaction
create index concurrently if not exists "lead_spoken_idx" on "lead" ("spoken") where deleted_at is null and "spoken" is not null;
