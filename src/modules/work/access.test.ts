import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { executeJob } from '../../platform/jobs/execute.ts';
import { type Person, startTestApp, type TestApp } from '../../platform/testing/app.ts';
import { callBackJob } from './call-back/jobs.ts';

let house: TestApp;
let admin: Person;
let customer: string;

beforeAll(async () => {
  house = await startTestApp();
  admin = house.administrator;
  customer = (await admin.create('customers', { name: '云鹤机械' })).id;
});
afterAll(() => house.stop());

const day = (ahead: number) =>
  Temporal.Now.zonedDateTimeISO('Asia/Shanghai').toPlainDate().add({ days: ahead }).toString();
const all = { read: 'all', create: 'all', update: 'all' } as const;
/** Somebody who has work of each kind to do, and may not see these fields of it. */
const blindTo = (hidden: Record<string, readonly string[]>) =>
  house.person({
    entities: Object.fromEntries(
      [
        'customer',
        'contact',
        'activity',
        'task',
        'promise',
        'visit',
        'meeting',
        'callBack',
        'workReport',
      ].map((name) => [
        name,
        {
          actions: all,
          fields: Object.fromEntries((hidden[name] ?? []).map((field) => [field, 'hidden' as const])),
        },
      ]),
    ),
  });

describe('hidden fields', () => {
  test('are not told by the lines of the day', async () => {
    const who = await blindTo({
      promise: ['what'],
      visit: ['objective'],
      meeting: ['objective'],
      callBack: ['subject'],
      task: ['subject'],
    });
    const common = { customer, owner: who.id };
    await admin.create('promises', { ...common, what: '机密承诺', dueDate: day(1) });
    await admin.create('visits', { ...common, objective: '机密拜访', date: day(0) });
    await admin.create('meetings', { ...common, objective: '机密会议', date: day(0) });
    await admin.create('call-backs', { ...common, subject: '机密回访', dueDate: day(0) });
    await admin.create('tasks', { ...common, subject: '机密任务', dueDate: day(0) });
    const { body, raw } = await who.get('/today');
    expect(body.items.map(({ kind }: { kind: string }) => kind).sort()).toEqual([
      'callBack',
      'meeting',
      'promise',
      'task',
      'visit',
    ]);
    expect(raw.body).not.toContain('机密');
  });

  test('leave out lines that could only be found by them', async () => {
    const who = await blindTo({ promise: ['dueAt'], customer: ['lastContactAt'] });
    await admin.create('promises', { customer, owner: who.id, what: '没有日期', dueDate: day(-1) });
    const { id } = await admin.create('customers', { name: '久未联系', owner: who.id });
    await admin.create('activities', {
      kind: 'call',
      content: '很久以前',
      customer: id,
      occurredAt: `${day(-90)}T02:00:00Z`,
    });
    await house.follow();
    expect((await who.get('/today')).body.items).toEqual([]);
  });

  test('are not guessed by numbers of a period', async () => {
    const period = `from=${day(-30)}&to=${day(30)}`;
    const rates = async (hidden: string, query: string) =>
      (await (await blindTo({ promise: [hidden] })).get(`/promises/keep-rate?${period}&${query}`)).status;
    expect(await rates('status', 'by=all')).toBe(403);
    expect(await rates('owner', 'by=owner')).toBe(403);
    expect(await rates('owner', `by=all&owner=${admin.id}`)).toBe(403);
    expect(await rates('owner', 'by=customer')).toBe(200);
    const who = await blindTo({ promise: ['status', 'dueAt'], activity: ['occurredAt'] });
    const names = (await who.get('/today/month')).body.figures.map(({ name }: { name: string }) => name);
    expect(names).toEqual(['visits', 'customers']);
  });

  test('leave figures out of a report, which opens all the same', async () => {
    const who = await blindTo({ promise: ['status'], activity: ['kind'] });
    const { status, body } = await who.get('/work-reports/mine?kind=day');
    const names = body.figures?.map(({ name }: { name: string }) => name);
    expect([status, names?.includes('promisesKept'), names?.includes('newCustomers')]).toEqual([
      200,
      false,
      true,
    ]);
  });

  test('are no day, owner or state in a calendar', async () => {
    const query = `/calendar/items?from=${day(0)}&to=${day(5)}&people=${admin.id}`;
    await admin.create('visits', { objective: '看产线', customer, date: day(3) });
    const seen = async (hidden: string) =>
      (await (await blindTo({ visit: [hidden] })).get(query)).body.items.filter(
        ({ entity }: { entity: string }) => entity === 'visit',
      );
    expect(await seen('minutes')).toHaveLength(1);
    expect(await seen('owner')).toEqual([]);
    expect(await seen('status')).toEqual([]);
    expect((await seen('customer'))[0].customer).toBe(null);
  });
});

describe('two at once', () => {
  const visit = async () =>
    (await admin.create('visits', { objective: '看产线', customer, date: day(0) })).id;
  test.each([
    ['check in', 'visits', visit, 'check-in', { latitude: 30, longitude: 120 }, 'state_refused'],
    [
      'keep',
      'promises',
      async () => (await admin.create('promises', { what: '报价', customer, dueDate: day(1) })).id,
      'keep',
      {},
      'state_refused',
    ],
    [
      'answer',
      'call-backs',
      async () => (await admin.create('call-backs', { subject: '回访', customer, dueDate: day(0) })).id,
      'answer',
      { minutes: '满意' },
      'state_refused',
    ],
  ])('%s once', async (_, plural, make, verb, body, code) => {
    const id = await make();
    const answers = await Promise.all([1, 2].map(() => admin.post(`/${plural}/${id}/${verb}`, body)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(answers.find(({ status }) => status === 409)?.body.code).toBe(code);
  });

  test('the same request sent again is done once and answers the same', async () => {
    const id = await visit();
    const once = () =>
      admin.post(`/visits/${id}/finish`, { minutes: '谈妥' }, { 'idempotency-key': `finish-${id}` });
    const [first, again] = [await once(), await once()];
    expect([again.status, again.body]).toEqual([first.status, first.body]);
  });
});

test('what was written down can be taken back though its follow-up is gone', async () => {
  const { id } = await admin.create('visits', { objective: '看产线', customer, date: day(0) });
  const { body } = await admin.post(`/visits/${id}/finish`, { minutes: '谈妥' });
  expect((await admin.delete(`/activities/${body.activity}`)).status).toBe(204);
  expect(await admin.post(`/visits/${id}/reopen`)).toMatchObject({
    status: 200,
    body: { status: 'planned' },
  });
});

test('without the device’s place a check-in asks for both place and photo, and nothing is kept', async () => {
  const { id } = await admin.create('visits', { objective: '看产线', customer, date: day(0) });
  const codes = async (body: object) =>
    (await admin.post(`/visits/${id}/check-in`, body)).body.errors?.map(
      (each: { path: string; code: string }) => `${each.path} ${each.code}`,
    );
  expect(await codes({})).toEqual(['place check_in_incomplete', 'photo check_in_incomplete']);
  expect(await codes({ latitude: 30 })).toEqual(['place check_in_incomplete', 'photo check_in_incomplete']);
  expect(await codes({ place: '厂门口' })).toEqual(['photo check_in_incomplete']);
  expect((await admin.get(`/visits/${id}`)).body.status).toBe('planned');
});

test('a call-back plan whose segment is broken holds no other up', async () => {
  const segment = await admin.create('segments', {
    name: '坏的客群',
    entity: 'customer',
    kind: 'live',
    definition: { field: 'city', op: 'eq', value: '杭州市' },
  });
  await admin.create('call-back-plans', { name: '坏的', trigger: 'silent', days: 1, segment: segment.id });
  await admin.create('call-back-plans', { name: '好的', trigger: 'silent', days: 1 });
  const { id } = await admin.create('customers', { name: '静默的' });
  await sql`update customer set created_at = now() - interval '90 days' where id = ${id}`.execute(
    house.services.db,
  );
  await sql`update segment set definition = '{"field": "x_gone", "op": "eq", "value": "甲"}' where id = ${segment.id}`.execute(
    house.services.db,
  );
  const { rows } = await sql<{ id: string }>`insert into job (id, name, input, state)
    values (uuidv7(), ${callBackJob.name}, '{}', 'queued') returning id`.execute(house.services.db);
  await executeJob(house.services, callBackJob, rows[0]?.id as string, new AbortController().signal).catch(
    () => {},
  );
  const filter = encodeURIComponent(JSON.stringify({ field: 'customer', op: 'eq', value: id }));
  const made = (await admin.get(`/call-backs?filter=${filter}`)).body.items;
  expect(made.map(({ subject }: { subject: string }) => subject)).toEqual(['好的']);
});
