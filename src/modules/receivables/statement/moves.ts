import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import { receivable } from '../book.ts';
import { debts, inScopeOf, inSight } from '../figures/open-items.ts';

/**
 * Everything that changed what a customer owes, within the caller's sight, as a query of `day`, `kind`, `id`, `number`, `name`, `unit`,
 * `debit` and `credit`. Documents stand with what was agreed and what came back with its own day; money stands on the day it came,
 * whatever it paid for. What a receipt paid in another currency leaves the one and enters the other. Rebates stand on the day they
 * were set off: before, nobody owes them less. So per currency debits less credits are what is open, less what was paid beyond and
 * what is advance.
 */
export function movesOf(ctx: Context, customer: string): RawBuilder<unknown> {
  const receipts = sql<SqlBool>`t.customer_id = ${customer} and t.status = 'confirmed' and t.deleted_at is null
    and ${inScopeOf(ctx, 'receipt')}`;
  return sql`
    with debt as materialized (${debts(inSight(ctx, sql`d.customer_id = ${customer}`))}),
    back as materialized (
      select d.id as head, d.type, r.id, r.number, r.name, r.received_on as day, r.total, d.unit
      from debt d join "order" o on case d.type when 'order' then o.id = d.id else o.contract_id = d.id end
      join return_order r on r.order_id = o.id and r.total_currency = d.unit
      where r.status = 'received' and r.deleted_at is null and o.deleted_at is null),
    money as materialized (select t.id, t.number, t.date, t.amount, t.amount_currency as unit from receipt t where ${receipts}),
    posted as materialized (
      select m.id, m.number, m.unit, p.id as posting, p.kind, p.day from money m join ledger_posting p
        on p.source = m.id and p.book = ${receivable.name} and p.kind in ('refund', 'allocation'))
    select d.date as day, d.type as kind, d.id, d.number, d.name, d.unit,
        d.total + coalesce((select sum(b.total) from back b where b.head = d.id), 0) as debit, 0::numeric as credit from debt d
    union all select day, 'returnOrder', id, number, name, unit, 0, total from back
    union all select date, 'receipt', id, number, null, unit, 0, amount from money
    union all select x.day, 'refund', x.id, x.number, null, x.unit, -e.amount, 0 from posted x
      join ledger_entry e on e.posting_id = x.posting and e.account = 'receipt' where x.kind = 'refund'
    union all select x.day, 'exchange', x.id, x.number, null, x.unit, -e.amount, 0 from posted x
      join ledger_entry e on e.posting_id = x.posting and e.account = 'receipt'
      where x.kind = 'allocation' and exists (select from ledger_entry h where h.posting_id = x.posting
        and h.account in ('order', 'contract') and h.unit <> x.unit)
    union all select x.day, 'exchange', x.id, x.number, null, h.unit, 0, h.amount from posted x
      join ledger_entry h on h.posting_id = x.posting and h.account in ('order', 'contract') and h.unit <> x.unit
      where x.kind = 'allocation'
    union all select p.day, 'setOff', d.id, d.number, d.name, d.unit, 0, e.amount
      from debt d cross join lateral (select d.id union all select o.id from "order" o
        where d.type = 'contract' and o.contract_id = d.id and o.deleted_at is null) as h(id)
      join ledger_entry e on e.account_id = h.id and e.account in ('order', 'contract') and e.unit = d.unit
      join ledger_posting p on p.id = e.posting_id and p.book = ${receivable.name} and p.kind = 'setOff'`;
}
