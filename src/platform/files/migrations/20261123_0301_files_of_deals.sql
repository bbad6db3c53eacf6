-- Files on opportunities, quotes, contracts and orders.
alter table "attachment" add column "opportunity_id" uuid;
alter table "attachment" add column "quote_id" uuid;
alter table "attachment" add column "contract_id" uuid;
alter table "attachment" add column "order_id" uuid;
create index "attachment_opportunity_id_idx" on "attachment" ("opportunity_id") where deleted_at is null and "opportunity_id" is not null;
create index "attachment_quote_id_idx" on "attachment" ("quote_id") where deleted_at is null and "quote_id" is not null;
create index "attachment_contract_id_idx" on "attachment" ("contract_id") where deleted_at is null and "contract_id" is not null;
create index "attachment_order_id_idx" on "attachment" ("order_id") where deleted_at is null and "order_id" is not null;
