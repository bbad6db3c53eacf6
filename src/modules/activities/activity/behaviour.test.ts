import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Person, startTestApp, type TestApp } from '../../../platform/testing/app.ts';

let house: TestApp;
let admin: Person;
let customer: { id: string };
let contact: { id: string };

beforeAll(async () => {
  house = await startTestApp();
  admin = house.administrator;
  customer = await admin.create('customers', { name: '云鹤' });
  contact = await admin.create('contacts', { name: '林静', customer: customer.id });
});
afterAll(() => house.stop());

const tasksOf = async (activity: string, who = admin) =>
  (
    await who.get(
      `/tasks?filter=${encodeURIComponent(JSON.stringify({ field: 'activity', op: 'eq', value: activity }))}`,
    )
  ).body.items;

describe('a follow-up', () => {
  test('happened now unless told otherwise, and is a note', async () => {
    const made = await admin.create('activities', { content: '来电' });
    expect(made).toMatchObject({ kind: 'note', occurredAt: made.createdAt, subject: '来电' });
    const before = await admin.create('activities', {
      subject: '昨日',
      occurredAt: '2026-03-05T08:00:00+08:00',
    });
    expect(before.occurredAt).toBe('2026-03-05T00:00:00Z');
  });

  test.each<[string, object, string | null]>([
    ['its subject', { subject: '报价', content: '谈了报价' }, '报价'],
    ['the first line of its content', { content: '  谈了报价\n下周再谈' }, '谈了报价'],
    ['at most sixty characters', { content: '长'.repeat(200) }, '长'.repeat(60)],
    ['nothing where nothing was said', {}, null],
    ['whole characters, also rare ones', { content: '𠮷'.repeat(70) }, '𠮷'.repeat(60)],
  ])('is named by %s', async (_name, body, subject) => {
    expect((await admin.create('activities', body)).subject).toBe(subject);
  });

  test('keeps its name when its content changes', async () => {
    const made = await admin.create('activities', { content: '初稿' });
    expect((await admin.patch(`/activities/${made.id}`, { content: '改稿' })).body).toMatchObject({
      subject: '初稿',
    });
  });
});

describe('its place', () => {
  const here = { latitude: '30.251', longitude: '120.15', accuracy: 12 };
  const readAll = { read: 'all', create: 'all' } as const;
  let located: { id: string };
  beforeAll(async () => {
    located = await admin.create('customers', { name: '西湖仪表', latitude: '30.25', longitude: '120.15' });
  });

  test.each<[string, () => object, number | null]>([
    ['tells how far the customer is', () => ({ customer: located.id, ...here }), 111],
    ['of a customer nobody has placed tells nothing', () => ({ customer: customer.id, ...here }), null],
    ['without a customer tells nothing', () => here, null],
    ['that is only written tells nothing', () => ({ customer: located.id, place: '南门' }), null],
  ])('%s', async (_what, body, distance) => {
    const made = await admin.create('activities', { content: '在客户处', ...body() });
    expect(made).toMatchObject({ distance });
  });

  test('is told once, whole, and of this world', async () => {
    const { id } = await admin.create('activities', { content: '在客户处', ...here });
    expect((await admin.patch(`/activities/${id}`, { latitude: '31' })).status).toBe(422);
    const half = await admin.post('/activities', { content: '一半', latitude: '30' });
    expect(half.body.errors).toMatchObject([{ path: 'longitude', code: 'place_incomplete' }]);
    expect((await admin.post('/activities', { content: '天外', ...here, latitude: '91' })).status).toBe(422);
  });

  test('does not give away where a customer is to whom that is hidden', async () => {
    const blind = await house.person({
      entities: {
        customer: { actions: readAll, fields: { latitude: 'hidden' } },
        activity: { actions: readAll },
      },
    });
    expect(
      await blind.create('activities', { content: '问路', customer: located.id, ...here }),
    ).toMatchObject({ distance: null });
  });
});

describe('its next date', () => {
  test('becomes a task for whoever followed up, for the same customer and person', async () => {
    const made = await admin.create('activities', {
      kind: 'visit',
      subject: '看样品',
      customer: customer.id,
      contacts: [contact.id],
      nextDate: '2026-12-01',
      nextStep: '寄报价单',
    });
    expect(await tasksOf(made.id)).toMatchObject([
      {
        subject: '寄报价单',
        dueDate: '2026-12-01',
        status: 'open',
        customer: { id: customer.id },
        contact: { id: contact.id },
        owner: { id: admin.id },
      },
    ]);
  });

  test('without a next step the task says to go on with the subject; without a date there is none', async () => {
    const made = await admin.create('activities', { subject: '看样品', nextDate: '2026-12-01' });
    expect((await tasksOf(made.id))[0].subject).toBe('继续跟进：看样品');
    const none = await admin.create('activities', { subject: '看样品', nextStep: '以后再说' });
    expect(await tasksOf(none.id)).toEqual([]);
  });

  test('of a long subject the task takes the first words', async () => {
    const made = await admin.create('activities', { subject: '长'.repeat(200), nextDate: '2026-12-01' });
    expect((await tasksOf(made.id))[0].subject).toBe(`继续跟进：${'长'.repeat(60)}`);
  });

  test('changing the follow-up later makes no second task', async () => {
    const made = await admin.create('activities', { subject: '一次', nextDate: '2026-12-01' });
    await admin.patch(`/activities/${made.id}`, { nextDate: '2026-12-05' });
    expect(await tasksOf(made.id)).toHaveLength(1);
  });

  test('who may not make tasks keeps the date alone', async () => {
    const actions = { read: 'self', create: 'self' } as const;
    const writer = await house.person({ entities: { activity: { actions } } });
    const made = await writer.create('activities', { subject: '不要任务', nextDate: '2026-12-01' });
    expect(made.nextDate).toBe('2026-12-01');
    expect(await tasksOf(made.id)).toEqual([]);
  });

  test('where the task cannot be made, neither is the follow-up, and the reason stands at the date', async () => {
    const actions = { read: 'self', create: 'self' } as const;
    const writer = await house.person({
      entities: { activity: { actions }, task: { actions, fields: { dueDate: 'read' } } },
    });
    const refused = await writer.post('/activities', { subject: '没有截止日', nextDate: '2026-12-01' });
    expect(refused.body.errors).toMatchObject([{ path: 'nextDate', code: 'field_not_writable' }]);
    expect((await writer.get('/activities?count=true')).body.total).toBe(0);
  });
});

describe('a task', () => {
  test('remembers when it was done, until it is opened again', async () => {
    const { id } = await admin.create('tasks', { subject: '打电话' });
    const set = async (body: object) => (await admin.patch(`/tasks/${id}`, body)).body;
    const done = await set({ status: 'done' });
    expect(done.doneAt).toBe(done.updatedAt);
    expect(await set({ status: 'done', remark: '补一句' })).toMatchObject({
      doneAt: done.doneAt,
      remark: '补一句',
    });
    expect(await set({ status: 'open' })).toMatchObject({ doneAt: null });
    expect((await admin.create('tasks', { subject: '早做完', status: 'done' })).doneAt).toBeTypeOf('string');
    expect(await set({ doneAt: '2026-01-01T00:00:00Z' })).toMatchObject({ status: 422 });
  });
});
