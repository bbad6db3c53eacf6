import { afterAll, beforeAll, expect, test } from 'vitest';
import { watchRegistry } from '../../../platform/customisation/watch.ts';
import { startTestApp, type TestApp } from '../../../platform/testing/app.ts';
import { createSettingsReader } from './settings.ts';

let house: TestApp;
beforeAll(async () => {
  house = await startTestApp();
});
afterAll(() => house?.stop());

test('a change counts at once where it was made, and elsewhere as soon as it is told', async () => {
  const { services, administrator } = house;
  const elsewhere = createSettingsReader(services.db);
  let told = 0;
  const forgetSettings = () => {
    told += 1;
    elsewhere.forget();
  };
  const watch = await watchRegistry({ ...services, settings: elsewhere.read, forgetSettings });
  await expect.poll(() => told).toBe(1);
  const [here, there] = [await services.settings(), await elsewhere.read()];
  expect([here.currency, there.currency]).toEqual(['CNY', 'CNY']);
  expect((await administrator.patch('/settings', { currency: 'EUR' })).status).toBe(200);
  expect((await services.settings()).currency).toBe('EUR');
  // By the word of it alone: what is read anew each five seconds would not have been.
  await expect.poll(() => told).toBe(2);
  expect((await elsewhere.read()).currency).toBe('EUR');
  await watch.stop();
});

test('the currency stays once an amount is kept in it, also in the recycle bin', async () => {
  const { administrator } = house;
  const change = async (currency: string) => (await administrator.patch('/settings', { currency })).body;
  expect(await change('CNY')).toMatchObject({ currency: 'CNY' });
  const deal = await administrator.create('opportunities', {
    name: '甲',
    amount: { amount: '5', currency: 'CNY' },
  });
  expect(await change('EUR')).toMatchObject({ code: 'currency_in_use' });
  expect(await change('CNY')).toMatchObject({ currency: 'CNY' });
  await administrator.delete(`/opportunities/${deal.id}`);
  expect(await change('EUR')).toMatchObject({ code: 'currency_in_use' });
  await administrator.delete(`/opportunities/${deal.id}?forever=true`);
  expect(await change('EUR')).toMatchObject({ currency: 'EUR' });
});

test('nor does it change under rates that say what others are worth in it, or to one there is not', async () => {
  const { administrator } = house;
  const { currency } = (await administrator.get('/settings')).body;
  const rate = await administrator.create('exchange-rates', {
    currency: 'USD',
    validFrom: '2026-01-01',
    rate: '7.1',
  });
  const change = async (to: string) => (await administrator.patch('/settings', { currency: to })).body;
  expect(await change('JPY')).toMatchObject({ code: 'currency_in_use' });
  await administrator.delete(`/exchange-rates/${rate.id}`);
  await administrator.delete(`/exchange-rates/${rate.id}?forever=true`);
  expect(await change('QQQ')).toMatchObject({ errors: [{ path: 'currency' }] });
  expect(await change('JPY')).toMatchObject({ currency: 'JPY' });
  expect(await change(currency)).toMatchObject({ currency });
});
