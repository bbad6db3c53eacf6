import { afterAll, beforeAll, expect, test } from 'vitest';
import { dayOf } from '../../../platform/context/day.ts';
import { startTestApp, type TestApp } from '../../../platform/testing/app.ts';

let house: TestApp;
beforeAll(async () => {
  house = await startTestApp();
});
afterAll(() => house.stop());

test('the day names quotes to send, about to expire, and just confirmed; nothing else', async () => {
  const actions = { read: 'self', create: 'self', update: 'self' } as const;
  const sales = await house.person({
    entities: { customer: { actions }, quote: { actions }, order: { actions } },
  });
  const customer = await sales.create('customers', { name: '杭州云帆科技有限公司' });
  const today = Temporal.PlainDate.from(dayOf(await house.contextOf(sales)));
  const quote = async (name: string, days: number, ...verbs: [string, object?][]) => {
    const validUntil = today.add({ days }).toString();
    const lines = [{ name: '离心泵', price: '1' }];
    const { id } = await sales.create('quotes', { name, customer: customer.id, validUntil, lines });
    for (const [verb, body = {}] of verbs) await sales.post(`/quotes/${id}/${verb}`, body);
    return id;
  };
  await quote('草稿', 1);
  await quote('待发', 30, ['submit']);
  await quote('快到期', 2, ['submit'], ['send-out']);
  await quote('还早', 20, ['submit'], ['send-out']);
  const won = await quote('成了', 20, ['submit'], ['send-out'], ['customer-confirmed', { name: '王总' }]);
  const { body } = await sales.get('/today');
  const lines = JSON.stringify(body);
  for (const name of ['待发', '快到期', '成了']) expect(lines).toContain(`"title":"${name}"`);
  for (const name of ['草稿', '还早']) expect(lines).not.toContain(`"title":"${name}"`);
  // What follows it is made: nothing is left to do, until that is called off.
  const shows = async () => JSON.stringify((await sales.get('/today')).body).includes('"title":"成了"');
  const { body: order } = await sales.post(`/quotes/${won}/makeOrder`, {});
  expect(await shows()).toBe(false);
  await sales.post(`/orders/${order.id}/cancel`, { reason: '不要了' });
  expect(await shows()).toBe(true);
});
