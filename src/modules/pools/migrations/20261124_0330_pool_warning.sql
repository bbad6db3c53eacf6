-- For which night the owner of a customer was last warned: he is told of each night once.
create table pool_warning (
  customer_id uuid primary key references customer on delete cascade,
  night date not null
);
