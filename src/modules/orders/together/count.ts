import { sql } from 'kysely';
import { z } from 'zod';
import type { Db } from '../../../platform/context/context.ts';
import { dayOf } from '../../../platform/context/day.ts';
import { type Services, systemContext } from '../../../platform/context/services.ts';
import { defineJob } from '../../../platform/jobs/job.ts';

/** What fewer customers share is chance, and might tell who they are. */
const LEAST_TOGETHER = 5;
const MONTHS = 24;
/** Of who buys everything the latest products count: pairs grow with the square. */
const MOST_PRODUCTS = 60;
const MOST_OFFERS = 20;
const LEAST_CONFIDENCE = '0.1';
const LEAST_LIFT = '1.2';

/**
 * Counts anew which products the same customers bought within two years; of a bundle the bundle, since its parts always go
 * together. Variants count as their main product. All in sets
 * inside the database, which spills to disk: memory does not grow with the orders.
 */
export async function countTogether(db: Db, day: string): Promise<number> {
  return db.transaction().execute(async (tx) => {
    // Two counts at once would write the same rows.
    await sql`select pg_advisory_xact_lock(hashtextextended('product_together', 0))`.execute(tx);
    await sql`delete from product_together`.execute(tx);
    const { numAffectedRows } = await sql`
      with bought as (
        select o.customer_id as customer, coalesce(p.variant_of_id, p.id) as product, max(o.date) as latest
        from "order" o join order_line l on l.order_id = o.id and l.deleted_at is null
            and l.bundled is distinct from 'part' join product p on p.id = l.product_id
        where o.deleted_at is null and o.status in ('confirmed', 'partlyDelivered', 'delivered', 'closed')
          and o.date > ${day}::date - make_interval(months => ${MONTHS}) and o.customer_id is not null
        group by 1, 2
      ), ranked as (
        select customer, product, row_number() over (partition by customer order by latest desc, product) as place from bought
      ), basket as materialized (
        select customer, product from ranked where place <= ${MOST_PRODUCTS}
      ), counted as (
        select product, count(*)::int as buyers from basket group by product having count(*) >= ${LEAST_TOGETHER}
      ), pairs as (
        select a.product as bought, b.product as offer, count(*)::int as together
        from basket a join basket b on b.customer = a.customer and b.product <> a.product
        group by 1, 2 having count(*) >= ${LEAST_TOGETHER}
      ), weighed as (
        select p.*, c.buyers, d.buyers as offered, n.customers,
          row_number() over (partition by p.bought order by p.together desc, p.offer) as place
        from pairs p join counted c on c.product = p.bought join counted d on d.product = p.offer
          cross join (select count(distinct customer)::int as customers from basket) n
        where p.together >= ${LEAST_CONFIDENCE}::numeric * c.buyers
          and p.together::numeric * n.customers >= ${LEAST_LIFT}::numeric * c.buyers * d.buyers
      )
      insert into product_together (bought_id, offer_id, together, buyers, offered, customers, counted_at)
      select bought, offer, together, buyers, offered, customers, now() from weighed where place <= ${MOST_OFFERS}`.execute(
      tx,
    );
    return Number(numAffectedRows ?? 0);
  });
}

/** At night, when nobody waits for it. */
export const togetherJob = defineJob({
  name: 'orders.together',
  input: z.object({}),
  nightly: true,
  async run(services: Services): Promise<{ pairs: number }> {
    const ctx = await systemContext(services, { kind: 'job', reason: 'products bought together' });
    return { pairs: await countTogether(services.db, dayOf(ctx)) };
  },
});
