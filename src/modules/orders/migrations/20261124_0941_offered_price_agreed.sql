-- What the house asked this customer for: a discount is measured against it.
alter table "contract_line" add column "offered_price" numeric;
alter table "order_line" add column "offered_price" numeric;
