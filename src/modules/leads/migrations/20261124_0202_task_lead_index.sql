-- outside transaction
create index concurrently if not exists "task_lead_id_idx" on "task" ("lead_id") where deleted_at is null and "lead_id" is not null;
