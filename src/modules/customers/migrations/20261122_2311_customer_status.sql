alter table "customer" add column "status" text default 'active';
