import { sql } from 'kysely';
import { scopeCondition } from '../../../platform/access/where.ts';
import type { Context } from '../../../platform/context/context.ts';
import { dayOf } from '../../../platform/context/day.ts';
import { readRecord } from '../../../platform/entity/records.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { goesWith, orderedProducts, unwantedBy } from '../../orders/public.ts';
import { type Had, nextProducts, pricesFor } from '../../products/public.ts';
import type { NextOffer } from './next.shared.ts';

/**
 * What a customer could be offered next, by the company's rules and by what other customers bought along with what he has: the
 * products of his orders and of business won with him, as far as the caller sees them. Each with its reason and today's price;
 * not what somebody said he does not want.
 */
export async function nextOffers(ctx: Context, id: string): Promise<NextOffer[]> {
  const customer = await readRecord(ctx, 'customer', id);
  if (!ctx.policies.for('product').can('read')) return [];
  const had = await hadBy(ctx, customer.id);
  const date = dayOf(ctx);
  const mayRules = ctx.policies.for('productRule').can('read');
  const [ruled, together, unwanted] = await Promise.all([
    mayRules ? nextProducts(ctx, had, date) : [],
    goesWith(
      ctx,
      had.map(({ product }) => product),
    ),
    unwantedBy(ctx, customer.id),
  ]);
  const said = new Set(ruled.map(({ product }) => product));
  const next: Omit<NextOffer, 'price' | 'currency'>[] = [
    ...ruled.map((each) => ({ ...each, together: null })),
    ...together
      .filter(({ offer }) => !said.has(offer.id))
      .map(({ offer, bought, together: both, buyers, confidence, lift }) => ({
        product: offer.id,
        name: offer.title,
        because: null,
        from: [bought.title],
        together: { both, buyers, confidence, lift },
      })),
  ].filter(({ product }) => !unwanted.has(product));
  if (next.length === 0) return [];
  const { lines, currency } = await pricesFor(ctx, {
    customer: customer.id,
    date,
    lines: next.map(({ product }) => ({ product, quantity: '1' })),
  });
  return next.map((offer, at) => ({ ...offer, price: lines[at]?.price ?? null, currency }));
}

/** What a customer has, and since when: ordered, or won with him. */
async function hadBy(ctx: Context, customer: string): Promise<Had[]> {
  const first = new Map<string, string | null>();
  for (const { product, since } of [
    ...(await wonProducts(ctx, customer)),
    ...(await orderedProducts(ctx, customer)),
  ]) {
    const known = first.get(product);
    if (known === undefined || (since !== null && (known === null || since < known)))
      first.set(product, since);
  }
  return [...first].map(([product, since]) => ({ product, since }));
}

async function wonProducts(ctx: Context, customer: string): Promise<Had[]> {
  const policy = ctx.policies.for('opportunity');
  if (!policy.can('read') || !policy.sees('products')) return [];
  const scope = scopeCondition(entityNamed(ctx.registry, 'opportunity'), policy.scope('read'), ctx.principal);
  const { rows } = await sql<Had>`select p.id as product, min(t.closed_on)::text as since
    from opportunity t cross join lateral unnest(t.product_ids) p(id)
    where t.customer_id = ${customer} and t.status = 'won' and t.deleted_at is null and ${scope} group by p.id`.execute(
    ctx.db,
  );
  return rows;
}
