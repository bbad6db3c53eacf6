import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import type { PriceRequest } from './types.shared.ts';

/** What the store knows of a line (`part` 0) or of a part of a bundle; of a variant what it leaves open is its main product's. */
export interface Found {
  place: number;
  part: number;
  product: string;
  /** Of what is asked for: `quantity` for the whole line; of parts also `per`, in one of the asked unit of the bundle. */
  quantity: string;
  per: string | null;
  /** Of a part: which of the bundle it is, or stands for. */
  standard: string | null;
  name: string | null;
  code: string | null;
  active: boolean | null;
  bundle: 'none' | 'fixed' | 'sum' | null;
  discount: string | null;
  hasVariants: boolean;
  unit: string | null;
  /** Base units in it; null where the product has no such unit. */
  factor: string | null;
  listPrice: string | null;
  listCurrency: string | null;
  cost: string | null;
  costCurrency: string | null;
  taxRate: string | null;
  book: string | null;
  /** Of one of `entryUnit`, as it stands in the book. */
  entryPrice: string | null;
  entryMinimum: string | null;
  entryFrom: string | null;
  /** The entry is per base unit, and is taken `factor` times. */
  entryOfBase: boolean | null;
}

/**
 * Everything prices are made of, for all lines and the parts of their bundles in one query. Within the books, given in their
 * order, goes: the product's own entry before its main product's; the asked unit before the base unit; the highest quantity
 * reached.
 */
export async function lookUp(
  ctx: Pick<Context, 'db'>,
  lines: PriceRequest['lines'],
  books: readonly string[],
): Promise<Found[]> {
  const chosen = lines.flatMap((line, at) => (line.chosen ?? []).map((each) => ({ ...each, place: at + 1 })));
  const { rows } = await sql<Found>`
    with asked as materialized (
      select a.place::int, a.product_id, a.quantity, coalesce(a.unit, p.unit) as unit,
        case when coalesce(a.unit, p.unit) = p.unit then 1 else ${factorOf(sql`p`, sql`a.unit`)} end as factor, a.given
      from unnest(${lines.map(({ product }) => product)}::uuid[], ${lines.map(({ unit }) => unit || null)}::text[],
        ${lines.map(({ quantity }) => quantity)}::numeric[], ${lines.map(({ chosen }) => chosen !== undefined)}::boolean[])
        with ordinality a(product_id, unit, quantity, given, place)
      left join product p on p.id = a.product_id and p.deleted_at is null
    ), chosen as materialized (
      select * from unnest(${chosen.map(({ place }) => place)}::int[], ${chosen.map(({ part }) => part)}::uuid[],
        ${chosen.map(({ product }) => product)}::uuid[]) c(place, part_id, product_id)
    ), wanted as materialized (
      select place, 0 as part, product_id, null::uuid as standard, quantity, null::numeric as per, unit, factor from asked
      union all
      select a.place, row_number() over (partition by a.place order by b.position nulls last, b.id)::int,
        coalesce(c.product_id, b.part_id), b.part_id, b.quantity * a.quantity * coalesce(a.factor, 1), b.quantity * coalesce(a.factor, 1), coalesce(b.unit, p.unit),
        case when coalesce(b.unit, p.unit) = p.unit then 1 else ${factorOf(sql`p`, sql`b.unit`)} end
      from asked a join product m on m.id = a.product_id and m.deleted_at is null and m.bundle <> 'none'
        join bundle_part b on b.bundle_id = m.id and b.deleted_at is null
        left join chosen c on c.place = a.place and c.part_id = b.part_id
        left join product p on p.id = coalesce(c.product_id, b.part_id) and p.deleted_at is null
      where not a.given or c.part_id is not null
    )
    select w.place, w.part, w.product_id as product, w.standard, trim_scale(w.quantity)::text as quantity, trim_scale(w.per)::text as per,
      p.name, p.code, p.active, p.bundle, p.bundle_discount::text as discount,
      exists (select from product v where v.variant_of_id = p.id and v.deleted_at is null and v.active) as "hasVariants",
      w.unit, trim_scale(w.factor)::text as factor,
      coalesce(p.price, m.price)::text as "listPrice", case when p.price is null then m.price_currency else p.price_currency end as "listCurrency",
      coalesce(p.cost, m.cost)::text as cost, case when p.cost is null then m.cost_currency else p.cost_currency end as "costCurrency",
      coalesce(p.tax_rate_id, m.tax_rate_id) as "taxRate",
      e.book_id as book, e.price::text as "entryPrice", e.minimum_price::text as "entryMinimum",
      trim_scale(e.from_quantity)::text as "entryFrom", e.unit <> w.unit as "entryOfBase"
    from wanted w
      left join product p on p.id = w.product_id and p.deleted_at is null
      left join product m on m.id = p.variant_of_id and m.deleted_at is null
      left join lateral (
        select e.* from unnest(${books}::uuid[]) with ordinality b(id, rank)
          join price_book_entry e on e.book_id = b.id and e.product_id in (p.id, m.id) and e.deleted_at is null
        where (e.unit = w.unit and e.from_quantity <= w.quantity)
          or (e.unit = p.unit and e.from_quantity <= w.quantity * w.factor)
        order by b.rank, e.product_id = p.id desc, e.unit = w.unit desc, e.from_quantity desc limit 1
      ) e on w.factor is not null
    order by w.place, w.part`.execute(ctx.db);
  return rows;
}

/** How many base units a further unit is, the product's own before its main product's. */
const factorOf = (product: ReturnType<typeof sql>, unit: ReturnType<typeof sql>) =>
  sql`(select u.factor from product_unit u where u.product_id in (${product}.id, ${product}.variant_of_id) and u.unit = ${unit}
    and u.deleted_at is null order by u.product_id = ${product}.id desc limit 1)`;
