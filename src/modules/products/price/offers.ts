import { sql } from 'kysely';
import { z } from 'zod';
import type { Context } from '../../../platform/context/context.ts';
import { dayOf } from '../../../platform/context/day.ts';
import { lookup } from '../../../platform/entity/lookup.ts';
import { problem } from '../../../platform/errors/problem.ts';
import { isCurrency } from '../../../platform/money/currencies.shared.ts';
import { plainBarcode } from '../product/barcode.shared.ts';
import type { Offer } from './offer.shared.ts';
import { pricesFor } from './prices.ts';

export const offersQuery = z.strictObject({
  q: z.string().max(200).optional(),
  customer: z.uuid().optional(),
  currency: z.string().refine(isCurrency).optional(),
  channel: z.string().max(200).optional(),
  date: z.iso.date().optional(),
  limit: z.coerce.number().int().min(1).max(50).default(20),
});

interface Known {
  id: string;
  name: string;
  code: string | null;
  specification: string | null;
  unit: string;
  units: { unit: string; factor: string }[];
}

/**
 * What a picker of products offers: what is on sale, found by name, pinyin, number or barcode, with its price for the
 * customer. The barcode of a further unit offers the product in that unit.
 */
export async function offersOf(ctx: Context, query: z.infer<typeof offersQuery>): Promise<Offer[]> {
  const { q, limit, date = dayOf(ctx), ...terms } = query;
  // Those no longer sold take places: some more are looked up.
  const found = await lookup(ctx, 'product', { q, limit: Math.min(limit * 2, 50) });
  const scanned = q ? await byUnitBarcode(ctx, q) : null;
  const ids = [...new Set([...(scanned ? [scanned.id] : []), ...found.map(({ id }) => id)])];
  const known = await onSale(ctx, ids, limit);
  if (known.length === 0) return [];
  const unitOf = ({ id, unit }: Known) => (scanned?.id === id ? scanned.unit : unit);
  const answer = await pricesFor(ctx, {
    ...terms,
    date,
    lines: known.map((each) => ({ product: each.id, unit: unitOf(each), quantity: '1' })),
  });
  const product = ctx.policies.for('product');
  const seen = <T>(name: string, value: T) => (product.sees(name) ? value : null);
  return known.map((each, at) => ({
    id: each.id,
    title: each.name,
    code: seen('code', each.code),
    specification: seen('specification', each.specification),
    unit: unitOf(each),
    units: [{ unit: each.unit, factor: '1' }, ...each.units],
    price: answer.lines[at]?.price ?? null,
    currency: answer.currency,
    problems: answer.lines[at]?.problems ?? [],
  }));
}

export const scannedQuery = z.strictObject({ code: z.string().trim().min(1).max(60) });

/** A product on sale in the unit whose barcode was read. */
export interface Scanned {
  product: { id: string; title: string };
  unit: string;
}

/** What a barcode is on, its own or that of a further unit; throws `barcode_unknown` where nothing on sale bears it. */
export async function scannedProduct(ctx: Context, code: string): Promise<Scanned> {
  const barcode = plainBarcode(code);
  const policy = ctx.policies.for('product');
  const unit = await byUnitBarcode(ctx, code);
  const { rows } =
    policy.can('read') && policy.sees('name')
      ? await sql<{ id: string; name: string; unit: string }>`select id, name, unit from product
          where ${unit ? sql`id = ${unit.id}` : policy.sees('barcode') ? sql`barcode = ${barcode}` : sql`false`}
            and deleted_at is null and active is not false limit 1`.execute(ctx.db)
      : { rows: [] };
  const [found] = rows;
  if (!found) throw problem('barcode_unknown', { status: 404, params: { code: barcode } });
  return { product: { id: found.id, title: found.name }, unit: unit?.unit ?? found.unit };
}

async function byUnitBarcode(ctx: Context, text: string): Promise<{ id: string; unit: string } | null> {
  const policy = ctx.policies.for('productUnit');
  if (!policy.can('read') || !policy.sees('barcode')) return null;
  const { rows } = await sql<{ id: string; unit: string }>`select product_id as id, unit from product_unit
    where barcode = ${plainBarcode(text)} and deleted_at is null limit 1`.execute(ctx.db);
  return rows[0] ?? null;
}

/** Of these products those on sale, in their order. */
async function onSale(ctx: Context, ids: readonly string[], limit: number): Promise<Known[]> {
  const { rows } = await sql<Known>`select p.id, p.name, p.code, p.specification, p.unit,
      coalesce((select jsonb_agg(jsonb_build_object('unit', u.unit, 'factor', trim_scale(u.factor)::text) order by u.factor)
        from product_unit u where u.product_id in (p.id, p.variant_of_id) and u.deleted_at is null), '[]'::jsonb) as units
    from unnest(${ids}::uuid[]) with ordinality i(id, place) join product p on p.id = i.id
    where p.deleted_at is null and p.active is not false order by i.place limit ${limit}`.execute(ctx.db);
  return rows;
}
