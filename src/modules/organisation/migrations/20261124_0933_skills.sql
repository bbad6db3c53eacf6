-- What people speak with customers, and which products they know.
alter table "user" add column "spoken" text[] not null default '{}';
alter table "user" add column "know_ids" uuid[] not null default '{}';
