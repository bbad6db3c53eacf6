import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { takenOut } from '../../../platform/access/taken.ts';
import { type Condition, scopeCondition } from '../../../platform/access/where.ts';
import type { Context } from '../../../platform/context/context.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { receivable } from '../book.ts';
import { isInForce, isOfAmount, owedByContract } from '../targets.ts';

/** The caller's sight of rows `t` of a record type. */
export const inScopeOf = (ctx: Context, type: string): Condition =>
  scopeCondition(entityNamed(ctx.registry, type), ctx.policies.for(type).scope('read'), ctx.principal);

/** Which contracts and orders are looked at: those in the caller's sight that meet a condition on the row `d`. */
export interface Which {
  contract: Condition;
  order: Condition;
}

/** Whether the caller may be told what is owed: he sees amounts of contracts or orders — or of the one asked for — and of receipts. */
export function mayTell(ctx: Context, type?: 'contract' | 'order'): boolean {
  const receipts = ctx.policies.for('receipt');
  const seen = type ? tells(ctx, type) : tells(ctx, 'order') || tells(ctx, 'contract');
  return receipts.can('read') && receipts.sees('amount') && seen;
}

type Sight = 'read' | 'export';

/** Whether the caller may take what is owed out of the house: by contracts or by orders. */
export const mayTakeOut = (ctx: Context): boolean =>
  tells(ctx, 'order', 'export') || tells(ctx, 'contract', 'export');

const tells = (ctx: Context, type: 'contract' | 'order', action: Sight = 'read'): boolean => {
  const policy = ctx.policies.for(type);
  return (
    policy.can('read') && policy.can(action) && ['total', 'effectiveTotal', 'customer'].every(policy.sees)
  );
};

/** The caller's sight of contracts and orders, or what of them he may take out, narrowed by a condition on both. */
export function inSight(ctx: Context, also: RawBuilder<unknown> = sql`true`, action: Sight = 'read'): Which {
  const of = (type: 'contract' | 'order'): Condition => {
    if (!tells(ctx, type, action)) return sql<SqlBool>`false`;
    const policy = ctx.policies.for(type);
    const seen =
      action === 'export'
        ? takenOut(policy, ctx.principal, 'd')
        : scopeCondition(policy.entity, policy.scope('read'), ctx.principal, { alias: 'd' });
    return sql<SqlBool>`${seen} and ${also}`;
  };
  return { contract: of('contract'), order: of('order') };
}

/** All of them, for work the product itself does. */
export const everywhere = (also: RawBuilder<unknown> = sql`true`): Which => ({
  contract: sql<SqlBool>`${also}`,
  order: sql<SqlBool>`${also}`,
});

/** Only what may have something open (`../open/`): the rest was paid, often years ago, and need not be looked at. */
export function unpaid({ contract, order }: Which): Which {
  const among = sql`d.id in (select id from receivable_open)`;
  return { contract: sql<SqlBool>`${contract} and ${among}`, order: sql<SqlBool>`${order} and ${among}` };
}

const held = (account: string, id: RawBuilder<unknown>) => sql`coalesce((select balance from ledger_balance b
  where b.account_id = ${id} and b.account = ${account} and b.book = ${receivable.name} and b.unit = d.unit), 0)`;
const below = (account: string) => sql`coalesce((select sum(b.balance) from "order" o join ledger_balance b
  on b.account_id = o.id and b.account = ${account} and b.book = ${receivable.name} and b.unit = d.unit
  where o.contract_id = d.id and o.deleted_at is null), 0)`;

const COLUMNS = sql`d.id, d.number, d.name, d.customer_id, d.owner_id, d.department_id, d.root_owner_id, d.performer_id, d.date,
  coalesce(d.effective_total, d.total, 0) as total, coalesce(d.effective_total_currency, d.total_currency) as unit,
  coalesce(d.effective_total_rate, d.total_rate, 1) as rate`;

/**
 * Debts as a query: contracts in force that name an amount, and orders in force that belong to none such. Orders of such a contract are
 * how it is fulfilled; what is received or invoiced for them counts towards it, so that nothing is owed twice.
 */
export const debts = ({ contract, order }: Which): RawBuilder<unknown> => sql`
  select d.*, 'contract' as type, ${held('contract', sql`d.id`)} + ${below('order')} as received,
    ${held('contractInvoiced', sql`d.id`)} + ${below('orderInvoiced')} as invoiced
  from (select ${COLUMNS} from contract d where d.deleted_at is null and ${isInForce('contract', 'd')}
    and ${isOfAmount('d')} and ${contract}) d
  union all
  select d.*, 'order', ${held('order', sql`d.id`)}, ${held('orderInvoiced', sql`d.id`)}
  from (select ${COLUMNS} from "order" d where d.deleted_at is null and ${isInForce('order', 'd')}
    and ${order} and not ${owedByContract('d')}) d`;

const parts = (type: 'contract' | 'order', columns: RawBuilder<unknown>) =>
  sql`select ${columns} from ${sql.table(`${type}_instalment`)} i where d.type = ${type} and ${sql.ref(`i.${type}_id`)} = d.id
    and i.deleted_at is null and i.amount is not null`;
const bothParts = (columns: RawBuilder<unknown>) =>
  sql`${parts('contract', columns)} union all ${parts('order', columns)}`;

/**
 * What is open of each debt, instalment by instalment, as a query: money named for an instalment pays that one, all other money and what
 * came back pay the instalments in the order in which they fall due. What has no instalments is due after the customer's days
 * to pay; what instalments leave out, as long as they are being agreed anew, comes last. Together the open parts are exactly what
 * is owed.
 */
export const openItems = (which: Which): RawBuilder<unknown> => sql`
  with debt as materialized (${debts(which)}),
  part as (
    select d.type, d.id, i.id as instalment, i.name as instalment_name, i.due_on, i.amount, i.position,
      least(i.amount, ${held('instalment', sql`i.id`)}) as direct
    from debt d join lateral (${bothParts(sql`i.id, i.name, i.due_on, i.amount, i.position`)}) i on true
    union all
    select d.type, d.id, null, null, case when p.planned is null then d.date + coalesce((select t.days from credit_term t
      where t.customer_id = d.customer_id and t.deleted_at is null), 0) end, d.total - coalesce(p.planned, 0), p.last, 0
    from debt d cross join lateral (select sum(amount) as planned, coalesce(max(position) + 1, 0) as last
      from (${bothParts(sql`i.amount, i.position`)}) i) p
    where p.planned is null or p.planned < d.total
  ),
  run as (
    select *, sum(amount) over whole as planned, sum(direct) over whole as directs,
      sum(amount - direct) over (partition by type, id order by due_on nulls last, position rows unbounded preceding) as reached
    from part window whole as (partition by type, id)
  )
  select d.type, d.id, d.number, d.name, d.customer_id, d.owner_id, d.performer_id, d.date, d.unit, d.rate, d.total, d.received, d.invoiced,
    r.instalment, r.instalment_name, r.due_on, r.position,
    greatest(0, least(r.amount - r.direct, r.reached - (d.received - r.directs + r.planned - d.total))) as open
  from run r join debt d using (type, id)`;
