import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Person, startTestApp, type TestApp } from '../testing/app.ts';

let house: TestApp;
let admin: Person;

beforeAll(async () => {
  house = await startTestApp();
  await house.app.startBackground();
  admin = house.administrator;
});
afterAll(() => house.stop());

test('smoke', async () => {
  const made = await admin.post('/custom-fields', { entity: 'customer', label: '客户等级', kind: 'text' });
  expect(made.body).toMatchObject({ name: 'x_kehudengji' });
  const customer = await admin.create('customers', { name: '甲', x_kehudengji: '一级' });
  expect(customer.x_kehudengji).toBe('一级');
  const type = await admin.post('/record-types', { label: { zh: '合同', en: 'Deal' }, scope: 'own', numberPrefix: 'HT', fields: [{ label: '金额', kind: 'money' }] });
  expect(type.body).toMatchObject({ name: 'x_hetong' });
  console.log(JSON.stringify(type.body), (await sql`select * from custom_field`.execute(house.services.db)).rows);
});
