-- In whose name a quote is made.
alter table "quote" add column "legal_entity_id" uuid;
create index "quote_legal_entity_id_idx" on "quote" ("legal_entity_id") where deleted_at is null and "legal_entity_id" is not null;
