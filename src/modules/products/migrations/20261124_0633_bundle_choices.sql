-- Parts of a bundle that may be left out, or taken as something else.
alter table "bundle_part" add column "optional" boolean;
alter table "bundle_part" add column "alternative_ids" uuid[] not null default '{}';
create index "bundle_part_alternative_ids_idx" on "bundle_part" using gin ("alternative_ids") where deleted_at is null;
