alter table "quote" add column "terms" text;
alter table "quote" add column "status" text;
alter table "quote" add column "edition" integer;
alter table "quote" add column "previous_id" uuid;
alter table "quote" add column "discount_rate" numeric;
alter table "quote" add column "below_minimum" boolean;
alter table "quote" add column "sent_at" timestamptz;
alter table "quote" add column "answered_at" timestamptz;
alter table "quote" add column "answered_by" text;
alter table "quote" add column "answer_note" text;
create index "quote_status_idx" on "quote" ("status") where deleted_at is null and "status" is not null;
create index "quote_previous_id_idx" on "quote" ("previous_id") where deleted_at is null and "previous_id" is not null;
create index "quote_discount_rate_idx" on "quote" ("discount_rate") where deleted_at is null and "discount_rate" is not null;
create index "quote_sent_at_idx" on "quote" ("sent_at") where deleted_at is null and "sent_at" is not null;
create index "quote_answered_at_idx" on "quote" ("answered_at") where deleted_at is null and "answered_at" is not null;
create index "quote_owner_id_status_valid_until_idx" on "quote" ("owner_id", "status", "valid_until") where deleted_at is null;
-- What was written before quotes had states is a draft.
update "quote" set "status" = 'draft', "edition" = 1;
