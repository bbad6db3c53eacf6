import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Person, startTestApp, type TestApp } from '../../platform/testing/app.ts';
import { pagesOf } from '../../platform/testing/pdf.ts';

let house: TestApp;
let admin: Person;

beforeAll(async () => {
  house = await startTestApp();
  admin = house.administrator;
});
afterAll(() => house.stop());

const area = async (who: Person) => {
  const year = Temporal.Now.plainDateISO('Asia/Shanghai').year;
  const { raw } = await who.get(`/customer-forms/live/content?kind=area&period=${year}`);
  return (await pagesOf(raw.rawPayload)).join('');
};

test('a wider right to take out gives no sight of what may not be read, nor of what is veiled', async () => {
  const reader = await house.person({
    entities: { customer: { actions: { read: 'self', create: 'self', export: 'all' } } },
  });
  const pool = await admin.create('pools', { name: '公海', members: [reader.id] });
  await reader.create('customers', { name: '自己的', province: '浙江省' });
  await admin.create('customers', { name: '别人的', province: '广东省' });
  await admin.create('customers', {
    name: '公海的',
    province: '江苏省',
    department: (pool.unit as { id: string }).id,
  });
  const text = await area(reader);
  expect(text).toContain('浙江省');
  expect(text).not.toMatch(/广东省|江苏省/);
  expect(await area(admin)).toMatch(/江苏省/);
});

test('a form of visits names nobody whose name may not be read', async () => {
  const reader = await house.person({
    entities: {
      customer: { actions: { read: 'all', export: 'all' } },
      activity: { actions: { read: 'all', export: 'all' }, fields: { owner: 'hidden' } },
    },
  });
  const { id } = await admin.create('customers', { name: '看过的' });
  await admin.create('activities', {
    customer: id,
    kind: 'visit',
    subject: '谈扩产',
    occurredAt: '2026-08-03T02:00:00Z',
  });
  const { status } = await reader.get('/customer-forms/live/content?kind=visit&period=2026-08');
  expect(status).toBe(403);
});

test('a signed sheet with customers of a pool is not shown to whom they are veiled', async () => {
  const scope = { read: 'all', create: 'self', update: 'all', export: 'all' } as const;
  const reader = await house.person({
    entities: { customer: { actions: scope }, customerForm: { actions: scope } },
  });
  const { id } = await admin.create('customer-forms', { kind: 'area', period: '2026' });
  for (const from of ['draft', 'filling']) await admin.post(`/customer-forms/${id}/sign`, { from });
  const { status, body } = await reader.get(`/customer-forms/${id}/sheet`);
  expect([status, body.code]).toEqual([403, 'form_beyond_scope']);
});
