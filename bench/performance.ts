import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { openApp, type Settings } from '../src/cli/open.ts';
import type { Db } from '../src/platform/context/context.ts';
import type { Client } from './measure.ts';

/** Order lines for each customer, four to an order. */
const LINES_PER_CUSTOMER = 2;
const LINES_PER_ORDER = 4;
const BUDGET_MS = 10_000;

/** Orders of a base, added on first use: the same every time. */
export async function benchOrders(
  customers: number,
  settings: Settings,
  tell: (line: string) => void,
): Promise<void> {
  const ready = join(settings.dataDir, 'bench-orders.json');
  if (existsSync(ready)) return;
  const { app, close } = await openApp(settings);
  try {
    const lines = customers * LINES_PER_CUSTOMER;
    await loadOrders(app.services.db, Math.round(lines / LINES_PER_ORDER));
    writeFileSync(ready, JSON.stringify({ lines }));
    tell(`${lines} order lines`);
  } finally {
    await close();
  }
}

/** Confirmed orders of three years up to today, spread over customers and performed by their owners, with four lines each. */
async function loadOrders(db: Db, count: number): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    await sql`set local synchronous_commit = off`.execute(transaction);
    await sql`with c as materialized (
        select id, owner_id, department_id, row_number() over (order by id) - 1 as i from customer where deleted_at is null
      )
      insert into "order" (number, name, name_key, customer_id, performer_id, status, date, currency, total, total_currency, total_base,
        total_rate, effective_total, effective_total_currency, effective_total_base, effective_total_rate,
        owner_id, root_owner_id, department_id)
      select 'BENCH-' || n, '基准订单' || n, 'dingdan' || lpad(n::text, 8, '0'), c.id, c.owner_id, 'confirmed',
        current_date - (n * 7919 % 1100)::int, 'CNY', v, 'CNY', v, 1, v, 'CNY', v, 1, c.owner_id, c.owner_id, c.department_id
      from generate_series(1, ${count}) n cross join lateral (select 400 + n * 37 % 8000 as v) a
      join c on c.i = n % (select count(*) from c)`.execute(transaction);
    await sql`with p as materialized (select array_agg(id) as ids from product)
      insert into order_line (order_id, customer_id, product_id, name, position, quantity, price, cost, gross, gross_currency,
        gross_base, gross_rate, net, net_currency, net_base, net_rate, owner_id, root_owner_id, department_id)
      select o.id, o.customer_id, p.ids[1 + (n * 7) % array_length(p.ids, 1)], '基准明细', n, 2, 113, 60, 226, 'CNY', 226, 1,
        200, 'CNY', 200, 1, o.owner_id, o.root_owner_id, o.department_id
      from "order" o cross join generate_series(1, ${LINES_PER_ORDER}) n cross join p where o.number like 'BENCH-%'`.execute(
      transaction,
    );
  });
  await sql`analyze "order", order_line`.execute(db);
}

/** How long it takes to close the month before for everybody, by business won, orders, and what is earned by their lines. */
export async function measureLock(client: Client): Promise<number> {
  const indicator = (key: string, measure: string, weight: string) => ({
    key,
    name: measure,
    kind: 'computed',
    weight,
    measure,
    formula: '实际 / 10000 + 同期 / 10000',
  });
  const made = await client.post('/assessment-schemes', {
    name: `基准考核 ${performance.now()}`,
    definition: {
      indicators: [
        indicator('a', 'won', '40'),
        indicator('b', 'orders', '30'),
        indicator('c', 'margin', '30'),
      ],
    },
  });
  const { id } = JSON.parse(made.body) as { id: string };
  const startsOn = Temporal.Now.plainDateISO().subtract({ months: 1 }).with({ day: 1 }).toString();
  const begin = performance.now();
  const { status, body } = await client.post(`/performance/assessments/${id}/lock`, {
    startsOn,
    incomplete: true,
  });
  if (status !== 200) throw new Error(`the month was not closed: ${body}`);
  return performance.now() - begin;
}

export const lockLine = (ms: number): string =>
  `| closing a month for everybody | ${ms.toFixed(0)} ms | ≤ ${BUDGET_MS} ms | ${ms <= BUDGET_MS ? '✓' : '✗'} |`;
