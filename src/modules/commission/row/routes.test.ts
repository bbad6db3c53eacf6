import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Person, startTestApp, type TestApp } from '../../../platform/testing/app.ts';
import { orderOf, planFor, received } from '../testing/earning.ts';

let house: TestApp;
let boss: Person;
let seller: Person;
let other: Person;
let manager: Person;
let receipt: string;
const rows = (read: string) => ({ entities: { commissionRow: { actions: { read } } } }) as never;

beforeAll(async () => {
  house = await startTestApp();
  boss = house.administrator;
  const east = await house.department('华东');
  seller = await house.person(rows('self'), { department: east, name: '钱进' });
  other = await house.person(rows('self'), { department: east });
  manager = await house.person(rows('departmentAndBelow'), { department: east });
  await planFor(boss, [seller.id, other.id], {
    tiers: [
      { from: '0', rate: '3' },
      { from: '2000', rate: '5' },
    ],
  });
  const order = await orderOf(house, boss, '2260', { performer: seller.id });
  receipt = await received(boss, order, '1130');
  await house.follow();
});
afterAll(() => house.stop());

test('one sees what one has earned, how it came, how far the next tier is, and what is to be expected', async () => {
  const { body } = await seller.get('/commission/mine');
  expect(body).toMatchObject({
    open: '30.00',
    inBatch: '0.00',
    paid: '0.00',
    // The other half of the order, still at three per cent.
    expected: '30.00',
    expectedOf: 1,
    plans: [{ base: '1000.00', amount: '30.00', rate: '3', next: { rate: '5', missing: '1000.00' } }],
    rows: [{ amount: '30.00', base: '1000.00', person: { title: '钱进' } }],
  });
  expect(body.rows[0].words).toBe(
    '回款 ¥1,130.00；不含税 88.5%；计提基数 ¥1,000.00，本期累计 ¥0.00 → ¥1,000.00；¥1,000.00 × 3%',
  );
});

test('one sees which deals one shares in, and with whom where one may read that', async () => {
  const order = await orderOf(house, boss, '100', { performer: seller.id });
  const shares = [
    { person: seller.id, percent: '70' },
    { person: other.id, percent: '30' },
  ];
  const made = await boss.create('commission-splits', { customer: order.customer, order: order.id, shares });
  const splits = async (who: Person, of = seller) =>
    (await who.get(`/commission/mine?person=${of.id}`)).body.splits;
  expect(await splits(seller)).toMatchObject([{ id: made.id, percent: '70', others: null }]);
  expect(await splits(boss)).toMatchObject([{ id: made.id, percent: '70', others: [{ percent: '30' }] }]);
  expect(await splits(boss, other)).toMatchObject([
    { percent: '30', others: [{ name: '钱进', percent: '70' }] },
  ]);
});

test('a contract is to be expected of while its amendment waits for approval too', async () => {
  const seller = await house.person(rows('self'), { department: await house.department('华南') });
  await planFor(boss, [seller.id]);
  const customer = (await boss.create('customers', { name: '温州远岫有限公司' })).id;
  const values = { customer, performer: seller.id, lines: [{ name: '阀', price: '1130', taxRate: '0.13' }] };
  const { id } = await boss.create('contracts', { ...values, signedOn: '2026-11-01' });
  const expected = async () => (await seller.get('/commission/mine')).body.expected;
  expect(await expected()).toBe('0.00');
  await boss.post(`/contracts/${id}/submit`, {});
  const agreed = await expected();
  expect(Number(agreed)).toBeGreaterThan(0);
  await sql`update contract set status = 'inApproval', revision = 2 where id = ${id}`.execute(
    house.services.db,
  );
  expect(await expected()).toBe(agreed);
});

test('others see it only where they may read the rows', async () => {
  const of = (who: Person) => who.get(`/commission/mine?person=${seller.id}`).then(({ status }) => status);
  const stranger = await house.person({ entities: {} });
  expect([await of(manager), await of(boss), await of(other), await of(stranger)]).toEqual([
    200, 200, 404, 403,
  ]);
  const blind = await house.person({
    entities: { commissionRow: { actions: { read: 'all' }, fields: { amount: 'hidden' } } },
  });
  expect(await of(blind)).toBe(403);
});

test('rules are tried on a receipt by whoever may write them and see it', async () => {
  const definition = { base: 'gross', mode: 'whole', tiers: [{ from: '0', rate: '10' }] };
  const body = { definition, receipt };
  expect((await boss.post('/commission-plans/preview', body)).body.lines).toMatchObject([
    { person: { id: seller.id }, base: '1130.00', amount: '113.00' },
  ]);
  expect((await manager.post('/commission-plans/preview', body)).status).toBe(403);
  const blind = await house.person({
    entities: { commissionPlan: { actions: { read: 'all', update: 'all' } } },
  });
  expect((await blind.post('/commission-plans/preview', body)).status).toBe(403);
});

test('a settlement is shown and printed to whoever may see all of it, and to each his own once it is approved', async () => {
  const { id } = await boss.create('commission-batches', {
    name: '十一月',
    until: '2030-12-31',
    people: [seller.id],
  });
  const at = `/commission-batches/${id}`;
  expect((await boss.get(`${at}/people`)).body.items).toEqual([
    {
      person: { id: seller.id, title: '钱进' },
      earned: '30.00',
      takenBack: '0.00',
      adjusted: '0.00',
      amount: '30.00',
      rows: 1,
    },
  ]);
  expect((await boss.get(`${at}/rows?person=${seller.id}`)).body.items).toHaveLength(1);
  const sheet = await boss.get(`${at}/sheet`);
  expect([sheet.status, sheet.raw.rawPayload.subarray(0, 2).toString()]).toEqual([200, 'PK']);
  const half = await house.person({
    entities: {
      commissionRow: { actions: { read: 'self' } },
      commissionBatch: { actions: { read: 'all', export: 'all' } },
    },
  } as never);
  for (const path of ['people', 'rows', 'sheet', `pdf?person=${seller.id}`])
    for (const who of [manager, seller, half])
      expect([path, (await who.get(`${at}/${path}`)).status]).toEqual([
        path,
        path.startsWith('pdf') && who === seller ? 404 : 403,
      ]);
  expect((await boss.post(`${at}/commission-submit`, {})).status).toBe(200);
  const own = await seller.get(`${at}/pdf`);
  expect([own.status, own.raw.rawPayload.subarray(0, 5).toString()]).toEqual([200, '%PDF-']);
  expect((await other.get(`${at}/pdf`)).status).toBe(404);
  expect((await other.get(`${at}/pdf?person=${seller.id}`)).status).toBe(403);
});

test('a deal out of sight is not named to whoever tries rules on money he sees', async () => {
  const all = { read: 'all', update: 'all' } as const;
  const planner = await house.person({
    entities: { commissionPlan: { actions: all }, receipt: { actions: { read: 'all' } } },
  });
  const definition = { base: 'gross', mode: 'whole', tiers: [{ from: '0', rate: '10' }] };
  const named = async (who: Person) =>
    (await who.post('/commission-plans/preview', { definition, receipt })).body.lines[0].name;
  expect([await named(planner), (await named(boss)) === '']).toEqual(['', false]);
});
