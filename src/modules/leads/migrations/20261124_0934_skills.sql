-- What leads ask of whoever takes them.
alter table "lead_route" add column "skills" text;
alter table "lead" add column "spoken" text;
