import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { openApp, type Settings } from '../src/cli/open.ts';
import type { Services } from '../src/platform/context/services.ts';
import { plannedIndexes } from '../src/platform/db/plan.ts';
import { entityNamed } from '../src/platform/entity/registry.ts';

/** Orders for each customer, and lines of an order. */
const PER_CUSTOMER = 0.5;
const LINES = 4;
/** Of ten orders so many are paid. */
const PAID = 9;

/** What is loaded without its indexes; they are built afterwards: the result is the same, the time a fraction. */
const LOADED = ['order', 'orderLine', 'receipt'];

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
    const orders = Math.round(customers * PER_CUSTOMER);
    await loadOrders(app.services, orders);
    writeFileSync(ready, JSON.stringify({ orders }));
    tell(`${orders} orders of ${LINES} lines`);
  } finally {
    await close();
  }
}

/**
 * Orders of three years up to today, spread over customers and their owners, each with four lines of known cost; nine of ten were
 * delivered and paid by one receipt, the others are confirmed.
 */
async function loadOrders(services: Services, count: number): Promise<void> {
  const { db } = services;
  const indexes = LOADED.flatMap((name) => [...plannedIndexes(entityNamed(services.registry(), name))]);
  for (const [name] of indexes) await sql`drop index if exists ${sql.ref(name)}`.execute(db);
  await db.transaction().execute(async (transaction) => {
    await sql`set local synchronous_commit = off`.execute(transaction);
    await sql`set local work_mem = '256MB'`.execute(transaction);
    await sql`with c as materialized (
        select id, owner_id, department_id, row_number() over (order by id) - 1 as i from customer where deleted_at is null
      ), w as (
        select n as i, current_date - (n::bigint * 7919 % 1100)::int as day, n % 10 < ${PAID} as paid, 1000 + n::bigint * 37 % 20000 as price
        from generate_series(1, ${count}) n
      )
      insert into "order" (number, name, name_key, customer_id, status, date, currency, prices_include_tax, performer_id,
        delivered_on, total, total_currency, total_base, total_rate, net, net_currency, net_base, net_rate,
        effective_total, effective_total_currency, effective_total_base, effective_total_rate,
        effective_net, effective_net_currency, effective_net_base, effective_net_rate,
        confirmed_at, owner_id, root_owner_id, department_id, created_at)
      select 'BENCH-' || w.i, '基准订单' || w.i, 'dingdan' || lpad(w.i::text, 8, '0'), c.id,
        case when w.paid then 'closed' else 'confirmed' end, w.day, 'CNY', true, c.owner_id, case when w.paid then w.day + 7 end,
        a.gross, 'CNY', a.gross, 1, a.net, 'CNY', a.net, 1, a.gross, 'CNY', a.gross, 1, a.net, 'CNY', a.net, 1,
        w.day, c.owner_id, c.owner_id, c.department_id, w.day
      from w join c on c.i = w.i::bigint * 7 % (select count(*) from c),
        lateral (select ${LINES} * w.price as gross, ${LINES} * round(w.price / 1.13, 2) as net) a
      order by w.day`.execute(transaction);
    await sql`with p as materialized (select array_agg(id order by name) as ids from product)
      insert into order_line (order_id, customer_id, product_id, name, quantity, list_price, price, discount, tax_rate,
        gross, gross_currency, gross_base, gross_rate, net, net_currency, net_base, net_rate, effective_gross, effective_gross_currency, effective_gross_base, effective_gross_rate,
        effective_net, effective_net_currency, effective_net_base, effective_net_rate, cost, delivered, returned, position,
        owner_id, root_owner_id, department_id, created_at)
      select o.id, o.customer_id, p.ids[1 + (hashtext(o.number) & 1023 + at * at * 3) % array_length(p.ids, 1)], '基准产品', 1, o.total / ${LINES},
        o.total / ${LINES}, 0, 0.13, o.total / ${LINES}, 'CNY', o.total / ${LINES}, 1, o.net / ${LINES}, 'CNY', o.net / ${LINES}, 1,
        o.total / ${LINES}, 'CNY', o.total / ${LINES}, 1, o.net / ${LINES}, 'CNY', o.net / ${LINES}, 1,
        round(o.net / ${LINES} * 0.7, 2), case when o.status = 'closed' then 1 else 0 end, 0, at, o.owner_id, o.root_owner_id, o.department_id, o.created_at
      from "order" o cross join p cross join generate_series(1, ${LINES}) at
      where o.number like 'BENCH-%'`.execute(transaction);
    await sql`insert into receipt (number, payer, payer_key, customer_id, amount, amount_currency, amount_base, amount_rate, date, way,
        order_id, performer_id, status, free, free_currency, free_base, free_rate, confirmed_at, owner_id, root_owner_id, department_id, created_at)
      select o.number, '基准客户', 'jizhun', o.customer_id, o.total, 'CNY', o.total, 1, o.date + 20, 'transfer',
        o.id, o.performer_id, 'confirmed', 0, 'CNY', 0, 1, o.date + 20, o.owner_id, o.root_owner_id, o.department_id, o.date + 20
      from "order" o where o.number like 'BENCH-%' and o.status = 'closed'`.execute(transaction);
    await sql`insert into ledger_balance (book, account, account_id, unit, balance)
      select 'receivable', 'order', id, 'CNY', total from "order" where number like 'BENCH-%' and status = 'closed'`.execute(
      transaction,
    );
  });
  await sql`set maintenance_work_mem = '1GB'`.execute(db);
  for (const [, ddl] of indexes) await sql.raw(ddl).execute(db);
  await sql`analyze "order", order_line, receipt, ledger_balance`.execute(db);
}
