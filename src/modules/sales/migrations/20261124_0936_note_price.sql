-- A price seen or heard of.
alter table "market_note" add column "price" numeric;
alter table "market_note" add column "price_currency" text;
alter table "market_note" add column "price_base" numeric;
alter table "market_note" add column "price_rate" numeric;
alter table "market_note" add column "price_rate_date" date;
