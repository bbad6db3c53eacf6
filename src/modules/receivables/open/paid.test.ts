import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Person, startTestApp, type TestApp } from '../../../platform/testing/app.ts';
import { everywhere, openItems, unpaid } from '../figures/open-items.ts';
import { deal, orderOf, received } from '../testing/deal.ts';
import { forgetPaid } from './paid.ts';

let house: TestApp;
let boss: Person;
beforeAll(async () => {
  house = await startTestApp();
  boss = house.administrator;
});
afterAll(() => house.stop());

const among = async (id: string): Promise<boolean> => {
  const { rows } = await sql`select from receivable_open where id = ${id}`.execute(house.services.db);
  return rows.length > 0;
};
const owed = async (customer: string): Promise<string> =>
  (await boss.get(`/receivables?customer=${customer}`)).body.total.open;
const card = async (kind: string, id: string) => (await boss.get(`/receivables/${kind}/${id}`)).body;

test('a debt is looked at from when it is open until the night after it was paid, and again once it is open again', async () => {
  const { customer, order } = await deal(house, '100');
  expect(await among(order.id)).toBe(true);
  const receipt = await received(boss, customer.id, '100', { order: order.id });
  expect(await owed(customer.id)).toBe('0');
  await forgetPaid(house.services.db);
  expect(await among(order.id)).toBe(false);
  const { items } = (await boss.get(`/receivables/postings/order/${order.id}`)).body;
  await boss.post(`/receipts/${receipt.id}/unallocate`, { postings: [items[0].id], reason: '错' });
  expect(await owed(customer.id)).toBe('100.00');
  await boss.post(`/receipts/${receipt.id}/allocate`, { allocations: [{ order: order.id }] });
  await forgetPaid(house.services.db);
  await sql`update "order" set effective_total = 130 where id = ${order.id}`.execute(house.services.db);
  expect(await owed(customer.id)).toBe('30.00');
});

test('what is paid is not read to tell what is owed', async () => {
  const { customer } = await deal(house, '7');
  for (let at = 0; at < 12; at++) {
    const { id } = await orderOf(house, boss, customer.id, '10');
    await received(boss, customer.id, '10', { order: id });
  }
  await forgetPaid(house.services.db);
  const query = openItems(unpaid(everywhere(sql`d.customer_id = ${customer.id}`)));
  const { rows } = await sql<{ 'QUERY PLAN': unknown }>`explain (analyze, format json) ${query}`.execute(
    house.services.db,
  );
  const plan = JSON.stringify(rows[0]);
  const debt = /"Subplan Name": ?"CTE debt"[^{}]*?"Actual Rows": ?([\d.]+)/.exec(plan);
  expect(Number(debt?.[1])).toBe(1);
  expect((await card('customer', customer.id)).total).toBe('127.00');
});

test('what opens while the night looks is not taken out', async () => {
  const { customer, order } = await deal(house, '50');
  await received(boss, customer.id, '50', { order: order.id });
  const { db } = house.services;
  let night: Promise<number> | undefined;
  await db.transaction().execute(async (tx) => {
    await sql`update "order" set effective_total = 60 where id = ${order.id}`.execute(tx);
    night = forgetPaid(db);
    const waits = sql<{ n: number }>`select count(*)::int as n from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`;
    await expect.poll(async () => (await waits.execute(db)).rows[0]?.n).toBe(1);
  });
  await night;
  expect(await owed(customer.id)).toBe('10.00');
});

test('a contract that is being amended is owed as it was agreed, also while the amendment waits for approval', async () => {
  const customer = await boss.create('customers', { name: '杭州云帆变更有限公司' });
  const contract = await boss.create('contracts', {
    customer: customer.id,
    amount: '1000',
    instalments: [
      { percent: '50', event: 'date', day: '2026-01-05' },
      { percent: '50', event: 'acceptance' },
    ],
  });
  expect((await boss.post(`/contracts/${contract.id}/submit`)).status).toBe(200);
  await orderOf(house, boss, customer.id, '400', { contract: contract.id });
  await received(boss, customer.id, '100', { contract: contract.id });
  await boss.post(`/contracts/${contract.id}/amend`, { reason: '减量' });
  expect((await boss.patch(`/contracts/${contract.id}`, { amount: '600' })).status).toBe(200);
  const told = { total: '1000.00', received: '100.00', open: '900.00' };
  expect(await card('contract', contract.id)).toMatchObject(told);
  await sql`update contract set status = 'inApproval' where id = ${contract.id}`.execute(house.services.db);
  const { instalments, ...sums } = await card('contract', contract.id);
  expect(sums).toMatchObject(told);
  // What the smaller plan leaves out is owed all the same, and due last.
  expect(
    instalments.map(({ open, due }: { open: string; due: string | null }) => [open, due !== null]),
  ).toEqual([
    ['200.00', true],
    ['300.00', false],
    ['400.00', false],
  ]);
  expect(await owed(customer.id)).toBe('900.00');
  expect((await card('customer', customer.id)).open).toBe('900.00');
});

test('of what came back whole nothing is owed, nothing more is taken for it, and what was paid is over', async () => {
  const { customer, order } = await deal(house, '80');
  await received(boss, customer.id, '30', { order: order.id });
  await sql`update "order" set effective_total = 0 where id = ${order.id}`.execute(house.services.db);
  expect(await card('order', order.id)).toMatchObject({ total: '0.00', received: '30.00', over: '30.00' });
  const more = await received(boss, customer.id, '5');
  const allocations = [{ order: order.id, amount: '5' }];
  const refused = await boss.post(`/receipts/${more.id}/allocate`, { allocations });
  expect([refused.status, refused.body.code]).toEqual([409, 'allocation_over_order']);
});
