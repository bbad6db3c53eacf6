import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dayOf } from '../../platform/context/day.ts';
import { type Person, startTestApp, type TestApp } from '../../platform/testing/app.ts';
import { pagesOf } from '../../platform/testing/pdf.ts';
import { addWorkdays } from '../../platform/time/business-calendar.ts';
import { trialJob } from './trial/due.ts';

let house: TestApp;
let boss: Person;
let today: string;
const ids: Record<string, string> = {};
const cny = (amount: string) => ({ amount, currency: 'CNY' });

beforeAll(async () => {
  house = await startTestApp();
  boss = house.administrator;
  today = dayOf(await house.context());
  ids.customer = (await boss.create('customers', { name: '杭州湖畔仪表' })).id;
  ids.product = (
    await boss.create('products', { name: '流量计', unit: 'device', price: cny('1200'), cost: cny('700') })
  ).id;
});
afterAll(() => house.stop());

const trialOf = (values: object = {}, who: Person = boss) =>
  who.create('trials', { customer: ids.customer, product: ids.product, quantity: '2', ...values });
const say = (id: string, verb: string, body: object = {}, who: Person = boss) =>
  who.post(`/trials/${id}/${verb}`, body);
const read = async (id: string) => (await boss.get(`/trials/${id}`)).body;
const night = () => trialJob.run(house.services, {}, { progress: async () => {} } as never);
const dueOn = (id: string, day: string) =>
  sql`update trial set due_on = ${day}, out_on = ${day} where id = ${id}`.execute(house.services.db);
const ago = (days: number) => Temporal.PlainDate.from(today).subtract({ days }).toString();

test('it is called after its product, worth its price, and due after its working days', async () => {
  const trial = await trialOf({ workdays: 5 });
  expect(trial).toMatchObject({
    name: '流量计',
    unit: 'device',
    status: 'draft',
    value: cny('2400.00'),
    cost: cny('1400.00'),
    dueOn: null,
  });
  expect((await say(trial.id, 'trialOut')).body).toEqual({ status: 'out' });
  const { businessDays } = await house.context();
  expect(await read(trial.id)).toMatchObject({ outOn: today, dueOn: addWorkdays(businessDays, today, 5) });
});

test('its worth has the digits of its currency', async () => {
  const price = { amount: '101', currency: 'JPY' };
  const { id: product } = await boss.create('products', { name: '日本探头', unit: 'metre', price });
  expect(await trialOf({ product, quantity: '1.5' })).toMatchObject({
    value: { amount: '152', currency: 'JPY' },
  });
});

test('a day somebody named stands when it goes out', async () => {
  const { id } = await trialOf({ dueOn: '2099-01-02' });
  await say(id, 'trialOut');
  expect(await read(id)).toMatchObject({ status: 'out', dueOn: '2099-01-02' });
});

test('out it stays what it was; only what is out is ended, and that can be taken back', async () => {
  const { id } = await trialOf();
  expect((await say(id, 'trialReturn')).body.code).toBe('trial_state');
  await say(id, 'trialOut');
  const refused = await boss.patch(`/trials/${id}`, { quantity: '3' });
  expect(refused.body.errors).toMatchObject([{ path: 'quantity', code: 'trial_settled' }]);
  expect((await boss.delete(`/trials/${id}`)).body.code).toBe('trial_is_out');
  expect((await say(id, 'trialReturn', { on: '2001-01-01' })).body.errors).toMatchObject([{ path: 'on' }]);
  await say(id, 'trialReturn', { evaluation: '读数稳', result: 'good' });
  expect(await read(id)).toMatchObject({
    status: 'returned',
    result: 'good',
    evaluation: '读数稳',
    closedOn: today,
  });
  await say(id, 'trialAgain');
  expect(await read(id)).toMatchObject({ status: 'out', closedOn: null });
  await boss.patch(`/trials/${id}`, { dueOn: addWorkdays((await house.context()).businessDays, today, 30) });
});

test('what is due is told its owner once, what is late his superior, and both are on the day', async () => {
  const everything = { read: 'all', create: 'all', update: 'all' } as const;
  const rights = { entities: { customer: { actions: everything }, trial: { actions: everything } } };
  const [seller, chief] = [await house.person(rights), await house.person(rights)];
  await sql`update "user" set manager_id = ${chief.id} where id = ${seller.id}`.execute(house.services.db);
  const { id } = await trialOf({ owner: seller.id });
  await say(id, 'trialOut');
  await dueOn(id, today);
  await night();
  await night();
  const told = async (who: Person, kind: string) =>
    (await who.get('/notifications')).body.items.filter((each: { kind: string }) => each.kind === kind)
      .length;
  expect([await told(seller, 'trial.due'), await told(chief, 'trial.overdue')]).toEqual([1, 0]);
  await dueOn(id, ago(20));
  await night();
  await night();
  expect(await told(chief, 'trial.overdue')).toBe(1);
  const lines = (await seller.get('/today')).body.items.filter(
    (each: { kind: string }) => each.kind === 'trial',
  );
  expect(lines).toMatchObject([{ record: { id }, color: 'zhu' }]);
  await say(id, 'trialReturn');
  const left = (await seller.get('/today')).body.items.filter(
    (each: { kind: string }) => each.kind === 'trial',
  );
  expect(left).toEqual([]);
});

test('what is left there is a cost of the relation, what comes back is none', async () => {
  const costs = async () => {
    await house.follow();
    const { rows } = await sql<{ amount: string }>`select amount_base::text as amount from cost_entry
      where source = 'trial' and deleted_at is null`.execute(house.services.db);
    return rows.map(({ amount }) => Number(amount));
  };
  const { id } = await trialOf();
  await say(id, 'trialOut');
  expect(await costs()).toEqual([]);
  await say(id, 'trialKeep');
  expect(await costs()).toEqual([1400]);
  await say(id, 'trialAgain');
  expect(await costs()).toEqual([]);
});

test('what the customer buys becomes an order with its line, once', async () => {
  const { id } = await trialOf();
  await say(id, 'trialOut');
  const { body } = await say(id, 'trialOrder', { price: '1100' });
  const order = (await boss.get(`/orders/${body.id}`)).body;
  expect(order).toMatchObject({ customer: { id: ids.customer }, status: 'draft' });
  expect(order.lines).toMatchObject([{ name: '流量计', quantity: expect.stringMatching(/^2(\.0+)?$/) }]);
  expect(await read(id)).toMatchObject({ status: 'converted', order: { id: body.id } });
  expect((await say(id, 'trialOrder')).body.code).toBe('trial_state');
});

test('a worth one may not see is no price of the order either', async () => {
  const all = { read: 'all', create: 'all', update: 'all' } as const;
  const seller = await house.person({
    entities: {
      customer: { actions: all },
      product: { actions: all },
      order: { actions: all },
      trial: { actions: all, fields: { value: 'hidden' } },
    },
  });
  const priced = async (who: Person) => {
    const { id } = await trialOf({ value: cny('1234') });
    await say(id, 'trialOut');
    const { body } = await say(id, 'trialOrder', {}, who);
    return Number((await boss.get(`/orders/${body.id}`)).body.lines[0].price);
  };
  expect(await priced(boss)).toBe(617);
  expect(await priced(seller)).toBe(1200);
});

test('over the limit somebody has to agree first', async () => {
  expect((await boss.put('/trials/settings', { limit: '-1', escalateAfter: 3 })).status).toBe(422);
  await boss.put('/trials/settings', { limit: '2000', escalateAfter: 3 });
  const own = { read: 'self', create: 'self', update: 'self' } as const;
  const rights = {
    entities: {
      customer: { actions: own },
      trial: { actions: own },
      product: { actions: { read: 'all' } as const },
    },
  };
  const seller = await house.person(rights);
  await sql`update "user" set manager_id = ${boss.id} where id = ${seller.id}`.execute(house.services.db);
  const customer = (await seller.create('customers', { name: '西溪' })).id;
  const small = await trialOf({ customer, quantity: '1' }, seller);
  expect((await say(small.id, 'trialOut', {}, seller)).body.status).toBe('out');
  const large = await trialOf({ customer }, seller);
  const begun = (await say(large.id, 'trialOut', {}, seller)).body;
  expect(begun).toMatchObject({ status: 'approving' });
  expect((await boss.post(`/approvals/${begun.approval}/approve`, {})).status).toBe(200);
  expect(await read(large.id)).toMatchObject({ status: 'out', outOn: today });
  // What nobody knows the worth of in the company's currency is not small.
  const value = { amount: '100', currency: 'CHF' };
  const foreign = await trialOf({ customer, quantity: '1', value }, seller);
  expect((await say(foreign.id, 'trialOut', {}, seller)).body.status).toBe('approving');
  await boss.put('/trials/settings', { limit: null, escalateAfter: 3 });
});

test('the slip is printed for whoever sees it, and nobody else', async () => {
  const trial = await trialOf({ serialNumber: 'LL-0097', kind: 'loan' });
  const seller = { name: '上海关系科技有限公司', address: '张江路 88 号', usual: true };
  await boss.create('legal-entities', seller);
  const { raw, status } = await boss.get(`/trials/${trial.id}/pdf`);
  expect(status).toBe(200);
  const text = (await pagesOf(raw.rawPayload)).join('');
  for (const part of ['借条', '流量计', 'LL-0097', '杭州湖畔仪表', seller.name, seller.address])
    expect(text).toContain(part);
  const audit = (await boss.get(`/audit?recordId=${trial.id}`)).body.items;
  expect(audit[0]).toMatchObject({ action: 'export', note: expect.stringContaining(String(trial.number)) });
  const stranger = await house.person({ entities: { trial: { actions: { read: 'self' } } } });
  expect((await stranger.get(`/trials/${trial.id}/pdf`)).status).toBe(404);
  expect((await stranger.get('/trials/settings')).status).toBe(403);
  expect((await say(trial.id, 'trialOut', {}, stranger)).status).toBe(403);
});
