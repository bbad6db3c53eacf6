import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Person, startTestApp, type TestApp } from '../../platform/testing/app.ts';
import { pagesOf } from '../../platform/testing/pdf.ts';

let house: TestApp;
let seller: Person;
const own = { read: 'self', create: 'self', export: 'self' } as const;

beforeAll(async () => {
  house = await startTestApp();
  seller = await house.person({ entities: { customer: { actions: own }, activity: { actions: own } } });
  const mine = await seller.create('customers', { name: '杭州云台机械', province: '浙江省' });
  await house.administrator.create('customers', { name: '深圳天目餐饮', province: '广东省' });
  for (const [occurredAt, content] of [
    ['2026-09-30T15:59:00Z', '季度末谈妥扩产'],
    ['2026-09-30T16:00:00Z', '下一季度的事'],
  ])
    await seller.create('activities', {
      customer: mine.id,
      kind: 'visit',
      subject: '谈扩产',
      occurredAt,
      content,
    });
});
afterAll(() => house.stop());

const printed = async (person: Person, path: string) => {
  const { status, headers, raw } = await person.get(`/customer-forms/${path}`);
  expect([status, headers['content-type']]).toEqual([200, 'application/pdf']);
  return (await pagesOf(raw.rawPayload)).join('');
};

test('visits of the company’s quarter, with lines to sign', async () => {
  const text = await printed(seller, 'visit/content?period=2026-Q3');
  for (const part of [
    '客户拜访记录表',
    '2026-Q3',
    '杭州云台机械',
    '2026-09-30 23:59',
    '季度末谈妥扩产',
    '编制：',
    '审核：',
  ])
    expect(text).toContain(part);
  expect(text).not.toContain('下一季度的事');
});

test('each fills a form with what he may take out; sales are not made up', async () => {
  const year = String(Temporal.Now.plainDateISO('Asia/Shanghai').year);
  const text = await printed(seller, `area/content?period=${year}`);
  expect(text).toMatch(/浙江省 1 100\.0% 1 0 尚无销售数据/);
  expect(text).not.toContain('广东省');
  expect(await printed(house.administrator, `area/content?period=${year}`)).toContain('广东省');
});

test('an empty form says so', async () => {
  expect(await printed(seller, 'grade/content?period=2026-07')).toContain('本期没有数据');
});

test('as a table', async () => {
  const { status, headers, raw } = await seller.get(
    '/customer-forms/visit/content?period=2026-09&format=xlsx',
  );
  expect([status, headers['content-type']]).toEqual([200, expect.stringContaining('spreadsheetml')]);
  expect(raw.rawPayload.subarray(0, 2).toString()).toBe('PK');
});

test.each([
  ['without the right to export', { actions: { read: 'all' as const } }, 403],
  [
    'without sight of a column',
    { actions: { export: 'all' as const, read: 'all' as const }, fields: { province: 'hidden' as const } },
    403,
  ],
])('refused %s', async (_name, customer, status) => {
  const person = await house.person({ entities: { customer } });
  expect((await person.get('/customer-forms/area/content?period=2026')).status).toBe(status);
});

test('a period there is not', async () => {
  expect((await seller.get('/customer-forms/area/content?period=2026-13')).status).toBe(400);
});
