-- Who decides at a customer, and who reports to whom (CUS-10).
alter table "contact" add column "decision_role" text;
alter table "contact" add column "level" text;
alter table "contact" add column "influence" integer;
alter table "contact" add column "attitude" text;
alter table "contact" add column "reports_to_id" uuid;
create index "contact_decision_role_idx" on "contact" ("decision_role") where deleted_at is null and "decision_role" is not null;
create index "contact_level_idx" on "contact" ("level") where deleted_at is null and "level" is not null;
create index "contact_influence_idx" on "contact" ("influence") where deleted_at is null and "influence" is not null;
create index "contact_reports_to_id_idx" on "contact" ("reports_to_id") where deleted_at is null and "reports_to_id" is not null;

-- Nothing stands above itself, whichever way it is written: also by a merge, and by two people at once. Moves take one lock.
create function customer_no_circle() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock(7245011);
  if exists (
    with recursive above (id) as (
      select new.parent_id
      union
      select customer.parent_id from customer join above on above.id = customer.id where customer.parent_id is not null
    )
    select from above where id = new.id
  ) then
    raise exception 'parent_circle' using errcode = 'GX422', column = 'parent';
  end if;
  return new;
end $$;
create trigger customer_no_circle before update of parent_id on customer for each row
  when (new.parent_id is not null and new.parent_id is distinct from old.parent_id) execute function customer_no_circle();

create function contact_no_circle() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock(7245012);
  if exists (
    with recursive above (id) as (
      select new.reports_to_id
      union
      select contact.reports_to_id from contact join above on above.id = contact.id where contact.reports_to_id is not null
    )
    select from above where id = new.id
  ) then
    raise exception 'reports_circle' using errcode = 'GX422', column = 'reportsTo';
  end if;
  return new;
end $$;
create trigger contact_no_circle before update of reports_to_id on contact for each row
  when (new.reports_to_id is not null and new.reports_to_id is distinct from old.reports_to_id) execute function contact_no_circle();
