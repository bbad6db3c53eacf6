import { sql } from 'kysely';
import { scopeCondition } from '../../../platform/access/where.ts';
import type { Context } from '../../../platform/context/context.ts';
import { dayOf } from '../../../platform/context/day.ts';
import { readRecord } from '../../../platform/entity/records.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { type Had, nextProducts, pricesFor } from '../../products/public.ts';
import type { NextOffer } from './next.shared.ts';

/**
 * What a customer could be offered next, by the company's rules over what he has bought: the products of business won with him,
 * as far as the caller sees it. Each with its reason and today's price.
 */
export async function nextOffers(ctx: Context, id: string): Promise<NextOffer[]> {
  const customer = await readRecord(ctx, 'customer', id);
  const policy = ctx.policies.for('opportunity');
  if (!ctx.policies.for('productRule').can('read') || !ctx.policies.for('product').can('read')) return [];
  if (!policy.can('read') || !policy.sees('products')) return [];
  const scope = scopeCondition(entityNamed(ctx.registry, 'opportunity'), policy.scope('read'), ctx.principal);
  const { rows: had } = await sql<Had>`select p.id as product, min(t.closed_on)::text as since
    from opportunity t cross join lateral unnest(t.product_ids) p(id)
    where t.customer_id = ${customer.id} and t.status = 'won' and t.deleted_at is null and ${scope} group by p.id`.execute(
    ctx.db,
  );
  const date = dayOf(ctx);
  const next = await nextProducts(ctx, had, date);
  if (next.length === 0) return [];
  const { lines, currency } = await pricesFor(ctx, {
    customer: customer.id,
    date,
    lines: next.map(({ product }) => ({ product, quantity: '1' })),
  });
  return next.map((offer, at) => ({ ...offer, price: lines[at]?.price ?? null, currency }));
}
