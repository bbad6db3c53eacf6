-- 业绩归属人: whose achievement a won opportunity is stays with him from now on; of those won before it is whoever has them.
alter table "opportunity" add column "performer_id" uuid;
update "opportunity" set "performer_id" = "owner_id" where "status" = 'won';
