import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Person, startTestApp, type TestApp } from '../../platform/testing/app.ts';
import { instalmentsInForce, worth } from './public.ts';

let house: TestApp;
let boss: Person;

beforeAll(async () => {
  house = await startTestApp();
  boss = house.administrator;
});
afterAll(() => house.stop());

const done = async (plural: string, id: string, verb: string, input: object = {}) => {
  const { status, body } = await boss.post(`/${plural}/${id}/${verb}`, input);
  expect([status, body]).toEqual([200, expect.anything()]);
};
const sold = async (customer: string) =>
  (
    await sql<{
      entity: string;
      day: string;
      gross: string;
      net: string;
    }>`select entity, day::text, gross::text, net::text
      from (${worth()}) w where customer_id = ${customer} order by day`.execute(house.services.db)
  ).rows;

test('what was sold counts once: under a contract with an amount by the contract, else by the order', async () => {
  const { id: customer } = await boss.create('customers', { name: '杭州云帆科技有限公司' });
  const contract = await boss.create('contracts', { customer, amount: '1130', signedOn: '2026-03-01' });
  const frame = await boss.create('contracts', { customer });
  const order = async (more: object) => {
    const lines = [{ name: '甲', price: '113' }];
    const { id } = await boss.create('orders', { customer, lines, date: '2026-04-01', ...more });
    await done('orders', id, 'confirm');
  };
  await order({ contract: contract.id });
  expect(await sold(customer)).toMatchObject([{ entity: 'order', gross: '113.00' }]);
  await done('contracts', contract.id, 'submit');
  await done('contracts', frame.id, 'submit');
  expect(await sold(customer)).toMatchObject([{ entity: 'contract', day: '2026-03-01', net: '1000.00' }]);
  await order({ contract: frame.id });
  await order({});
  expect(await sold(customer)).toMatchObject([
    { entity: 'contract', gross: '1130.00' },
    { entity: 'order', day: '2026-04-01', gross: '113.00' },
    { entity: 'order', day: '2026-04-01', gross: '113.00' },
  ]);
  await done('contracts', contract.id, 'terminate', { reason: '客户停业' });
  expect((await sold(customer)).map(({ entity }) => entity)).toEqual(['order', 'order', 'order']);
});

test('instalments are told of what is in force', async () => {
  const { id: customer } = await boss.create('customers', { name: '苏州恒力机械有限公司' });
  const instalments = [
    { percent: '30', event: 'signed', name: '首付' },
    { percent: '70', event: 'arrival' },
  ];
  const contract = await boss.create('contracts', {
    customer,
    amount: '100',
    signedOn: '2026-11-23',
    instalments,
  });
  const told = async () =>
    (
      await sql`select head, name, event, amount::text, currency, due_on::text from (${instalmentsInForce()}) i
        where customer_id = ${customer} order by position`.execute(house.services.db)
    ).rows;
  expect(await told()).toEqual([]);
  await done('contracts', contract.id, 'submit');
  expect(await told()).toEqual([
    {
      head: 'contract',
      name: '首付',
      event: 'signed',
      amount: '30.00',
      currency: 'CNY',
      due_on: '2026-11-23',
    },
    { head: 'contract', name: null, event: 'arrival', amount: '70.00', currency: 'CNY', due_on: null },
  ]);
});

test('sales and margin are told of customers, for grades and forms', async () => {
  const { id: customer } = await boss.create('customers', { name: '宁波海川贸易有限公司' });
  const product = await boss.create('products', {
    name: '铝合金型材',
    price: { amount: '113', currency: 'CNY' },
    cost: { amount: '60', currency: 'CNY' },
  });
  const { id, lines } = await boss.create('orders', {
    customer,
    date: '2026-05-01',
    lines: [{ product: product.id, quantity: '10' }],
  });
  await done('orders', id, 'confirm');
  const ctx = await house.context();
  const told = async (name: string) => {
    const period = { from: '2026-05-01', to: '2026-05-31' };
    const measure = house.services.measures.get(name);
    if (!measure?.all) throw new Error(`nobody tells ${name}`);
    const one = sql`select (${measure.value({ ctx, alias: 'c' }, period)})::float as value from customer c where c.id = ${customer}`;
    const all = sql`select value::float from (${measure.all(ctx, period)}) m where id = ${customer}`;
    const [first, second] = [await one.execute(ctx.db), await all.execute(ctx.db)];
    expect(first.rows).toEqual(second.rows);
    return (first.rows[0] as { value: number }).value;
  };
  expect([await told('sales'), await told('margin')]).toEqual([1130, 400]);
  const delivery = await boss.create('deliveries', { order: id });
  await done('deliveries', delivery.id, 'ship');
  const back = [{ orderLine: (lines as { id: string }[])[0]?.id, quantity: '5' }];
  const returned = await boss.create('return-orders', { order: id, lines: back });
  await done('return-orders', returned.id, 'receive');
  expect([await told('sales'), await told('margin')]).toEqual([565, 200]);
});
