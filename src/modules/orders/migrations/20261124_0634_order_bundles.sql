-- Bundles stand with their parts; what earns too little is marked.
alter table "contract_line" add column "bundled" text;
alter table "contract_line" add column "instead_of_id" uuid;
alter table "contract_line" add column "in_one" numeric;
alter table "contract_line" add column "weight" numeric;
create index "contract_line_bundled_idx" on "contract_line" ("bundled") where deleted_at is null and "bundled" is not null;
create index "contract_line_instead_of_id_idx" on "contract_line" ("instead_of_id") where deleted_at is null and "instead_of_id" is not null;
alter table "order_line" add column "bundled" text;
alter table "order_line" add column "instead_of_id" uuid;
alter table "order_line" add column "in_one" numeric;
alter table "order_line" add column "weight" numeric;
create index "order_line_bundled_idx" on "order_line" ("bundled") where deleted_at is null and "bundled" is not null;
create index "order_line_instead_of_id_idx" on "order_line" ("instead_of_id") where deleted_at is null and "instead_of_id" is not null;
alter table "contract" add column "below_margin" boolean;
create index "contract_below_margin_idx" on "contract" ("below_margin") where deleted_at is null and "below_margin" is not null;
alter table "order" add column "below_margin" boolean;
create index "order_below_margin_idx" on "order" ("below_margin") where deleted_at is null and "below_margin" is not null;
