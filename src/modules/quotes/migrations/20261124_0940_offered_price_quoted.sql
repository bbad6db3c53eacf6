-- What the house asked this customer for: a discount is measured against it.
alter table "quote_line" add column "offered_price" numeric;
