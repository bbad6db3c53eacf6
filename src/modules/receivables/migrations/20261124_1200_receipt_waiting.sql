-- What waits for finance, oldest first.
create index "receipt_status_date_idx" on "receipt" ("status", "date") where deleted_at is null;
