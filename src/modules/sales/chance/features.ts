import { type RawBuilder, sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import type { Features } from '../../../platform/learning/types.ts';

/** The name under which what was learnt of opportunities is kept. */
export const OPPORTUNITY_MODEL = 'opportunity';

interface Known {
  id: string;
  won: boolean;
  owner: string | null;
  customer: string | null;
  products: string[];
  industry: string | null;
  country: string | null;
  employees: number | null;
  annualRevenue: number | null;
  price: number | null;
  startedOn: string | null;
}

/**
 * What was known of opportunities when they began. The amount is not among it: once won it is what was paid, once lost
 * often nothing, so it would tell the outcome.
 */
export async function opportunityFeatures(
  ctx: Context,
  which: RawBuilder<unknown>,
): Promise<{ id: string; won: boolean; features: Features }[]> {
  const { rows } = await sql<Known>`select t.id, t.status = 'won' as won, t.owner_id::text as owner,
      t.customer_id::text as customer, t.product_ids::text[] as products, c.industry, c.country,
      ln(1 + c.employees)::float8 as employees, ln(1 + greatest(0, c.annual_revenue_base))::float8 as "annualRevenue",
      (select ln(1 + max(p.price_base))::float8 from product p where p.id = any(t.product_ids)) as price,
      to_char(t.started_on, 'MM') as "startedOn"
    from opportunity t left join customer c on c.id = t.customer_id
    where ${which}`.execute(ctx.db);
  return rows.map(({ id, won, ...features }) => ({ id, won, features }));
}
