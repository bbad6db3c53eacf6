-- Departments whose people are not of the house: they see their own side only (ADR 0026).
create table outside_department (
  department_id uuid primary key
);
create constraint trigger outside_department_policy after insert or update or delete on outside_department
  deferrable initially deferred for each row execute function policy_changed();
-- Whoever comes to one of them belongs to its people from then on.
create function outside_joined() returns trigger language plpgsql as $$
begin
  if exists (select from outside_department) then update policy_state set version = version + 1; end if;
  return null;
end $$;
create constraint trigger user_outside after insert on "user"
  deferrable initially deferred for each row when (new.department_id is not null) execute function outside_joined();
-- Whether a department is outside, or below one that is.
create function is_outside(department uuid) returns boolean language sql stable as $$
  with recursive up as (
    select d.id, d.parent_id from department d where d.id = department
    union select d.id, d.parent_id from department d join up on d.id = up.parent_id)
  select exists (select from up join outside_department o on o.department_id = up.id)
$$;
