-- outside transaction
create index concurrently if not exists "attachment_lead_id_idx" on "attachment" ("lead_id") where deleted_at is null and "lead_id" is not null;
