-- Where a customer is, WGS-84: for the way between visits and how far a check-in was.
alter table "customer" add column "latitude" numeric;
alter table "customer" add column "longitude" numeric;
