-- SAL-16: the company's own Word templates, each with its versions and the day from which one holds.
create table paper_template (
  id uuid primary key default uuidv7(),
  kind text not null,
  name text not null,
  legal_entity_id uuid,
  department_id uuid,
  usual boolean not null default false,
  retired boolean not null default false,
  created_at timestamptz not null default now(),
  created_by uuid
);
create index paper_template_kind_idx on paper_template (kind) where not retired;
create table paper_template_version (
  id uuid primary key default uuidv7(),
  template_id uuid not null references paper_template (id) on delete cascade,
  edition integer not null,
  valid_from date not null,
  file_name text not null,
  note text,
  size integer not null,
  content bytea not null,
  tags jsonb not null,
  created_at timestamptz not null default now(),
  created_by uuid,
  unique (template_id, edition)
);
