-- Most customers have no team and no warning. With an entry for each empty list every other fact that is written cost two more
-- entries in slow indexes.
drop index "customer_fact_team_ids_idx";
create index "customer_fact_team_ids_idx" on "customer_fact" using gin ("team_ids") where "team_ids" <> '{}';
drop index "customer_fact_coverage_idx";
create index "customer_fact_coverage_idx" on "customer_fact" using gin ("coverage") where "coverage" <> '{}';
