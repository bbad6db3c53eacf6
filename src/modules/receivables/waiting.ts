import { type RawBuilder, sql } from 'kysely';
import { scopeCondition } from '../../platform/access/where.ts';
import type { Context } from '../../platform/context/context.ts';
import { entityNamed } from '../../platform/entity/registry.ts';
import { formatMoney } from '../../platform/money/format.shared.ts';
import { joined, type Line, namesOf, say } from '../../platform/today/lines.ts';
import { TODAY_RANK, type TodayItem, type TodaySource, type TodayView } from '../../platform/today/today.ts';
import { mayRelease } from './credit/rights.ts';
import { mayConfirm } from './receipt/rights.ts';

interface WaitingLine extends Line {
  name: string | null;
  amount: string | null;
  currency: string | null;
  red: boolean;
}

/**
 * What waits for finance's word: orders to release, receipts to confirm, invoices and red invoices to issue. It is whose right it is,
 * not whose record.
 */
export const waitingToday: TodaySource = {
  name: 'finance',
  async items(ctx, view) {
    if (!view.people.includes(ctx.principal.userId ?? '')) return [];
    const confirms = mayConfirm(ctx);
    const [orders, receipts, invoices] = await Promise.all([
      mayRelease(ctx) ? ordersAsked(ctx, view) : [],
      confirms
        ? waiting(ctx, view, 'receipt', {
            status: 'pending',
            needs: ['payer', 'amount'],
            columns: sql`t.payer as name, t.amount::text as amount, t.amount_currency as currency, false as red`,
          })
        : [],
      confirms
        ? waiting(ctx, view, 'invoice', {
            status: 'applied',
            needs: ['name', 'total', 'redOf'],
            columns: sql`t.name, t.total::text as amount, t.total_currency as currency, t.red_of_id is not null as red`,
          })
        : [],
    ]);
    const nameOf = await namesOf(ctx, view, [...orders, ...receipts, ...invoices]);
    const item = (entity: 'order' | 'receipt' | 'invoice', line: WaitingLine): TodayItem => {
      const key = entity === 'order' ? 'release' : line.red ? 'red' : entity;
      const sum =
        line.amount && formatMoney({ amount: line.amount, currency: line.currency ?? ctx.currency });
      return {
        key: `${entity}:${line.id}:${key}`,
        kind: entity,
        label: say(ctx, entity),
        color: 'teng',
        rank: TODAY_RANK.decide,
        at: null,
        // The day of the money or the request is no day by which it is due.
        date: null,
        title: joined(line.name || '—', sum),
        strong: line.name || '—',
        why: say(ctx, `money.today.${key}`),
        record: { entity, id: line.id },
        owner: nameOf(line.owner),
        customer: line.customer ? { id: line.customer, title: nameOf(line.customer) } : null,
        action: {
          label: say(ctx, `money.today.${key}.do`),
          open: `/r/${entityNamed(ctx.registry, entity).plural}/${line.id}`,
        },
      };
    };
    return [
      ...orders.map((line) => item('order', line)),
      ...receipts.map((line) => item('receipt', line)),
      ...invoices.map((line) => item('invoice', line)),
    ];
  },
};

/** Rows of a state within the caller's scope, oldest first: one range of the index (status, date). */
async function waiting(
  ctx: Context,
  view: TodayView,
  entity: 'receipt' | 'invoice',
  { status, needs, columns }: { status: string; needs: readonly string[]; columns: RawBuilder<unknown> },
): Promise<WaitingLine[]> {
  const policy = ctx.policies.for(entity);
  if (!policy.can('read') || !['status', 'date', 'customer', ...needs].every(policy.sees)) return [];
  const scope = scopeCondition(policy.entity, policy.scope('read'), ctx.principal);
  const { rows } = await sql<WaitingLine>`
    select t.id, t.owner_id as owner, t.customer_id as customer, ${columns}
    from ${sql.table(policy.entity.table)} t
    where t.status = ${status} and t.deleted_at is null and ${scope}
    order by t.date limit ${view.limit}`.execute(ctx.db);
  return rows;
}

/** Drafts somebody asked to let pass, the first asked first: the index of open requests, each with its order by key. */
async function ordersAsked(ctx: Context, view: TodayView): Promise<WaitingLine[]> {
  const policy = ctx.policies.for('order');
  if (!policy.can('read') || !['status', 'customer', 'name', 'total'].every(policy.sees)) return [];
  const scope = scopeCondition(policy.entity, policy.scope('read'), ctx.principal);
  const { rows } = await sql<WaitingLine>`
    select t.id, t.owner_id as owner, t.customer_id as customer, t.name, t.total::text as amount,
      t.total_currency as currency, false as red
    from order_release r join "order" t on t.id = r.order_id
    where r.open and t.status = 'draft' and t.deleted_at is null and ${scope}
    order by r.asked_at limit ${view.limit}`.execute(ctx.db);
  return rows;
}
