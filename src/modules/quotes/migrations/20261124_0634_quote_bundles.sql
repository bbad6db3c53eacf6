-- Bundles stand with their parts; what earns too little is marked.
alter table "quote_line" add column "bundled" text;
alter table "quote_line" add column "instead_of_id" uuid;
alter table "quote_line" add column "in_one" numeric;
alter table "quote_line" add column "weight" numeric;
create index "quote_line_bundled_idx" on "quote_line" ("bundled") where deleted_at is null and "bundled" is not null;
create index "quote_line_instead_of_id_idx" on "quote_line" ("instead_of_id") where deleted_at is null and "instead_of_id" is not null;
alter table "quote" add column "below_margin" boolean;
create index "quote_below_margin_idx" on "quote" ("below_margin") where deleted_at is null and "below_margin" is not null;
