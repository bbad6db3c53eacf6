import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemContext } from '../../platform/context/services.ts';
import { startTestApp, type TestApp } from '../../platform/testing/app.ts';
import { checkTaxNumber } from '../../platform/text/tax-number.ts';
import { sampleCustomer } from './company.ts';
import { fillSample } from './fill.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

const count = async (path: string) => (await app.administrator.get(`${path}?limit=1&count=true`)).body;

test('sample customers are the same every time, with valid tax numbers and nobody’s phone', () => {
  const products = ['温控柜'];
  expect(sampleCustomer(5, products)).toEqual(sampleCustomer(5, products));
  for (let index = 0; index < 300; index++) {
    const { values, contacts } = sampleCustomer(index, products);
    if (values.taxNumber) expect(checkTaxNumber(values.taxNumber as string).note).toBeUndefined();
    for (const contact of contacts) expect(contact.phone).toMatch(/^1990000\d{4}$/);
  }
});

test('fills an empty company once, with people, history and tasks', async () => {
  const ctx = await systemContext(app.services, { kind: 'job' });
  const told: number[] = [];
  await fillSample(ctx, async (done) => void told.push(done));
  expect(told.at(-1)).toBe(2000);
  expect((await count('/departments')).total).toBe(8);
  expect((await count('/users')).total).toBe(41);
  expect((await count('/customers')).total).toBe(2000);
  expect((await count('/contacts')).total).toBeGreaterThan(3000);
  expect((await count('/activities')).total).toBeGreaterThan(4000);
  const found = await app.administrator.get(`/search?q=${encodeURIComponent('hangzhou')}`);
  expect(found.body.groups[0].items.length).toBeGreaterThan(0);
  await expect(fillSample(ctx, async () => {})).rejects.toMatchObject({
    code: 'sample_not_empty',
    status: 409,
  });
}, 120_000);
