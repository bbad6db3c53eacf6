-- Contracts and orders that may have something open, so that what was paid years ago need not be read to tell what is owed today.
-- One that gets something open is entered in the same transaction; those that are paid are taken out by night (../open/paid.ts).
create table receivable_open (
  id uuid primary key,
  -- Rises with every change that may open something: what was looked at before it is not taken out.
  stamp bigint not null default 0
);

create function receivable_open_touch(changed uuid[]) returns void language sql as $$
  insert into receivable_open as r (id) select distinct c from unnest(changed) c where c is not null order by c
  on conflict (id) do update set stamp = r.stamp + 1
$$;

-- What was paid for an order counts towards its contract: both may have more open when the order changes.
create function receivable_order_open() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' then
    perform receivable_open_touch(array[new.id, new.contract_id, old.contract_id]);
  else
    perform receivable_open_touch(array[new.id, new.contract_id]);
  end if;
  return null;
end
$$;
create trigger receivable_order_open_made after insert on "order" for each row
  when (new.status not in ('draft', 'cancelled')) execute function receivable_order_open();
create trigger receivable_order_open_changed
  after update of status, effective_total, effective_total_currency, total, contract_id, deleted_at on "order" for each row
  when ((new.status not in ('draft', 'cancelled') or old.status not in ('draft', 'cancelled')) and
    (old.status, old.effective_total, old.effective_total_currency, old.total, old.contract_id, old.deleted_at) is distinct from
    (new.status, new.effective_total, new.effective_total_currency, new.total, new.contract_id, new.deleted_at))
  execute function receivable_order_open();

-- Orders of a contract that is in force no longer are owed by themselves.
create function receivable_contract_open() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and (old.status, old.deleted_at, old.effective_total > 0, old.total > 0) is distinct from
    (new.status, new.deleted_at, new.effective_total > 0, new.total > 0) then
    perform receivable_open_touch(array(select o.id from "order" o where o.contract_id = new.id and o.deleted_at is null
      and o.status not in ('draft', 'cancelled')));
  end if;
  perform receivable_open_touch(array[new.id]);
  return null;
end
$$;
create trigger receivable_contract_open_made after insert on contract for each row
  when (new.status <> 'draft') execute function receivable_contract_open();
create trigger receivable_contract_open_changed
  after update of status, effective_total, effective_total_currency, total, revision, deleted_at on contract for each row
  when ((new.status <> 'draft' or old.status <> 'draft') and
    (old.status, old.effective_total, old.effective_total_currency, old.total, old.revision, old.deleted_at) is distinct from
    (new.status, new.effective_total, new.effective_total_currency, new.total, new.revision, new.deleted_at))
  execute function receivable_contract_open();

create function receivable_money_open() returns trigger language plpgsql as $$
begin
  perform receivable_open_touch(array[new.account_id, (select o.contract_id from "order" o where o.id = new.account_id)]);
  return null;
end
$$;
create trigger receivable_money_open after update on ledger_balance for each row
  when (new.book = 'receivable' and new.account in ('order', 'contract') and new.balance < old.balance)
  execute function receivable_money_open();

insert into receivable_open (id)
select c.id from contract c where c.status <> 'draft' and c.deleted_at is null
union all
select o.id from "order" o where o.status not in ('draft', 'cancelled') and o.deleted_at is null
  and coalesce(o.effective_total, o.total, 0) > coalesce((select sum(b.balance) from ledger_balance b
    where b.account_id = o.id and b.account = 'order' and b.book = 'receivable'), 0);
