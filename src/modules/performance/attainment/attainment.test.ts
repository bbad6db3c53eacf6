import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Person, startTestApp, type TestApp } from '../../../platform/testing/app.ts';

let house: TestApp;
let boss: Person;
let manager: Person;
let wang: Person;
let li: Person;
let stranger: Person;
let east: string;
const self = { actions: { read: 'self' } } as const;
const below = { actions: { read: 'departmentAndBelow', create: 'departmentAndBelow' } } as const;
const KINDS = [
  'salesTarget',
  'receipt',
  'customer',
  'contact',
  'opportunity',
  'order',
  'contract',
  'product',
  'user',
  'department',
  'activity',
];
const rights = (right: typeof self | typeof below) => ({
  entities: Object.fromEntries(KINDS.map((name) => [name, right])),
});

beforeAll(async () => {
  house = await startTestApp();
  boss = house.administrator;
  east = await house.department('华东');
  const city = await house.department('杭州', east);
  manager = await house.person(rights(below), { department: east, name: '周主管' });
  wang = await house.person(rights(self), { department: city, name: '王芳' });
  li = await house.person(rights(self), { department: city, name: '李强' });
  stranger = await house.person(rights(self), { name: '外人' });
});
afterAll(() => house.stop());

const at = '2026-03-01';
const attainment = async (person: Person, measure: string, more = '') =>
  (await person.get(`/performance/attainment?measure=${measure}&period=month&startsOn=${at}${more}`)).body;
const line = async (person: Person, measure: string, id: string, more = '') =>
  (await attainment(person, measure, more)).lines.find((each: { id: string }) => each.id === id);
const cny = (amount: string) => ({ amount, currency: 'CNY' });

async function receipt(performer: Person, amount: string, date: string): Promise<string> {
  const customer = await boss.create('customers', { name: `客户${amount}${date}`, owner: performer.id });
  const { id } = await boss.create('receipts', {
    customer: customer.id,
    amount: cny(amount),
    date,
    performer: performer.id,
  });
  expect((await boss.post(`/receipts/${id}/confirm`, {})).status).toBe(200);
  return customer.id;
}

test('target, actual, rate, expected and last year; what belongs to people adds up in departments', async () => {
  await receipt(wang, '600', '2026-03-02');
  await receipt(wang, '150', '2026-03-31');
  await receipt(wang, '999', '2026-04-01');
  await receipt(li, '250', '2026-03-15');
  await receipt(wang, '400', '2025-03-15');
  await boss.put('/performance/targets', {
    measure: 'receipts',
    cells: [
      { person: wang.id, period: 'month', startsOn: at, amount: '1000' },
      { person: li.id, period: 'month', startsOn: at, amount: '500' },
      { team: east, period: 'month', startsOn: at, amount: '2000' },
    ],
  });
  expect(await line(manager, 'receipts', wang.id)).toMatchObject({
    target: '1000',
    actual: '750',
    records: 2,
    rate: '75',
    expected: '100',
    lastYear: '400',
  });
  expect(await line(manager, 'receipts', east)).toMatchObject({
    target: '2000',
    below: '1500',
    actual: '1000',
    records: 3,
    rate: '50',
  });
  expect((await attainment(boss, 'receipts')).lines[0]).toMatchObject({ kind: 'company', actual: '1000' });
});

test('it stays whose it was when the customer goes to somebody else, and is shown to him', async () => {
  const customer = await receipt(wang, '50', '2026-03-09');
  expect((await boss.post(`/customers/${customer}/transfer`, { owner: stranger.id })).status).toBe(200);
  expect(await line(wang, 'receipts', wang.id)).toMatchObject({ actual: '800', records: 3 });
  const ask = `/performance/records?measure=receipts&period=month&startsOn=${at}&person=${wang.id}`;
  const { items, total } = (await wang.get(ask)).body;
  expect(total).toBe(3);
  expect(items).toHaveLength(3);
  // What he may not read any more has its amount and no name.
  const lost = items.find(({ amount }: { amount: string }) => amount.startsWith('50'));
  expect(lost).toMatchObject({ title: null, number: null, plural: 'receipts', day: '2026-03-09' });
  expect(items.filter(({ title }: { title: string | null }) => title)).toHaveLength(2);
});

test('a person sees his own, a manager those below, nobody others’', async () => {
  const names = async (person: Person) =>
    (await attainment(person, 'receipts')).lines.map((each: { name: string }) => each.name);
  expect(await names(wang)).toEqual(['王芳']);
  expect((await names(manager)).toSorted()).toEqual(['华东', '周主管', '李强', '杭州', '王芳'].toSorted());
  const behind = (person: Person, more: string) =>
    person.get(`/performance/records?measure=receipts&period=month&startsOn=${at}${more}`);
  expect((await behind(stranger, `&person=${wang.id}`)).status).toBe(403);
  expect((await behind(wang, `&team=${east}`)).status).toBe(403);
  expect((await behind(wang, '')).status).toBe(403);
  expect((await behind(manager, `&team=${east}`)).body.total).toBe(4);
  const none = await house.person({ entities: { customer: self } });
  expect(
    (await none.get(`/performance/attainment?measure=receipts&period=month&startsOn=${at}`)).status,
  ).toBe(403);
});

test('a tile shows one his own targets, the people or departments he sees, and nobody else’s', async () => {
  const told = async (person: Person, by: number) => {
    const asked = { shipped: 'attainment', by, period: { from: at, to: '2026-03-31' } };
    const { body } = await person.post('/analysis/answer', { source: asked });
    return body.lines?.map(({ keys, cells }: { keys: { label: string }[]; cells: string[][] }) => [
      keys[0]?.label,
      ...(cells[0]?.slice(0, 3) ?? []),
    ]);
  };
  expect(await told(wang, 0)).toEqual([['回款', '0.8', '800', '1000']]);
  expect(await told(wang, 1)).toEqual([['王芳', '0.8', '800.00', '1000.00']]);
  expect(await told(manager, 1)).toEqual([
    ['王芳', '0.8', '800.00', '1000.00'],
    ['李强', '0.5', '250.00', '500.00'],
  ]);
  expect((await told(manager, 2))[0]).toEqual(['杭州', '0.7', '1050.00', '1500.00']);
  expect(await told(stranger, 1)).toEqual([]);
  const none = await house.person({ entities: { customer: self } });
  expect(await told(none, 0)).toBeUndefined();
});

test('a tile is of what most of one’s own targets are of, whatever others aim for', async () => {
  const june = '2026-06-01';
  const aims = (measure: string, people: readonly Person[]) =>
    boss.put('/performance/targets', {
      measure,
      cells: people.map(({ id: person }) => ({ person, period: 'month', startsOn: june, amount: '7' })),
    });
  expect((await aims('visits', [manager, li, stranger])).status).toBe(200);
  expect((await aims('receipts', [wang])).status).toBe(200);
  const source = { shipped: 'attainment', by: 1, period: { from: june, to: '2026-06-30' } };
  const { body } = await wang.post('/analysis/answer', { source });
  expect(body.lines).toMatchObject([
    { keys: [{ label: '王芳' }], cells: [[expect.anything(), '0.00', '7.00', expect.anything()]] },
  ]);
});

test('a measure whose fields one may not see is not told', async () => {
  const blind = await house.person({
    entities: { salesTarget: self, receipt: { ...self, fields: { amount: 'hidden' } } },
  });
  const { items } = (await blind.get('/performance/measures')).body;
  expect(items).toEqual([]);
  expect((await attainment(blind, 'receipts')).code).toBe('achievement_hidden');
});

test('orders, contracts and margin by product, less what came back; won business; new customers; visits', async () => {
  const customer = await boss.create('customers', {
    name: '杭州云帆科技有限公司',
    owner: li.id,
    province: '浙江省',
  });
  const group = await boss.create('product-categories', { name: '泵' });
  const sub = await boss.create('product-categories', { name: '水泵', parent: group.id });
  const pump = await boss.create('products', {
    name: '水泵甲',
    price: cny('113'),
    cost: cny('40'),
    category: sub.id,
  });
  const other = await boss.create('products', { name: '软管', price: cny('226') });
  const { id } = await boss.create('orders', {
    customer: customer.id,
    performer: li.id,
    date: '2026-03-05',
    lines: [
      { product: pump.id, quantity: '2' },
      { product: other.id, quantity: '1' },
    ],
  });
  expect((await boss.post(`/orders/${id}/confirm`, {})).status).toBe(200);
  await boss.create('orders', {
    customer: customer.id,
    performer: li.id,
    date: '2026-03-05',
    lines: [{ name: '草稿', price: '1' }],
  });
  expect(await line(manager, 'orders', li.id)).toMatchObject({ actual: '452', records: 1 });
  const byGroup = `&category=${group.id}`;
  expect(await line(boss, 'orders', li.id, byGroup)).toMatchObject({ actual: '226', records: 1 });
  expect(await line(boss, 'orders', li.id, `&product=${other.id}`)).toMatchObject({ actual: '226' });
  expect(await line(boss, 'orders', li.id, `&province=${encodeURIComponent('浙江')}`)).toMatchObject({
    actual: '452',
  });
  expect(await line(boss, 'margin', li.id)).toMatchObject({ actual: '120', records: 1 });
  // One of two pumps comes back.
  await sql`update order_line set returned = 1 where order_id = ${id} and product_id = ${pump.id}`.execute(
    house.services.db,
  );
  expect(await line(boss, 'margin', li.id)).toMatchObject({ actual: '60' });
  expect(await line(boss, 'orders', li.id, byGroup)).toMatchObject({ actual: '113' });

  const opportunity = await boss.create('opportunities', {
    name: '三期',
    customer: customer.id,
    owner: li.id,
    amount: cny('8000'),
    closeDate: '2026-03-20',
  });
  const stages = (await boss.get('/stages')).body.items as { id: string; outcome: string }[];
  const won = stages.find(({ outcome }) => outcome === 'won')?.id;
  const moved = await boss.patch(`/opportunities/${opportunity.id}`, {
    stage: won,
    closeDate: '2026-03-20',
    exception: '导入',
    reason: 'price',
  });
  expect(moved.body).toMatchObject({ status: 'won', performer: { id: li.id } });
  await boss.post(`/opportunities/${opportunity.id}/transfer`, { owner: wang.id });
  expect(await line(boss, 'won', li.id)).toMatchObject({ actual: '8000', records: 1 });
  expect(await line(boss, 'wonCount', li.id)).toMatchObject({ actual: '1' });

  await boss.create('activities', {
    customer: customer.id,
    kind: 'visit',
    subject: '看样',
    owner: li.id,
    occurredAt: '2026-03-31T15:59:00Z',
  });
  await boss.create('activities', {
    customer: customer.id,
    kind: 'visit',
    subject: '四月',
    owner: li.id,
    occurredAt: '2026-03-31T16:01:00Z',
  });
  expect(await line(boss, 'visits', li.id)).toMatchObject({ actual: '1' });
});
