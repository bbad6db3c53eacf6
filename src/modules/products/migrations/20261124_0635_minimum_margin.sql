alter table "product" add column "minimum_margin" numeric;
alter table "product_category" add column "minimum_margin" numeric;
