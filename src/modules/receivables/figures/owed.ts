import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import type { MoneyValue } from '../../../platform/entity/meta.shared.ts';
import { Exact } from '../../../platform/money/money.shared.ts';
import type { AllocationInput } from '../allocate.ts';
import { receivable } from '../book.ts';
import { inScopeOf, inSight, mayTell, openItems, unpaid } from './open-items.ts';

/** Something of a customer that is not paid yet: an order or contract, one of its instalments, or an invoice. */
export interface Owed {
  type: 'order' | 'contract' | 'invoice';
  id: string;
  number: string;
  name: string | null;
  customer: string;
  instalment: { id: string; name: string | null } | null;
  due: string | null;
  open: MoneyValue;
}

/** More than anybody looks through. */
const MOST = 200;

/** What customers have open within the caller's sight, what is due first first. */
export async function owedBy(ctx: Context, customers: readonly string[]): Promise<Owed[]> {
  if (customers.length === 0 || !mayTell(ctx)) return [];
  const ids = [...customers];
  const items = await sql<
    Omit<Owed, 'open' | 'instalment'> & {
      part: string | null;
      said: string | null;
      left: string;
      unit: string;
    }
  >`
    select i.type, i.id, i.number, i.name, i.customer_id as customer, i.instalment as part, i.instalment_name as said,
      i.due_on::text as due, i.open::text as left, i.unit
    from (${openItems(unpaid(inSight(ctx, sql`d.customer_id = any(${ids}::uuid[])`)))}) i where i.open > 0
    order by i.due_on nulls last, i.number, i.position limit ${MOST}`.execute(ctx.db);
  return [
    ...items.rows.map(
      ({ part, said, left, unit, ...row }): Owed => ({
        ...row,
        instalment: part ? { id: part, name: said } : null,
        open: { amount: left, currency: unit },
      }),
    ),
    ...(await openInvoices(ctx, ids)),
  ];
}

/** So much of what a customer has open as an amount pays, what is due first first; only what is in its currency. */
export async function openByDue(
  ctx: Context,
  customer: string,
  { amount, currency }: MoneyValue,
): Promise<AllocationInput[]> {
  let left = new Exact(amount);
  return (await owedBy(ctx, [customer])).flatMap(({ type, id, instalment, open }) => {
    if (type === 'invoice' || open.currency !== currency || left.lte(0)) return [];
    const part = Exact.min(left, open.amount);
    left = left.minus(part);
    return [{ [type]: id, instalment: instalment?.id ?? null, amount: part.toFixed() }];
  });
}

/** Issued invoices of an order or contract that nothing, or not all, was paid of. */
async function openInvoices(ctx: Context, customers: readonly string[]): Promise<Owed[]> {
  const policy = ctx.policies.for('invoice');
  if (!policy.can('read') || !['total', 'invoiceNumber'].every(policy.sees)) return [];
  const { rows } = await sql<{
    id: string;
    number: string;
    name: string;
    customer: string;
    due: string;
    left: string;
    unit: string;
  }>`
    select t.id, coalesce(t.invoice_number, t.number) as number, t.name, t.customer_id as customer, t.issued_on::text as due,
      (t."left" - coalesce(b.balance, 0))::text as left, t.total_currency as unit
    from invoice t left join ledger_balance b on b.account_id = t.id and b.account = 'invoicePaid' and b.book = ${receivable.name}
    where t.customer_id = any(${[...customers]}::uuid[]) and t.status = 'issued' and t.red_of_id is null and t.deleted_at is null
      and (t.order_id is not null or t.contract_id is not null) and t."left" > coalesce(b.balance, 0)
      and ${inScopeOf(ctx, 'invoice')}
    order by t.issued_on, t.id limit ${MOST}`.execute(ctx.db);
  return rows.map(({ left, unit, ...row }) => ({
    ...row,
    type: 'invoice' as const,
    instalment: null,
    open: { amount: left, currency: unit },
  }));
}
