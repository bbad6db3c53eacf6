import { sql } from 'kysely';
import { asSystem, type Context } from '../../../platform/context/context.ts';
import { inTransaction } from '../../../platform/context/transaction.ts';
import { createRecord } from '../../../platform/entity/records.ts';
import { invalid } from '../../../platform/errors/problem.ts';
import { notify } from '../../../platform/notifications/notify.ts';
import { type PartnerRow, requireActive } from '../side.ts';
import { pricesOf, sellable } from './goods.ts';

export interface OrderInput {
  lines: { product: string; quantity: string }[];
  deliverBy?: string | null | undefined;
  theirNumber?: string | null | undefined;
}

/** What a partner orders from us: a draft for its channel manager, at the partner's prices of today. */
export async function placeOrder(ctx: Context, partner: PartnerRow, input: OrderInput) {
  requireActive(partner);
  const ids = input.lines.map(({ product }) => product);
  const { rows } = await sql<{ id: string }>`select p.id from product p where p.id = any(${ids}::uuid[])
    and p.deleted_at is null and p.active is not false and ${sellable(partner)}`.execute(ctx.db);
  const known = new Set(rows.map(({ id }) => id));
  const prices = await pricesOf(ctx, partner, input.lines);
  const problems = input.lines.flatMap(({ product }, at) => {
    if (!known.has(product)) return [{ path: `lines.${at}.product`, code: 'not_for_partner' }];
    return prices[at]?.price ? [] : [{ path: `lines.${at}.product`, code: 'partner_without_price' }];
  });
  if (problems.length) throw invalid(problems);
  return inTransaction(ctx, (inner) => booked(inner, partner, input, prices));
}

/** The order, and a word to who confirms it: neither without the other. */
async function booked(
  ctx: Context,
  partner: PartnerRow,
  input: OrderInput,
  prices: Awaited<ReturnType<typeof pricesOf>>,
) {
  const order = await createRecord(asSystem(ctx, 'partner'), 'order', {
    customer: partner.customer,
    owner: partner.owner,
    performer: partner.owner,
    lines: input.lines.map((line, at) => ({ ...line, price: prices[at]?.price })),
    ...(input.deliverBy ? { deliverBy: input.deliverBy } : {}),
    ...(input.theirNumber ? { theirNumber: input.theirNumber } : {}),
  });
  await notify(ctx, [
    {
      to: partner.owner ? [partner.owner] : [],
      kind: 'partner.ordered',
      record: { entity: 'order', id: order.id },
      params: { partner: partner.name },
      key: `partner.ordered:${order.id}`,
    },
  ]);
  return { id: order.id, number: order.number };
}

const MOST = 100;

/** What a partner ordered from us, newest first, with what of it has left. */
export async function ordersOf(ctx: Context, partner: PartnerRow) {
  const { rows } =
    await sql`select o.id, o.number, o.date::text as date, o.status, o.their_number as "theirNumber",
      o.deliver_by::text as "deliverBy", o.total::text as total, o.total_currency as currency,
      (select coalesce(json_agg(json_build_object('name', l.name, 'unit', l.unit, 'quantity', l.quantity::text,
          'price', l.price::text, 'gross', l.gross::text, 'delivered', coalesce(l.delivered, 0)::text) order by l.position, l.id), '[]')
        from order_line l where l.order_id = o.id and l.deleted_at is null and l.bundled is distinct from 'whole') as lines
    from "order" o where o.customer_id = ${partner.customer} and o.deleted_at is null
    order by o.date desc, o.id desc limit ${MOST}`.execute(ctx.db);
  return { items: rows };
}
