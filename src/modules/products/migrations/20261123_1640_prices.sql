-- Products with units, variants and bundles; price books; tax and exchange rates.
alter table "product" add column "barcode" text;
alter table "product" add column "category_id" uuid;
alter table "product" add column "brand" text;
alter table "product" add column "brand_key" text collate "C" not null default '';
alter table "product" add column "specification" text;
alter table "product" add column "cost" numeric;
alter table "product" add column "cost_currency" text;
alter table "product" add column "cost_base" numeric;
alter table "product" add column "cost_rate" numeric;
alter table "product" add column "cost_rate_date" date;
alter table "product" add column "tax_rate_id" uuid;
alter table "product" add column "bundle" text;
alter table "product" add column "bundle_discount" numeric;
alter table "product" add column "variant_of_id" uuid;
alter table "product" add column "attributes" text;
create index "product_category_id_idx" on "product" ("category_id") where deleted_at is null and "category_id" is not null;
create index "product_brand_key_id_idx" on "product" ("brand_key", "id") where deleted_at is null;
create index "product_brand_idx" on "product" ("brand") where deleted_at is null and "brand" is not null;
create index "product_cost_idx" on "product" ("cost") where deleted_at is null and "cost" is not null;
create index "product_tax_rate_id_idx" on "product" ("tax_rate_id") where deleted_at is null and "tax_rate_id" is not null;
create index "product_variant_of_id_idx" on "product" ("variant_of_id") where deleted_at is null and "variant_of_id" is not null;
create unique index "product_barcode_unique" on "product" ("barcode") where deleted_at is null;
create table "product_unit" (
  "id" uuid primary key default uuidv7(),
  "version" integer not null default 1,
  "deleted_at" timestamptz,
  "deleted_by" uuid,
  "product_id" uuid,
  "unit" text,
  "factor" numeric,
  "barcode" text,
  "note" text,
  "created_at" timestamptz not null default now(),
  "created_by" uuid,
  "updated_at" timestamptz not null default now(),
  "updated_by" uuid
);
create index "product_unit_product_id_idx" on "product_unit" ("product_id") where deleted_at is null and "product_id" is not null;
create index "product_unit_unit_idx" on "product_unit" ("unit") where deleted_at is null and "unit" is not null;
create index "product_unit_created_at_id_idx" on "product_unit" ("created_at", "id") where deleted_at is null;
create index "product_unit_updated_at_id_idx" on "product_unit" ("updated_at", "id") where deleted_at is null;
create unique index "product_unit_product_id_unit_unique" on "product_unit" ("product_id", "unit") where deleted_at is null;
create unique index "product_unit_barcode_unique" on "product_unit" ("barcode") where deleted_at is null;
create index "product_unit_deleted_at_idx" on "product_unit" ("deleted_at") where deleted_at is not null;
create table "bundle_part" (
  "id" uuid primary key default uuidv7(),
  "version" integer not null default 1,
  "deleted_at" timestamptz,
  "deleted_by" uuid,
  "bundle_id" uuid,
  "part_id" uuid,
  "quantity" numeric,
  "unit" text,
  "position" integer,
  "note" text,
  "created_at" timestamptz not null default now(),
  "created_by" uuid,
  "updated_at" timestamptz not null default now(),
  "updated_by" uuid
);
create index "bundle_part_bundle_id_idx" on "bundle_part" ("bundle_id") where deleted_at is null and "bundle_id" is not null;
create index "bundle_part_part_id_idx" on "bundle_part" ("part_id") where deleted_at is null and "part_id" is not null;
create index "bundle_part_position_id_idx" on "bundle_part" ("position", "id") where deleted_at is null;
create index "bundle_part_created_at_id_idx" on "bundle_part" ("created_at", "id") where deleted_at is null;
create index "bundle_part_updated_at_id_idx" on "bundle_part" ("updated_at", "id") where deleted_at is null;
create unique index "bundle_part_bundle_id_part_id_unique" on "bundle_part" ("bundle_id", "part_id") where deleted_at is null;
create index "bundle_part_deleted_at_idx" on "bundle_part" ("deleted_at") where deleted_at is not null;
create table "price_book" (
  "id" uuid primary key default uuidv7(),
  "version" integer not null default 1,
  "deleted_at" timestamptz,
  "deleted_by" uuid,
  "name" text,
  "name_key" text collate "C" not null default '',
  "currency" text,
  "tax_included" boolean,
  "valid_from" date,
  "valid_to" date,
  "priority" integer,
  "active" boolean,
  "grades" text[] not null default '{}',
  "segment_id" uuid,
  "regions" text[] not null default '{}',
  "channel" text,
  "remark" text,
  "created_at" timestamptz not null default now(),
  "created_by" uuid,
  "updated_at" timestamptz not null default now(),
  "updated_by" uuid
);
create index "price_book_name_key_id_idx" on "price_book" ("name_key", "id") where deleted_at is null;
create index "price_book_currency_idx" on "price_book" ("currency") where deleted_at is null and "currency" is not null;
create index "price_book_valid_from_id_idx" on "price_book" ("valid_from", "id") where deleted_at is null;
create index "price_book_valid_to_id_idx" on "price_book" ("valid_to", "id") where deleted_at is null;
create index "price_book_priority_id_idx" on "price_book" ("priority", "id") where deleted_at is null;
create index "price_book_segment_id_idx" on "price_book" ("segment_id") where deleted_at is null and "segment_id" is not null;
create index "price_book_channel_idx" on "price_book" ("channel") where deleted_at is null and "channel" is not null;
create index "price_book_created_at_id_idx" on "price_book" ("created_at", "id") where deleted_at is null;
create index "price_book_updated_at_id_idx" on "price_book" ("updated_at", "id") where deleted_at is null;
create unique index "price_book_name_unique" on "price_book" ("name") where deleted_at is null;
create index "price_book_deleted_at_idx" on "price_book" ("deleted_at") where deleted_at is not null;
create table "price_book_entry" (
  "id" uuid primary key default uuidv7(),
  "version" integer not null default 1,
  "deleted_at" timestamptz,
  "deleted_by" uuid,
  "book_id" uuid,
  "product_id" uuid,
  "unit" text,
  "from_quantity" numeric,
  "price" numeric,
  "price_currency" text,
  "price_base" numeric,
  "price_rate" numeric,
  "price_rate_date" date,
  "minimum_price" numeric,
  "minimum_price_currency" text,
  "minimum_price_base" numeric,
  "minimum_price_rate" numeric,
  "minimum_price_rate_date" date,
  "note" text,
  "created_at" timestamptz not null default now(),
  "created_by" uuid,
  "updated_at" timestamptz not null default now(),
  "updated_by" uuid
);
create index "price_book_entry_book_id_idx" on "price_book_entry" ("book_id") where deleted_at is null and "book_id" is not null;
create index "price_book_entry_product_id_idx" on "price_book_entry" ("product_id") where deleted_at is null and "product_id" is not null;
create index "price_book_entry_unit_idx" on "price_book_entry" ("unit") where deleted_at is null and "unit" is not null;
create index "price_book_entry_from_quantity_idx" on "price_book_entry" ("from_quantity") where deleted_at is null and "from_quantity" is not null;
create index "price_book_entry_price_base_id_idx" on "price_book_entry" ("price_base", "id") where deleted_at is null;
create index "price_book_entry_minimum_price_idx" on "price_book_entry" ("minimum_price") where deleted_at is null and "minimum_price" is not null;
create index "price_book_entry_created_at_id_idx" on "price_book_entry" ("created_at", "id") where deleted_at is null;
create index "price_book_entry_updated_at_id_idx" on "price_book_entry" ("updated_at", "id") where deleted_at is null;
create unique index "price_book_entry_book_id_product_id_unit_from_quantity_unique" on "price_book_entry" ("book_id", "product_id", "unit", "from_quantity") where deleted_at is null;
create index "price_book_entry_product_id_book_id_idx" on "price_book_entry" ("product_id", "book_id") where deleted_at is null;
create index "price_book_entry_deleted_at_idx" on "price_book_entry" ("deleted_at") where deleted_at is not null;
create table "product_category" (
  "id" uuid primary key default uuidv7(),
  "version" integer not null default 1,
  "deleted_at" timestamptz,
  "deleted_by" uuid,
  "name" text,
  "name_key" text collate "C" not null default '',
  "parent_id" uuid,
  "position" integer,
  "remark" text,
  "created_at" timestamptz not null default now(),
  "created_by" uuid,
  "updated_at" timestamptz not null default now(),
  "updated_by" uuid
);
create index "product_category_name_key_id_idx" on "product_category" ("name_key", "id") where deleted_at is null;
create index "product_category_name_idx" on "product_category" ("name") where deleted_at is null and "name" is not null;
create index "product_category_parent_id_idx" on "product_category" ("parent_id") where deleted_at is null and "parent_id" is not null;
create index "product_category_position_id_idx" on "product_category" ("position", "id") where deleted_at is null;
create index "product_category_created_at_id_idx" on "product_category" ("created_at", "id") where deleted_at is null;
create index "product_category_updated_at_id_idx" on "product_category" ("updated_at", "id") where deleted_at is null;
create index "product_category_deleted_at_idx" on "product_category" ("deleted_at") where deleted_at is not null;
create table "tax_rate" (
  "id" uuid primary key default uuidv7(),
  "version" integer not null default 1,
  "deleted_at" timestamptz,
  "deleted_by" uuid,
  "name" text,
  "name_key" text collate "C" not null default '',
  "rate" numeric,
  "valid_from" date,
  "valid_to" date,
  "successor_id" uuid,
  "standard" boolean,
  "remark" text,
  "created_at" timestamptz not null default now(),
  "created_by" uuid,
  "updated_at" timestamptz not null default now(),
  "updated_by" uuid
);
create index "tax_rate_name_key_id_idx" on "tax_rate" ("name_key", "id") where deleted_at is null;
create index "tax_rate_rate_id_idx" on "tax_rate" ("rate", "id") where deleted_at is null;
create index "tax_rate_valid_from_idx" on "tax_rate" ("valid_from") where deleted_at is null and "valid_from" is not null;
create index "tax_rate_valid_to_idx" on "tax_rate" ("valid_to") where deleted_at is null and "valid_to" is not null;
create index "tax_rate_successor_id_idx" on "tax_rate" ("successor_id") where deleted_at is null and "successor_id" is not null;
create index "tax_rate_created_at_id_idx" on "tax_rate" ("created_at", "id") where deleted_at is null;
create index "tax_rate_updated_at_id_idx" on "tax_rate" ("updated_at", "id") where deleted_at is null;
create unique index "tax_rate_name_unique" on "tax_rate" ("name") where deleted_at is null;
create index "tax_rate_deleted_at_idx" on "tax_rate" ("deleted_at") where deleted_at is not null;

-- What people leave open is the base unit most things are counted in, and no bundle.
update product set unit = 'piece' where unit is null;
update product set bundle = 'none';

-- 增值税 as it stands: rates of the general taxpayer, 征收率 of the small one (3%, levied as 1% to the end of 2027), 零税率, 免税.
with later as (
  insert into tax_rate (name, name_key, rate, valid_from, standard) values
    ('13%', '13%', 13, '2019-04-01', true), ('9%', '9%', 9, '2019-04-01', false), ('6%', '6%', 6, '2016-05-01', false),
    ('3%', '3%', 3, '2014-07-01', false), ('0%', '0%', 0, null, false), ('免税', 'mianshui', null, null, false)
  returning id, name
)
insert into tax_rate (name, name_key, rate, valid_from, valid_to, successor_id, standard)
select '1%', '1%', 1, '2020-03-01', '2027-12-31', id, false from later where name = '3%';
