alter table "quote_line" add column "minimum_price" numeric;
alter table "quote_line" add column "cost" numeric;
