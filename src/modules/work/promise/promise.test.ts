import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Person, startTestApp, type TestApp } from '../../../platform/testing/app.ts';
import { tellDue } from '../watch/job.ts';

let house: TestApp;
let admin: Person;
let customer: string;

beforeAll(async () => {
  house = await startTestApp();
  admin = house.administrator;
});
beforeEach(async () => {
  customer = (await admin.create('customers', { name: `云鹤${Math.random()}` })).id;
});
afterAll(() => house.stop());

const promise = (body: object, who = admin) => who.create('promises', { what: '报价', customer, ...body });
const say = (id: string, verb: string, body: object = {}) => admin.post(`/promises/${id}/${verb}`, body);
const read = async (id: string) => (await admin.get(`/promises/${id}`)).body;

describe('a promise', () => {
  test('without a date is refused', async () => {
    const refused = await admin.post('/promises', { what: '报价', customer });
    expect([refused.status, refused.body.errors]).toMatchObject([
      422,
      [{ path: 'dueDate', code: 'promise_no_date' }],
    ]);
  });

  test('is kept, and that can be taken back', async () => {
    const { id } = await promise({ dueDate: '2030-03-01' });
    expect((await say(id, 'keep')).body).toEqual({ status: 'kept' });
    expect(await read(id)).toMatchObject({ status: 'kept', settledAt: expect.any(String) });
    expect((await say(id, 'reopen')).body).toEqual({ status: 'open' });
    expect(await read(id)).toMatchObject({ status: 'open', settledAt: null });
  });

  test('is broken only with a reason', async () => {
    const { id } = await promise({ dueDate: '2030-03-01' });
    expect((await say(id, 'break')).status).toBe(422);
    expect((await say(id, 'break', { reason: '工厂停电' })).status).toBe(200);
    expect(await read(id)).toMatchObject({ status: 'broken', reason: '工厂停电' });
  });

  test('agreed on for another day keeps the day before, and comes back to that state', async () => {
    const { id, dueAt } = await promise({ dueDate: '2030-03-01' });
    expect((await say(id, 'renegotiate', { dueDate: '2030-04-01', reason: '客户要晚点' })).status).toBe(200);
    expect(await read(id)).toMatchObject({ status: 'renegotiated', dueDate: '2030-04-01' });
    const { rows } = await sql<{ former: { dueAt: string; reason: string }[] }>`
      select former_dates as former from promise where id = ${id}`.execute(house.services.db);
    expect(rows[0]?.former).toMatchObject([{ dueAt, dueDate: '2030-03-01', reason: '客户要晚点' }]);
    await say(id, 'keep');
    expect((await say(id, 'reopen')).body).toEqual({ status: 'renegotiated' });
  });

  test.each<[string, string, object, string]>([
    ['kept', 'keep', {}, 'state_refused'],
    ['kept', 'break', { reason: '晚了' }, 'state_refused'],
    ['broken', 'keep', {}, 'state_refused'],
    ['open', 'reopen', {}, 'promise_still_open'],
  ])('%s, it refuses to %s', async (state, verb, body, code) => {
    const { id } = await promise({ dueDate: '2030-03-01' });
    if (state === 'kept') await say(id, 'keep');
    if (state === 'broken') await say(id, 'break', { reason: '忘了' });
    const refused = await say(id, verb, body);
    expect([refused.status, refused.body.code]).toEqual([409, code]);
  });

  test('takes no new day in the past, and none written over', async () => {
    const { id } = await promise({ dueDate: '2030-03-01' });
    const past = await say(id, 'renegotiate', { dueDate: '2020-01-01', reason: '误' });
    expect(past.body.errors).toMatchObject([{ code: 'promise_date_past' }]);
    const over = await admin.patch(`/promises/${id}`, { dueDate: '2030-05-01' });
    expect(over.body.errors).toMatchObject([{ path: 'dueDate', code: 'field_immutable' }]);
  });
});

describe('what is due is told', () => {
  const due = (id: string, hoursAgo: number, escalated = 1) =>
    sql`update promise set due_at = now() - ${hoursAgo} * interval '1 hour',
      escalate_at = now() - ${escalated} * interval '1 minute' where id = ${id}`.execute(house.services.db);
  const told = async (id: string) =>
    (
      await sql<{ kind: string; user_id: string }>`select kind, user_id from notification
        where record_id = ${id} order by kind`.execute(house.services.db)
    ).rows;

  test('to its owner and his manager, each once, and not once it is kept', async () => {
    const manager = await house.person({ entities: {} });
    const entities = {
      promise: { actions: { read: 'self', create: 'self' } },
      customer: { actions: { read: 'all' } },
    } as const;
    const seller = await house.person({ entities });
    await admin.patch(`/users/${seller.id}`, { manager: manager.id });
    const late = await promise({ dueDate: '2030-03-01' }, seller);
    const kept = await promise({ dueDate: '2030-03-01' }, seller);
    await say(kept.id, 'keep');
    for (const { id } of [late, kept]) await due(id, 2);
    const ctx = await house.context();
    await tellDue(ctx);
    await tellDue(ctx);
    expect(await told(late.id)).toEqual([
      { kind: 'promise.escalate', user_id: manager.id },
      { kind: 'promise.overdue', user_id: seller.id },
    ]);
    expect(await told(kept.id)).toEqual([]);
    // Looking again from the beginning tells nobody twice.
    await sql`delete from work_watch`.execute(house.services.db);
    await tellDue(await house.context());
    expect(await told(late.id)).toHaveLength(2);
  });
});

describe('the rate of promises kept', () => {
  test('counts what is overdue as not kept, for each person, with the list behind it', async () => {
    const [kept, broken, late] = await Promise.all([1, 2, 3].map(() => promise({ dueDate: '2031-03-10' })));
    await promise({ dueDate: '2031-04-10' });
    await say(kept!.id, 'keep');
    await say(broken!.id, 'break', { reason: '缺货' });
    await sql`update promise set due_at = '2021-03-10T12:00:00Z' where id = any(${[kept!.id, broken!.id, late!.id]}::uuid[])`.execute(
      house.services.db,
    );
    const { items } = (await admin.get('/promises/keep-rate?by=customer&from=2021-03-01&to=2021-03-31')).body;
    expect(items).toMatchObject([{ id: customer, kept: 1, broken: 1, overdue: 1, rate: 33 }]);
    const list = await admin.get(
      `/promises?filter=${encodeURIComponent(JSON.stringify(items[0].filters.due))}&count=true`,
    );
    expect(list.body.total).toBe(3);
    await house.follow();
    expect((await admin.get(`/customers/${customer}`)).body).toMatchObject({ openPromises: 2, keepRate: 33 });
  });
});
