-- Whoever is to fill a form in or to review it sees it, wherever its maker stands (CUS-13).
create function customer_form_share() returns trigger language plpgsql as $$
begin
  if tg_op <> 'INSERT' then delete from record_share where source_id = old.id; end if;
  if tg_op <> 'DELETE' and new.deleted_at is null then
    insert into record_share (entity, record_id, user_id, access, created_at, source_id)
    select distinct 'customerForm', new.id, part.person, 'read', new.updated_at, new.id
    from (values (new.filler_id), (new.reviewer_id)) part (person) where part.person is not null;
  end if;
  return null;
end $$;
create trigger customer_form_share_row after insert or delete on customer_form for each row execute function customer_form_share();
create trigger customer_form_share_change after update of filler_id, reviewer_id, deleted_at on customer_form
  for each row when (old is distinct from new) execute function customer_form_share();

insert into record_share (entity, record_id, user_id, access, created_at, source_id)
select distinct 'customerForm', form.id, part.person, 'read', form.updated_at, form.id
from customer_form form cross join lateral (values (form.filler_id), (form.reviewer_id)) part (person)
where part.person is not null and form.deleted_at is null;
