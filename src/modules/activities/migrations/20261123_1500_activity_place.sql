-- Where somebody was when he wrote a follow-up.
alter table "activity" add column "latitude" numeric;
alter table "activity" add column "longitude" numeric;
alter table "activity" add column "accuracy" integer;
alter table "activity" add column "distance" integer;
