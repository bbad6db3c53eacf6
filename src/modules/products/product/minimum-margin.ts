import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';

/** As deep as categories go. */
const DEEP = 20;

/**
 * What of each product's price is to be left at least, in per cent: the product says it, else its main product, else the nearest of
 * its categories; products of which nobody says it are left out.
 */
export async function minimumMargins(
  ctx: Pick<Context, 'db'>,
  products: readonly string[],
): Promise<Map<string, string>> {
  if (products.length === 0) return new Map();
  const { rows } = await sql<{ id: string; margin: string }>`with recursive asked as (
      select p.id, coalesce(p.minimum_margin, m.minimum_margin) as margin, coalesce(p.category_id, m.category_id) as category
      from product p left join product m on m.id = p.variant_of_id where p.id = any(${[...products]}::uuid[])
    ), up as (
      select a.id, c.minimum_margin as margin, c.parent_id as parent, 1 as depth
      from asked a join product_category c on c.id = a.category and c.deleted_at is null where a.margin is null
      union all
      select up.id, c.minimum_margin, c.parent_id, up.depth + 1
      from up join product_category c on c.id = up.parent and c.deleted_at is null
      where up.margin is null and up.depth < ${DEEP}
    )
    select id, margin::text from asked where margin is not null
    union all select id, margin::text from up where margin is not null`.execute(ctx.db);
  return new Map(rows.map(({ id, margin }) => [id, margin]));
}
