alter table "dunning" add column "item" text;
create index "dunning_item_idx" on "dunning" ("item") where deleted_at is null and "item" is not null;
