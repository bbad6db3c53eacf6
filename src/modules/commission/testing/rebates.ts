import { sql } from 'kysely';
import type { Person, TestApp } from '../../../platform/testing/app.ts';

let count = 0;

/** A customer with a rebate agreement in force; by quarter, of what he orders, tax included, 1% up to 1000 and 2% above. */
export async function agreement(
  who: Person,
  more: Record<string, unknown> = {},
): Promise<{ id: string; customer: string }> {
  const customer =
    (more.customer as string | undefined) ??
    (await who.create('customers', { name: `无锡恒通${++count}有限公司` })).id;
  const made = await who.create('rebate-agreements', {
    name: `返利协议${++count}`,
    validFrom: '2026-01-01',
    period: 'quarter',
    tiers: [
      { from: '0', rate: '1' },
      { from: '1000', rate: '2' },
    ],
    ...more,
    customer,
  });
  const { status, body } = await who.post(`/rebate-agreements/${made.id}/rebate-start`, {});
  if (status !== 200) throw new Error(JSON.stringify(body));
  return { id: made.id, customer };
}

/** An order in force of ten pieces. */
export async function ordered(
  who: Person,
  customer: string,
  amount: string,
  more: object = {},
): Promise<{ id: string; lines: { id: string }[] }> {
  const lines = [{ name: '离心水泵', quantity: '10', price: (Number(amount) / 10).toFixed(3) }];
  const order = await who.create('orders', { customer, date: '2026-09-10', lines, ...more });
  const { status, body } = await who.post(`/orders/${order.id}/confirm`, {});
  if (status !== 200) throw new Error(JSON.stringify(body));
  return (await who.get(`/orders/${order.id}`)).body;
}

/** Goods of an order come back. */
export async function broughtBack(
  who: Person,
  order: { id: string; lines: { id: string }[] },
  quantity: string,
): Promise<void> {
  const delivery = await who.create('deliveries', { order: order.id });
  await who.post(`/deliveries/${delivery.id}/ship`, { on: '2026-09-11' });
  const lines = [{ orderLine: order.lines[0]?.id, quantity }];
  const made = await who.create('return-orders', { order: order.id, lines });
  const { status, body } = await who.post(`/return-orders/${made.id}/receive`, { on: '2026-09-20' });
  if (status !== 200) throw new Error(JSON.stringify(body));
}

/** Movements of an agreement, oldest first. */
export async function movesOf(house: TestApp, id: string) {
  const { rows } = await sql<{ kind: string; amount: string; base: string; status: string; period: string }>`
    select kind, amount::text, base::text, status, period::text from rebate_row where agreement_id = ${id} order by id`.execute(
    house.services.db,
  );
  return rows;
}

/** What does not add up: what was reached to its movements, sources to what was reached, credit to the ledger, batches to their rows. */
export async function untrueRebates(house: TestApp): Promise<unknown[]> {
  const { rows } = await sql`select r.agreement_id, r.base, s.base as other from rebate_reached r
      left join lateral (select coalesce(sum(base), 0) as base, coalesce(sum(amount), 0) as amount from rebate_row w
        where w.agreement_id = r.agreement_id and w.period = r.period and w.kind <> 'adjustment') s on true
      where r.base <> s.base or r.amount <> s.amount
    union all select r.agreement_id, r.base, s.base from rebate_reached r
      left join lateral (select coalesce(sum(base), 0) as base from rebate_source w
        where w.agreement_id = r.agreement_id and w.period = r.period) s on true where r.base <> s.base
    union all select a.id, coalesce(a.credit, 0), l.sum from rebate_agreement a
      left join lateral (select coalesce(sum(balance), 0) as sum from ledger_balance b
        where b.account_id = a.id and b.account = 'rebate') l on true where coalesce(a.credit, 0) <> l.sum
    union all select b.id, b.total, s.sum from rebate_batch b
      left join lateral (select coalesce(sum(amount), 0) as sum, count(*) as rows from rebate_row r where r.batch_id = b.id) s on true
      where b.status <> 'undone' and (b.total <> s.sum or b.row_count <> s.rows)`.execute(house.services.db);
  return rows;
}
