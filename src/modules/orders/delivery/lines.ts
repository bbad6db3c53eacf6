import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';

/** A line of an order with how far it has come. Quantities and amounts are plain decimals. */
export interface OrderedLine {
  id: string;
  order: string;
  name: string;
  specification: string | null;
  unit: string | null;
  quantity: string;
  gross: string;
  net: string;
  currency: string;
  /** Shipped, and what it came to; and what is in deliveries still to go. */
  delivered: string;
  deliveredGross: string;
  deliveredNet: string;
  planned: string;
  /** Come back, and what it came to; and what is still to come. */
  returned: string;
  returnedGross: string;
  returnedNet: string;
  expected: string;
}

/**
 * The lines of orders, of bundles their parts, with what was shipped and came back of each.
 * @param except deliveries and returns that do not count: those being written
 */
export async function orderedLines(
  ctx: Context,
  orders: readonly string[],
  except: readonly string[] = [],
): Promise<OrderedLine[]> {
  if (orders.length === 0) return [];
  const sums = (table: 'delivery' | 'return_order', line: string, done: string) =>
    sql`select coalesce(sum(x.quantity) filter (where ${sql.raw(done)}), 0)::text as done,
        coalesce(sum(x.gross) filter (where ${sql.raw(done)}), 0)::text as gross,
        coalesce(sum(x.net) filter (where ${sql.raw(done)}), 0)::text as net,
        coalesce(sum(x.quantity) filter (where h.status = 'draft'), 0)::text as open
      from ${sql.table(line)} x join ${sql.table(table)} h on h.id = ${sql.ref(`x.${table}_id`)}
      where x.order_line_id = l.id and x.deleted_at is null and h.deleted_at is null
        and h.id <> all(${[...except]}::uuid[])`;
  const { rows } =
    await sql<OrderedLine>`select l.id, l.order_id as order, l.name, l.specification, l.unit, l.quantity::text,
      l.gross::text, l.net::text, l.gross_currency as currency, d.done as delivered, d.gross as "deliveredGross",
      d.net as "deliveredNet", d.open as planned, r.done as returned, r.gross as "returnedGross", r.net as "returnedNet",
      r.open as expected
    from order_line l
    cross join lateral (${sums('delivery', 'delivery_line', "h.status in ('shipped', 'received')")}) d
    cross join lateral (${sums('return_order', 'return_line', "h.status = 'received'")}) r
    where l.order_id = any(${[...orders]}::uuid[]) and l.deleted_at is null and l.bundled is distinct from 'whole' order by l.order_id, l.position`.execute(
      ctx.db,
    );
  return rows;
}

/** Nobody else delivers or takes back of these orders until the transaction ends. */
export async function lockOrders(ctx: Context, orders: readonly string[]): Promise<void> {
  await sql`select from "order" where id = any(${[...orders]}::uuid[]) order by id for no key update`.execute(
    ctx.db,
  );
}
