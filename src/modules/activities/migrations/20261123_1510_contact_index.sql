-- outside transaction
-- Contacts that count, of each customer in order of time: what is derived of them is read from this index alone.
create index concurrently "activity_contact" on "activity" ("customer_id", "occurred_at") include ("kind")
where deleted_at is null and kind <> 'note' and (coalesce(content, '') <> '' or coalesce(subject, '') <> '');
