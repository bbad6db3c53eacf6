import { type SqlBool, sql } from 'kysely';
import { asSystem, type Context } from '../../../platform/context/context.ts';
import { dayOf } from '../../../platform/context/day.ts';
import { pricesFor } from '../../products/public.ts';
import type { PartnerRow } from '../side.ts';

const MOST = 200;

/** Products a partner may sell: those named, those of its categories and below them; all where nothing is named. */
export function sellable({ products, categories }: Pick<PartnerRow, 'products' | 'categories'>) {
  if (products.length === 0 && categories.length === 0) return sql<SqlBool>`true`;
  return sql<SqlBool>`(p.id = any(${products}::uuid[]) or p.category_id in (
    with recursive tree as (
      select c.id from product_category c where c.id = any(${categories}::uuid[])
      union select c.id from product_category c join tree on c.parent_id = tree.id)
    select id from tree))`;
}

/** What a partner may sell, with what it pays for it: nobody else's prices, and nothing of how they come about. */
export async function goodsOf(ctx: Context, partner: PartnerRow, q: string | undefined) {
  const like = `%${(q ?? '').replaceAll(/[\\%_]/g, '\\$&')}%`;
  const { rows } = await sql<{ id: string; name: string; code: string | null; unit: string | null }>`
    select p.id, p.name, p.code, p.unit from product p
    where p.deleted_at is null and p.active is not false and ${sellable(partner)}
      and (p.name ilike ${like} or p.code ilike ${like} or p.barcode ilike ${like})
    order by p.name_key, p.id limit ${MOST}`.execute(ctx.db);
  const prices = await pricesOf(
    ctx,
    partner,
    rows.map(({ id }) => ({ product: id, quantity: '1' })),
  );
  return {
    currency: ctx.currency,
    items: rows.map((row, at) => ({ ...row, price: prices[at]?.price ?? null })),
  };
}

/** A partner's prices are those of price books for its kind of channel, and for itself as a customer. */
export async function pricesOf(
  ctx: Context,
  partner: PartnerRow,
  lines: readonly { product: string; quantity: string }[],
) {
  if (lines.length === 0) return [];
  const system = asSystem(ctx, 'partner');
  const asked = { customer: partner.customer, channel: partner.kind, date: dayOf(ctx), lines };
  return (await pricesFor(system, asked)).lines;
}
