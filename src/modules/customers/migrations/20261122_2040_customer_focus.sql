alter table "customer" add column "price_focus" text;
alter table "customer" add column "relation_focus" text;
