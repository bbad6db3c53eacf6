-- By what a record may be recognised as another one's double: hashes of its folded name, tax number, phones … (keys.ts).
-- Also the index by which names are looked up as people write them. Keys of records in the recycle bin stay.
create table duplicate_key (
  key bigint not null,
  record_id uuid not null,
  entity text collate "C" not null,
  kind text collate "C" not null,
  primary key (key, record_id)
);
