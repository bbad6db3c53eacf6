import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Person, startTestApp, type TestApp } from '../testing/app.ts';
import { fillJob } from './fill.ts';

let house: TestApp;
let boss: Person;

beforeAll(async () => {
  house = await startTestApp();
  boss = house.administrator;
});
afterAll(() => house.stop());

const fill = () => fillJob.run(house.services, {}, { progress: async () => {} } as never);

const worth = async (least: string) => {
  const filter = { field: 'annualRevenue', op: 'gte', value: { amount: least, currency: 'CNY' } };
  const { body } = await boss.get(`/customers?filter=${encodeURIComponent(JSON.stringify(filter))}`);
  return body.items.map(({ name }: { name: string }) => name);
};

test('an amount waits for its rate, is converted when it comes, and keeps it', async () => {
  const revenue = (amount: string) => ({ annualRevenue: { amount, currency: 'EUR' } });
  await boss.create('customers', { name: '柏林机械', ...revenue('1000.00') });
  expect(await worth('1')).toEqual([]);
  const rate = await boss.create('exchange-rates', {
    currency: 'EUR',
    validFrom: '2020-01-01',
    rate: '7.755',
  });
  await fill();
  expect(await worth('7755')).toEqual(['柏林机械']);
  expect(await worth('7755.01')).toEqual([]);
  await boss.send('PATCH', `/exchange-rates/${rate.id}`, { rate: '8' }, { 'if-match': '*' });
  await fill();
  expect(await worth('7755.01')).toEqual([]);
  await boss.create('customers', { name: '汉堡航运', ...revenue('1000.00') });
  expect(await worth('8000')).toEqual(['汉堡航运']);
});

test.each<[string, object, string]>([
  ['the own currency', { currency: 'CNY', validFrom: '2026-01-01', rate: '1' }, 'own_currency'],
  ['a rate of nothing', { currency: 'USD', validFrom: '2026-01-01', rate: '0' }, 'too_small'],
  ['no day', { currency: 'USD', rate: '7' }, 'required'],
])('%s is refused', async (_what, body, code) => {
  expect((await boss.post('/exchange-rates', body)).body.errors).toMatchObject([{ code }]);
});

test('a currency has one rate a day', async () => {
  const rate = { currency: 'JPY', validFrom: '2026-01-01', rate: '0.048' };
  await boss.create('exchange-rates', rate);
  expect((await boss.post('/exchange-rates', rate)).body.code).toBe('not_unique');
});

test('an amount that waited takes the rate of its own day: of a line its document’s, else the company’s day it was written on', async () => {
  for (const [validFrom, rate] of [
    ['2024-01-01', '9'],
    ['2026-03-02', '10'],
  ])
    await boss.create('exchange-rates', { currency: 'GBP', validFrom, rate });
  const { db } = house.services;
  const customer = await boss.create('customers', {
    name: '利兹纺织',
    annualRevenue: { amount: '1.00', currency: 'GBP' },
  });
  const lines = [{ name: '甲', price: '1' }];
  const order = await boss.create('orders', {
    ...{ customer: customer.id, currency: 'GBP', date: '2025-05-05', lines },
  });
  // As if no rate had been known. At that moment it was the 2nd of March in Shanghai, and the 1st in Greenwich.
  await sql`update customer set created_at = '2026-03-01T17:00:00Z', annual_revenue_base = null where id = ${customer.id}`.execute(
    db,
  );
  await sql`update "order" set total_base = null where id = ${order.id}`.execute(db);
  await sql`update order_line set gross_base = null where order_id = ${order.id}`.execute(db);
  await fill();
  const { rows } =
    await sql`select c.annual_revenue_rate::text as revenue, o.total_rate::text as total, l.gross_rate::text as gross
    from customer c join "order" o on o.customer_id = c.id join order_line l on l.order_id = o.id where c.id = ${customer.id}`.execute(
      db,
    );
  expect(rows).toEqual([{ revenue: '10', total: '9', gross: '9' }]);
});
