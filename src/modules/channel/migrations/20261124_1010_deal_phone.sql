-- Who registers a customer is told who was first, by phone too: its last eleven digits, however it is written.
create index "deal_registration_phone_digits" on "deal_registration" (right(regexp_replace("phone", '\D', '', 'g'), 11))
  where deleted_at is null and status in ('submitted', 'approved');
