import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Asked, runShipped } from '../../platform/analysis/shipped.ts';
import { type Person, startTestApp, type TestApp } from '../../platform/testing/app.ts';

let house: TestApp;
let boss: Person;

const done = async (plural: string, id: string, verb: string) => {
  const { status, body } = await boss.post(`/${plural}/${id}/${verb}`, {});
  expect([status, body]).toEqual([200, expect.anything()]);
};
const lineOf = (order: object, at: number) => (order as { lines: { id: string }[] }).lines[at]?.id;

beforeAll(async () => {
  house = await startTestApp();
  boss = house.administrator;
  const [valve, pump] = await Promise.all(
    ['阀门', '水泵'].map(async (name) => (await boss.create('products', { name })).id),
  );
  const customer = async (name: string, city: string) => (await boss.create('customers', { name, city })).id;
  const [north, south] = [await customer('北京一', '北京市'), await customer('深圳一', '深圳市')];
  const order = async (of: string, date: string, lines: object[]) => {
    const made = await boss.create('orders', { customer: of, date, lines });
    return { ...made, confirm: () => done('orders', made.id, 'confirm') };
  };
  const first = await order(north, '2026-01-10', [
    { product: valve, name: '阀门', quantity: '10', price: '113' },
    { product: pump, name: '水泵', quantity: '1', price: '1000' },
  ]);
  await first.confirm();
  const delivery = await boss.create('deliveries', {
    order: first.id,
    lines: [0, 1].map((at) => ({ orderLine: lineOf(first, at), quantity: at === 0 ? '10' : '1' })),
  });
  await done('deliveries', delivery.id, 'ship');
  const back = await boss.create('return-orders', {
    order: first.id,
    lines: [{ orderLine: lineOf(first, 0), quantity: '3' }],
  });
  await done('return-orders', back.id, 'receive');
  const second = await order(south, '2026-02-10', [
    { product: pump, name: '水泵', quantity: '2', price: '900' },
  ]);
  await second.confirm();
  // Neither counts: one is a draft still, one was given up.
  await order(south, '2026-02-11', [{ product: pump, name: '水泵', quantity: '9', price: '900' }]);
  const gone = await order(south, '2026-02-12', [
    { product: valve, name: '阀门', quantity: '9', price: '1' },
  ]);
  await gone.confirm();
  expect((await boss.post(`/orders/${gone.id}/cancel`, { reason: '不要了' })).status).toBe(200);
});
afterAll(() => house.stop());

const ask = async (name: string, asked: Asked = {}) => {
  const report = house.services.shippedReports.find((each) => each.name === name);
  return runShipped(await house.context(), report!, asked);
};
const told = (answer: Awaited<ReturnType<typeof ask>>, ...values: number[]) =>
  answer.lines.map(({ keys, total }) => [
    keys[0]?.label,
    ...values.map((at) => total[at] && Number(total[at])),
  ]);

test('sales by product are less what came back, and come to what the orders come to', async () => {
  const products = await ask('productSales');
  expect(told(products, 0, 3, 4)).toEqual([
    ['水泵', 2800, 3, 0],
    ['阀门', 791, 10, 3],
  ]);
  const months = await ask('orderSales');
  expect(told(months, 0, 3)).toEqual([
    ['2026-01', 1791, 1],
    ['2026-02', 1800, 1],
  ]);
  expect(products.totals.all[0]).toBe(months.totals.all[0]);
  const { by = [] } = house.services.shippedReports.find(({ name }) => name === 'orderSales')!;
  const city = by.findIndex(({ field }) => field === 'customer.city');
  expect(told(await ask('orderSales', { by: city }), 0)).toEqual([
    ['深圳', 1800],
    ['北京', 1791],
  ]);
  expect(told(await ask('productSales', { period: { from: '2026-02-01', to: '2026-02-28' } }), 0)).toEqual([
    ['水泵', 1800],
  ]);
});

test('they are offered to whoever may read orders, and tell what he may see', async () => {
  const reader = await house.person({
    entities: {
      customer: { actions: { read: 'self' } },
      order: { actions: { read: 'self' } },
      product: { actions: { read: 'all' } },
    },
  });
  const { body } = await reader.post('/analysis/answer', { source: { shipped: 'productSales' } });
  expect(body.lines).toEqual([]);
  const stranger = await house.person({ entities: {} });
  expect((await stranger.post('/analysis/answer', { source: { shipped: 'orderSales' } })).status).toBe(404);
});
