import { sql } from 'kysely';
import { z } from 'zod';
import { scopeCondition } from '../../../platform/access/where.ts';
import { writeAudit } from '../../../platform/audit/audit.ts';
import type { Context } from '../../../platform/context/context.ts';
import { dayOf } from '../../../platform/context/day.ts';
import { inTransaction } from '../../../platform/context/transaction.ts';
import { readRecord } from '../../../platform/entity/records.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { forbidden, notFound } from '../../../platform/errors/problem.ts';
import { type Together, UNWANTED } from './together.shared.ts';

const columns = sql`jsonb_build_object('id', b.id, 'title', b.name) as bought, jsonb_build_object('id', o.id, 'title', o.name) as offer,
  t.together, t.buyers, t.customers, round(t.together::numeric / t.customers, 4)::text as support,
  round(t.together::numeric / t.buyers, 4)::text as confidence,
  round(t.together::numeric * t.customers / (t.buyers::numeric * t.offered), 2)::text as lift, t.counted_at as "countedAt"
  from product_together t join product b on b.id = t.bought_id and b.deleted_at is null
    join product o on o.id = t.offer_id and o.deleted_at is null and o.active is not false`;

/** Whether the caller may know names of products at all; counts tell nothing of single customers. */
function mayRead(ctx: Context): boolean {
  const product = ctx.policies.for('product');
  return product.can('read') && product.sees('name');
}

/** The pairs bought by most, or those of one product. */
export async function allTogether(ctx: Context, product?: string): Promise<Together[]> {
  if (!mayRead(ctx)) throw forbidden();
  const { rows } = await sql<Together>`select ${columns}
    where ${product ? sql`t.bought_id = ${product}` : sql`true`}
    order by t.together desc, t.bought_id, t.offer_id limit 200`.execute(ctx.db);
  return rows;
}

/** What a customer has ordered, as far as the caller sees the orders, with the day of the first. */
export async function orderedProducts(
  ctx: Context,
  customer: string,
): Promise<{ product: string; since: string | null }[]> {
  const [order, line] = [ctx.policies.for('order'), ctx.policies.for('orderLine')];
  if (!order.can('read') || !line.sees('product')) return [];
  const scope = scopeCondition(entityNamed(ctx.registry, 'order'), order.scope('read'), ctx.principal);
  const { rows } = await sql<{
    product: string;
    since: string | null;
  }>`select l.product_id as product, min(t.date)::text as since
    from "order" t join order_line l on l.order_id = t.id and l.deleted_at is null
    where t.customer_id = ${customer} and t.deleted_at is null and l.product_id is not null
      and t.status in ('confirmed', 'partlyDelivered', 'delivered', 'closed') and ${scope}
    group by l.product_id limit 1000`.execute(ctx.db);
  return rows;
}

/** What goes with these products, strongest first: not what is had already. */
export async function goesWith(ctx: Context, had: readonly string[]): Promise<Together[]> {
  if (had.length === 0 || !mayRead(ctx)) return [];
  const { rows } = await sql<Together>`
    with had as (select distinct coalesce(variant_of_id, id) as id from product where id = any(${had}::uuid[])),
    best as (
      select distinct on (t.offer_id) t.bought_id, t.offer_id from product_together t
      where t.bought_id in (select id from had) and t.offer_id not in (select id from had)
      order by t.offer_id, t.together::numeric / t.buyers desc, t.bought_id
    )
    select ${columns} join best on best.bought_id = t.bought_id and best.offer_id = t.offer_id
    order by t.together::numeric / t.buyers desc, t.offer_id limit 20`.execute(ctx.db);
  return rows;
}

/** Products somebody said a customer does not want, until their day; also of what was merged into either since. */
export async function unwantedBy(ctx: Context, customer: string): Promise<Set<string>> {
  const { rows } = await sql<{ product: string }>`select coalesce(p.into_id, u.product_id) as product
    from product_unwanted u left join record_alias p on p.id = u.product_id
    where (u.customer_id = ${customer} or u.customer_id in (select id from record_alias where into_id = ${customer}))
      and u.until > ${dayOf(ctx)}::date`.execute(ctx.db);
  return new Set(rows.map(({ product }) => product));
}

export const unwantedBody = z.strictObject({
  product: z.uuid(),
  reason: z.enum(UNWANTED),
  months: z.int().min(1).max(36).default(6),
});

/** Does not offer a customer something for some months; whoever may change the customer says so. */
export async function setUnwanted(
  ctx: Context,
  customer: string,
  { product, reason, months }: z.output<typeof unwantedBody>,
): Promise<{ until: string }> {
  await requireCustomer(ctx, customer);
  const { rows } = await sql`select from product where id = ${product} and deleted_at is null`.execute(
    ctx.db,
  );
  if (rows.length === 0 || !mayRead(ctx)) throw notFound('product');
  const until = Temporal.PlainDate.from(dayOf(ctx)).add({ months }).toString();
  await inTransaction(ctx, async (inner) => {
    await sql`insert into product_unwanted (customer_id, product_id, reason, until, created_by)
      values (${customer}, ${product}, ${reason}, ${until}, ${inner.principal.userId})
      on conflict (customer_id, product_id) do update set reason = excluded.reason, until = excluded.until,
        created_at = now(), created_by = excluded.created_by`.execute(inner.db);
    await tell(inner, customer, product, `${reason} ${until}`);
  });
  return { until };
}

/** Offers it again. */
export async function takeBackUnwanted(ctx: Context, customer: string, product: string): Promise<void> {
  await requireCustomer(ctx, customer);
  await inTransaction(ctx, async (inner) => {
    await sql`delete from product_unwanted where customer_id = ${customer} and product_id = ${product}`.execute(
      inner.db,
    );
    await tell(inner, customer, product, null);
  });
}

async function requireCustomer(ctx: Context, id: string): Promise<void> {
  const customer = await readRecord(ctx, 'customer', id);
  if (!customer.can.update) throw forbidden();
}

const tell = (ctx: Context, customer: string, product: string, after: string | null) =>
  writeAudit(ctx, {
    action: 'product_unwanted',
    entity: 'customer',
    recordId: customer,
    changes: { [product]: { before: null, after } },
  });
