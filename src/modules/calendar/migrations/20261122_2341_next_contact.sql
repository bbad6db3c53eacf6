-- When each customer is to hear from us next.
alter table "customer_fact" add column "next_contact_due" date;
create index "customer_fact_next_contact_due_idx" on "customer_fact" ("next_contact_due", "id") where "next_contact_due" is not null;
