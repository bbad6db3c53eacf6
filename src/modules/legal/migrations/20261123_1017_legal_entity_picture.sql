-- SAL-16: seal and logo of a legal entity. Small pictures as data URLs, as the seal of the house is kept.
create table legal_entity_picture (
  legal_entity_id uuid not null references legal_entity on delete cascade,
  use text not null check (use in ('seal', 'logo')),
  image text not null,
  primary key (legal_entity_id, use)
);
