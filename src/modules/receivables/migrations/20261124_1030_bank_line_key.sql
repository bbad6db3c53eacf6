alter table "bank_entry" add column "line_key" text;
create unique index "bank_entry_line_key_unique" on "bank_entry" ("line_key") where deleted_at is null;
