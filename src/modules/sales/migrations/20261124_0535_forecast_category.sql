alter table "stage" add column "forecast_category" text;
alter table "opportunity" add column "forecast_category" text;
alter table "opportunity" add column "manager_category" text;
alter table "opportunity" add column "manager_category_reason" text;
-- Where business stands today says how surely it is counted on, until a company says otherwise.
update "stage" set forecast_category = case
  when outcome = 'lost' then 'omitted' when outcome = 'won' then 'commit'
  when probability >= 70 then 'commit' when probability >= 50 then 'best' else 'pipeline' end;
