-- Facts of customers stand in a table of their own (design: derived facts off the record).
create table "customer_fact" (
  "id" uuid primary key references "customer" on delete cascade,
  "last_contact_at" timestamptz
) with (fillfactor = 80);
create index "customer_fact_last_contact_at_idx" on "customer_fact" ("last_contact_at", "id") where "last_contact_at" is not null;
insert into customer_fact (id, last_contact_at)
select customer_id, max(occurred_at) from activity
where customer_id is not null and deleted_at is null and kind <> 'note' and (coalesce(content, '') <> '' or coalesce(subject, '') <> '')
group by customer_id;
