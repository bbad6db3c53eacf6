-- outside transaction
create index concurrently if not exists "opportunity_forecast_category_idx" on "opportunity" ("forecast_category") where deleted_at is null and "forecast_category" is not null;
