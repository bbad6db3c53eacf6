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
