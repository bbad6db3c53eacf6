import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inTransaction } from '../../../platform/context/transaction.ts';
import { emit } from '../../../platform/events/events.ts';
import { type Person, startTestApp, type TestApp } from '../../../platform/testing/app.ts';
import { callSilent, type Plan, plansOf } from './make.ts';

let house: TestApp;
let admin: Person;

beforeAll(async () => {
  house = await startTestApp();
  admin = house.administrator;
});
afterAll(() => house.stop());

const plan = async (values: object): Promise<Plan> => {
  const { id } = await admin.create('call-back-plans', { name: '老客户', days: 30, ...values });
  const plans = await Promise.all(
    ['silent', 'sale', 'repair'].map(async (each) => plansOf(await house.context(), each)),
  );
  return plans.flat().find((each) => each.id === id) as Plan;
};
const quiet = async (name: string, city?: string) => {
  const { id } = await admin.create('customers', { name, ...(city ? { city } : {}) });
  const occurredAt = '2026-01-05T02:00:00Z';
  await admin.create('activities', { kind: 'call', content: '上次', customer: id, occurredAt });
  await house.follow();
  return id;
};
const callsOf = async (of: Plan) => {
  const filter = encodeURIComponent(JSON.stringify({ field: 'plan', op: 'eq', value: of.id }));
  return (await admin.get(`/call-backs?filter=${filter}`)).body.items;
};

test('silent customers are called back once for each silence, at most so many a night', async () => {
  for (const name of ['甲', '乙', '丙']) await quiet(name);
  await admin.create('customers', { name: '昨天来的' });
  const of = await plan({ perDay: 2 });
  const ctx = await house.context();
  expect(await callSilent(ctx, of)).toBe(2);
  expect(await callSilent(ctx, of)).toBe(1);
  expect(await callSilent(ctx, of)).toBe(0);
  const calls = await callsOf(of);
  expect(calls.map((each: { customer: { title: string } }) => each.customer.title).toSorted()).toEqual(
    ['甲', '乙', '丙'].toSorted(),
  );
  await admin.post(`/call-backs/${calls[0].id}/skip`);
  expect(await callSilent(ctx, of)).toBe(0);
  await admin.patch(`/call-back-plans/${of.id}`, { active: false });
  expect(await plansOf(ctx, 'silent')).toEqual([]);
});

test('of a segment only its members', async () => {
  const there = await quiet('沪上', '上海市');
  const segment = await admin.create('segments', {
    name: '上海',
    definition: { field: 'city', op: 'eq', value: '上海市' },
  });
  const of = await plan({ segment: segment.id });
  await callSilent(await house.context(), of);
  expect((await callsOf(of)).map((each: { customer: { id: string } }) => each.customer.id)).toEqual([there]);
});

test('an answered call-back is a call on the timeline with its answers', async () => {
  const customer = await quiet('应答');
  const call = await admin.create('call-backs', { subject: '换货后', customer, dueDate: '2026-12-01' });
  const answers = [
    { question: '机器好用吗？', answer: '好用' },
    { question: '还缺什么？', answer: '' },
  ];
  await admin.post(`/call-backs/${call.id}/answer`, { answers, minutes: '很满意' });
  const { items } = (await admin.get(`/customers/${customer}/timeline?category=contact`)).body;
  expect(items[0]).toMatchObject({ kind: 'call', record: { content: '机器好用吗？\n好用\n\n很满意' } });
  await admin.post(`/call-backs/${call.id}/reopen`);
  expect((await admin.get(`/call-backs/${call.id}`)).body).toMatchObject({ status: 'open', activity: null });
});

test('a sale calls its customers back, each once however often it is told', async () => {
  const customer = await quiet('成交');
  const of = await plan({ trigger: 'sale', days: 0 });
  const ctx = await house.context();
  const event = {
    name: 'order.completed',
    entity: 'customer',
    recordIds: [],
    payload: { customers: [customer] },
  };
  await inTransaction(ctx, (inner) => emit(inner, event));
  await house.follow();
  expect(await callsOf(of)).toMatchObject([{ customer: { id: customer }, status: 'open' }]);
  await sql`delete from event_cursor where subscriber = 'work.callBacks'`.execute(house.services.db);
  await house.follow();
  expect(await callsOf(of)).toHaveLength(1);
});

test('each plan tells how far it is, within what one sees', async () => {
  const rights = (fields?: Record<string, 'hidden'>) => ({
    entities: {
      customer: { actions: { read: 'self', create: 'self' } as const },
      callBack: {
        actions: { read: 'self', create: 'self', update: 'self' } as const,
        ...(fields ? { fields } : {}),
      },
      callBackPlan: { actions: { read: 'all' } as const },
      activity: { actions: { read: 'self', create: 'self' } as const },
    },
  });
  const of = await plan({ name: '数一数' });
  const seller = await house.person(rights());
  const { id: customer } = await seller.create('customers', { name: '数数的厂' });
  const made: string[] = [];
  for (const dueDate of ['2026-01-05', '2099-01-05', '2099-01-06', '2099-01-07'])
    made.push((await seller.create('call-backs', { subject: '回访', customer, dueDate, plan: of.id })).id);
  await seller.post(`/call-backs/${made[2]}/skip`);
  await seller.post(`/call-backs/${made[3]}/answer`, { minutes: '都好' });
  const counts = async (who: Person) =>
    (await who.get('/call-back-plans/counts')).body.items.filter(
      (each: { plan: string }) => each.plan === of.id,
    );
  const expected = [{ plan: of.id, open: 2, late: 1, done: 1, skipped: 1 }];
  expect(await counts(seller)).toEqual(expected);
  expect(await counts(admin)).toEqual(expected);
  expect(await counts(await house.person(rights()))).toEqual([]);
  expect(await counts(await house.person(rights({ status: 'hidden' })))).toEqual([]);
  expect(await counts(await house.person({ entities: {} }))).toEqual([]);
});

test('a plan that makes nothing says why, to whoever sees it', async () => {
  const broken = async (who: Person, id: string) =>
    (await who.get('/call-back-plans/broken')).body.items.find((each: { plan: string }) => each.plan === id)
      ?.reason;
  const segment = await admin.create('segments', {
    name: '高分',
    definition: { field: 'city', op: 'eq', value: '宁波市' },
  });
  const of = await plan({ segment: segment.id });
  expect(await broken(admin, of.id)).toBeUndefined();
  // As a field that is removed leaves it.
  const lost = JSON.stringify({ field: 'x_gone', op: 'eq', value: '宁波市' });
  await sql`update segment set definition = ${lost}::jsonb where id = ${segment.id}`.execute(
    house.services.db,
  );
  expect(await broken(admin, of.id)).toBe('segment');
  await admin.patch(`/call-back-plans/${of.id}`, { active: false });
  expect(await broken(admin, of.id)).toBeUndefined();

  const owner = await house.person({ entities: { customer: { actions: { read: 'all' } } } });
  const theirs = await plan({ owner: owner.id });
  expect(await broken(admin, theirs.id)).toBeUndefined();
  await admin.post(`/users/${owner.id}/deactivate`);
  expect(await broken(admin, theirs.id)).toBe('owner');
  const stranger = await house.person({ entities: { callBackPlan: { actions: { read: 'self' } } } });
  expect(await broken(stranger, theirs.id)).toBeUndefined();
  expect((await (await house.person({ entities: {} })).get('/call-back-plans/broken')).body.items).toEqual(
    [],
  );
});
