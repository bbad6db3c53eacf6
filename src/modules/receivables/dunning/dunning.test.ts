import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dayOf } from '../../../platform/context/day.ts';
import { type Person, startTestApp, type TestApp } from '../../../platform/testing/app.ts';
import { orderOf, received } from '../testing/deal.ts';
import { dunningJob } from './run.ts';

let house: TestApp;
let boss: Person;
let customer: { id: string };
let order: { id: string; number?: string; name?: string };
let today: string;
const night = () => dunningJob.run(house.services, {}, { progress: async () => {} } as never);
const reminders = async () => (await boss.get('/dunnings?sort=dueDate')).body.items;
const dueDaysAgo = (days: number) =>
  sql`update order_instalment set due_on = ${Temporal.PlainDate.from(today).subtract({ days }).toString()}
    where order_id = ${order.id}`.execute(house.services.db);

beforeAll(async () => {
  house = await startTestApp();
  boss = house.administrator;
  today = dayOf(await house.context());
  customer = await boss.create('customers', { name: '杭州云帆科技有限公司' });
  const text = '{customer}：{document} 还有 {amount} 未付，已逾期 {days} 天';
  await boss.create('dunning-steps', { name: '电话提醒', days: 3, way: 'call', text });
  await boss.create('dunning-steps', { name: '催款函', days: 30, way: 'letter' });
  await boss.create('dunning-steps', { name: '停用的', days: 1, active: false });
  const plan = [{ percent: '100', event: 'date', day: today }];
  order = await orderOf(house, boss, customer.id, '1000', { instalments: plan });
});
afterAll(() => house.stop());

test('what is overdue comes to its step once, goes on to the next, and ends when it is paid', async () => {
  await dueDaysAgo(2);
  expect(await night()).toEqual({ made: 0, paid: 0 });
  await dueDaysAgo(5);
  expect(await night()).toEqual({ made: 1, paid: 0 });
  expect(await night()).toEqual({ made: 0, paid: 0 });
  const [first] = await reminders();
  expect(first).toMatchObject({
    status: 'open',
    way: 'call',
    customer: { id: customer.id },
    order: { id: order.id },
    amount: { amount: '1000.00', currency: 'CNY' },
    owner: { id: boss.id },
  });
  expect(first.text).toBe(
    `杭州云帆科技有限公司：${order.number} ${order.name} 还有 ¥1,000.00 未付，已逾期 5 天`,
  );
  const told = (await boss.get('/today')).body.items.map(({ kind }: { kind: string }) => kind);
  expect(told).toContain('dunning');

  expect((await boss.post(`/dunnings/${first.id}/reminded`, {})).status).toBe(422);
  const said = { result: '月底付', promisedOn: '2026-11-30' };
  expect((await boss.post(`/dunnings/${first.id}/reminded`, said)).status).toBe(200);
  expect((await boss.post(`/dunnings/${first.id}/reminded`, said)).body.code).toBe('dunning_not_open');

  await dueDaysAgo(40);
  expect(await night()).toEqual({ made: 1, paid: 0 });
  expect((await reminders()).map(({ status }: { status: string }) => status).toSorted()).toEqual([
    'done',
    'open',
  ]);

  await received(boss, customer.id, '400', { order: order.id });
  expect(await night()).toEqual({ made: 0, paid: 0 });
  await received(boss, customer.id, '600', { order: order.id });
  expect(await night()).toEqual({ made: 0, paid: 2 });
  expect((await reminders()).map(({ status }: { status: string }) => status)).toEqual(['paid', 'paid']);
});

test('a reminder thrown away is not made again', async () => {
  order = await orderOf(house, boss, customer.id, '50', {
    instalments: [{ percent: '100', event: 'date', day: today }],
  });
  await dueDaysAgo(5);
  expect(await night()).toEqual({ made: 1, paid: 0 });
  const open = (await reminders()).find(({ status }: { status: string }) => status === 'open');
  await boss.send('DELETE', `/dunnings/${open.id}`);
  expect(await night()).toEqual({ made: 0, paid: 0 });
});
