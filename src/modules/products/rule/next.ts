import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';

/** A product somebody has, and since when. */
export interface Had {
  product: string;
  since: string | null;
}

/** A product to offer next, with the reason and what it follows from. */
export interface NextProduct {
  product: string;
  name: string;
  because: string;
  /** The products had that brought it here, by name. */
  from: string[];
}

/**
 * What the company's rules offer to whoever has these products, as of a day; not what he has already, nor what is no longer
 * sold. A rule on a main product holds for its variants; several rules for one product give the one made first.
 */
export async function nextProducts(
  ctx: Pick<Context, 'db'>,
  had: readonly Had[],
  date: string,
): Promise<NextProduct[]> {
  if (had.length === 0) return [];
  const { rows } = await sql<NextProduct>`
    with had as (
      select h.product_id, h.since, p.name, p.variant_of_id as main
      from unnest(${had.map(({ product }) => product)}::uuid[], ${had.map(({ since }) => since)}::date[]) h(product_id, since)
        join product p on p.id = h.product_id
    ), offered as (
      select distinct on (o.id) o.id as product, o.name, r.because, r.id as rule,
        (select array_agg(distinct h.name order by h.name) from had h where array[h.product_id, h.main] && r.bought_ids) as "from"
      from product_rule r join product o on o.id = r.offer_id
      where r.deleted_at is null and r.active is not false and o.deleted_at is null and o.active is not false
        and exists (select from had h where array[h.product_id, h.main] && r.bought_ids
          and (h.since is null or h.since + coalesce(r.after_days, 0) <= ${date}::date))
        and not exists (select from had h where h.product_id = o.id or h.main = o.id)
      order by o.id, r.id
    )
    select product, name, because, "from" from offered order by rule limit 20`.execute(ctx.db);
  return rows;
}
