import { type RawBuilder, sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import { dayOf } from '../../../platform/context/day.ts';
import { readRecord } from '../../../platform/entity/records.ts';
import { forbidden } from '../../../platform/errors/problem.ts';
import { roundMoney } from '../../../platform/money/money.shared.ts';
import { inOwn } from '../../../platform/rates/own.ts';
import { type Waiting, waitingFor } from '../../orders/public.ts';
import { owedByContract } from '../targets.ts';
import { inScopeOf, inSight, mayTell, openItems } from './open-items.ts';

/** Where money stands with one customer, contract or order; amounts in `currency`. */
export interface MoneyCard {
  currency: string;
  total: string;
  received: string;
  invoiced: string;
  /** 已开票未回款. */
  invoicedNotReceived: string;
  /** 未开票回款. */
  receivedNotInvoiced: string;
  open: string;
  overdue: string;
  /** Paid beyond what is owed, after something came back. */
  over: string;
  /** 预收: of a customer, or what was received naming this contract or order. */
  advance: string;
  nextDue: string | null;
  limit: { amount: string; left: string; blocked: boolean } | null;
  instalments: {
    id: string | null;
    name: string | null;
    due: string | null;
    open: string;
    late: boolean;
    /** Why it has no day yet. */
    waits: Waiting | null;
  }[];
}

type Kind = 'customer' | 'contract' | 'order';

/**
 * The figures of a customer in the company's currency, of a contract or order in its own. An order of a contract has figures of its own,
 * though it is owed as part of that.
 */
export async function cardOf(ctx: Context, kind: Kind, id: string): Promise<MoneyCard> {
  await readRecord(ctx, kind, id);
  if (!mayTell(ctx, kind === 'customer' ? undefined : kind)) throw forbidden();
  const own = kind === 'order' ? await orderOfContract(ctx, id) : null;
  return written(own ?? (await cardFrom(ctx, kind, id)));
}

const SUMS = [
  'total',
  'received',
  'invoiced',
  'invoicedNotReceived',
  'receivedNotInvoiced',
  'open',
  'overdue',
  'over',
  'advance',
] as const;

/** All amounts in the digits of their currency. */
function written(card: MoneyCard): MoneyCard {
  const round = (amount: string) => roundMoney(amount, card.currency);
  return {
    ...card,
    ...Object.fromEntries(SUMS.map((name) => [name, round(card[name])])),
    limit: card.limit && { ...card.limit, amount: round(card.limit.amount), left: round(card.limit.left) },
    instalments: card.instalments.map((each) => ({ ...each, open: round(each.open) })),
  };
}

interface Item {
  type: string;
  id: string;
  unit: string;
  rate: string;
  total: string;
  received: string;
  invoiced: string;
  instalment: string | null;
  instalment_name: string | null;
  due_on: string | null;
  open: string;
}

async function cardFrom(ctx: Context, kind: Kind, id: string): Promise<MoneyCard> {
  const today = dayOf(ctx);
  const which = inSight(ctx, kind === 'customer' ? sql`d.customer_id = ${id}` : sql`d.id = ${id}`);
  // In the company's currency where there may be several.
  const inUnit = (amount: RawBuilder<unknown>) =>
    kind === 'customer' ? inOwn(ctx, amount, sql`rate`) : amount;
  const items = sql`with item as materialized (${openItems(which)}),
    doc as (select distinct type, id, unit, rate, total, received, invoiced from item)`;
  const { rows } = await sql<
    Omit<MoneyCard, 'instalments' | 'limit' | 'advance' | 'currency'> & { unit: string | null }
  >`${items}
    select (select min(unit) from doc) as unit,
      coalesce(sum(${inUnit(sql`total`)}), 0)::text as total, coalesce(sum(${inUnit(sql`received`)}), 0)::text as received,
      coalesce(sum(${inUnit(sql`invoiced`)}), 0)::text as invoiced,
      coalesce(sum(${inUnit(sql`greatest(0, invoiced - received)`)}), 0)::text as "invoicedNotReceived",
      coalesce(sum(${inUnit(sql`greatest(0, received - invoiced)`)}), 0)::text as "receivedNotInvoiced",
      coalesce((select sum(${inUnit(sql`open`)}) from item), 0)::text as open,
      coalesce(sum(${inUnit(sql`greatest(0, received - total)`)}), 0)::text as over,
      coalesce((select sum(${inUnit(sql`open`)}) from item where due_on < ${today}::date), 0)::text as overdue,
      (select min(due_on) from item where open > 0 and due_on >= ${today}::date) as "nextDue"
    from doc`.execute(ctx.db);
  const { unit, ...sums } = rows[0] as (typeof rows)[number];
  const plan =
    kind === 'customer'
      ? []
      : (
          await sql<Item>`select i.*, i.open::text from (${openItems(which)}) i order by i.due_on nulls last, i.position`.execute(
            ctx.db,
          )
        ).rows;
  const undated = plan.some(({ due_on }) => due_on === null);
  const waits = kind !== 'customer' && undated ? await waitingFor(ctx, kind, [id]) : null;
  return {
    ...sums,
    currency: kind === 'customer' ? ctx.currency : (unit ?? ctx.currency),
    advance: await advanceFor(ctx, kind, id),
    limit: kind === 'customer' ? await limitOf(ctx, id, sums.open) : null,
    instalments: plan.map((item) => ({
      id: item.instalment,
      name: item.instalment_name,
      due: item.due_on,
      open: item.open,
      late: item.due_on !== null && item.due_on < today && Number(item.open) > 0,
      waits: waits?.get(item.instalment ?? '') ?? null,
    })),
  };
}

/** An order whose contract is what is owed: what it comes to and what came in for it. Null where it is owed by itself. */
async function orderOfContract(ctx: Context, id: string): Promise<MoneyCard | null> {
  const { rows } = await sql<{ unit: string; total: string; received: string; invoiced: string }>`
    select coalesce(d.effective_total_currency, d.total_currency) as unit, coalesce(d.effective_total, d.total, 0)::text as total,
      coalesce((select sum(balance) from ledger_balance where account_id = d.id and account = 'order'), 0)::text as received,
      coalesce((select sum(balance) from ledger_balance where account_id = d.id and account = 'orderInvoiced'), 0)::text as invoiced
    from "order" d where d.id = ${id} and ${owedByContract('d')}`.execute(ctx.db);
  const [row] = rows;
  if (!row) return null;
  const minus = (a: string, b: string) => sql<string>`greatest(0, ${a}::numeric - ${b}::numeric)::text`;
  const { rows: differences } = await sql<{ open: string; over: string; ir: string; ri: string }>`select
    ${minus(row.total, row.received)} as open, ${minus(row.received, row.total)} as over,
    ${minus(row.invoiced, row.received)} as ir, ${minus(row.received, row.invoiced)} as ri`.execute(ctx.db);
  const { open, over, ir, ri } = differences[0] as (typeof differences)[number];
  return {
    currency: row.unit,
    ...{ total: row.total, received: row.received, invoiced: row.invoiced, open, over },
    invoicedNotReceived: ir,
    receivedNotInvoiced: ri,
    overdue: '0',
    advance: await advanceFor(ctx, 'order', id),
    nextDue: null,
    limit: null,
    instalments: [],
  };
}

async function advanceFor(ctx: Context, kind: Kind, id: string): Promise<string> {
  const amount = kind === 'customer' ? sql`t.free_base` : sql`t.free`;
  const { rows } = await sql<{ sum: string }>`select coalesce(sum(${amount}), 0)::text as sum from receipt t
    where ${sql.ref(`t.${kind}_id`)} = ${id} and t.status = 'confirmed' and t.deleted_at is null and ${inScopeOf(ctx, 'receipt')}`.execute(
    ctx.db,
  );
  return rows[0]?.sum ?? '0';
}

async function limitOf(ctx: Context, customer: string, open: string): Promise<MoneyCard['limit']> {
  const policy = ctx.policies.for('creditTerm');
  if (!policy.can('read') || !policy.sees('limit')) return null;
  const { rows } = await sql<{
    amount: string | null;
    left: string;
    blocked: boolean;
  }>`select limit_base::text as amount,
      (coalesce(limit_base, 0) - ${open}::numeric)::text as left, coalesce(blocked, false) as blocked
    from credit_term t where customer_id = ${customer} and deleted_at is null and ${inScopeOf(ctx, 'creditTerm')}`.execute(
    ctx.db,
  );
  const [row] = rows;
  return row?.amount || row?.blocked ? { ...row, amount: row.amount ?? '0' } : null;
}
