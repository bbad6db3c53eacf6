create table "opportunity_fact" (
  "id" uuid primary key references "opportunity" on delete cascade,
  "chance" integer
) with (fillfactor = 80);
create index "opportunity_fact_chance_idx" on "opportunity_fact" ("chance", "id") where "chance" is not null;
