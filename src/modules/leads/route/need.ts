import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import type { Need } from './choose.ts';

export const NO_NEED: Need = { spoken: null, categories: [] };

/** What leads ask of whoever takes them, by lead: their language, and of each product its category with all above it. */
export async function needsOf(ctx: Context, ids: readonly string[]): Promise<Map<string, Need>> {
  const { rows } = await sql<Need & { id: string }>`with recursive asked as (
      select l.id, l.spoken, p.product from lead l left join lateral unnest(l.product_ids) p(product) on true
      where l.id = any(${[...ids]}::uuid[])
    ), up(product, category) as (
      select p.id, p.category_id from product p where p.id in (select product from asked) and p.category_id is not null
      union select up.product, c.parent_id from up join product_category c on c.id = up.category where c.parent_id is not null
    ), chain as (select product, json_agg(category) as categories from up group by product)
    select a.id, a.spoken, coalesce(json_agg(c.categories) filter (where c.product is not null), '[]') as categories
    from asked a left join chain c on c.product = a.product group by a.id, a.spoken`.execute(ctx.db);
  return new Map(rows.map(({ id, spoken, categories }) => [id, { spoken, categories }]));
}
