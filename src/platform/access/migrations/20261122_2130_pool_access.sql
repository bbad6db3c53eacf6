-- Departments whose records wait for somebody to take them: who is named here sees them, with personal data masked. The rooms
-- that keep such pools write this table; rights are read from it with the roles.
create table pool_access (
  department_id uuid primary key,
  user_ids uuid[] not null default '{}',
  department_ids uuid[] not null default '{}',
  role_ids uuid[] not null default '{}'
);
create constraint trigger pool_access_policy after insert or update or delete on pool_access
  deferrable initially deferred for each row execute function policy_changed();
