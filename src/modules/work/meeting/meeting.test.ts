import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Person, startTestApp, type TestApp } from '../../../platform/testing/app.ts';

let house: TestApp;
let admin: Person;
let customer: string;
let meeting: string;

beforeAll(async () => {
  house = await startTestApp();
  admin = house.administrator;
});
beforeEach(async () => {
  customer = (await admin.create('customers', { name: `云鹤${Math.random()}` })).id;
  const values = { objective: '谈年框', customer, date: '2026-12-01', question1: '谁签字？' };
  meeting = (await admin.create('meetings', values)).id;
});
afterAll(() => house.stop());

const close = (body: object) => admin.post(`/meetings/${meeting}/close`, body);

test('is not planned without an objective', async () => {
  const refused = await admin.post('/meetings', { customer, date: '2026-12-01' });
  expect(refused.body.errors).toMatchObject([{ path: 'objective', code: 'required' }]);
});

describe('closing', () => {
  test.each<[string, object]>([
    ['a task', { tasks: [{ subject: '寄合同' }] }],
    ['a promise', { promises: [{ what: '报价', dueDate: '2030-01-01' }] }],
    ['the next date', { nextDate: '2030-01-01' }],
    ['a reason why nothing follows', { noFollowUp: '客户已停产' }],
  ])('with %s', async (_what, body) => {
    expect((await close({ minutes: '谈妥', ...body })).status).toBe(200);
    expect((await admin.get(`/meetings/${meeting}`)).body.status).toBe('done');
  });

  test('with nothing that follows is refused, and nothing is written', async () => {
    const refused = await close({ minutes: '聊得不错' });
    expect(refused.body.errors).toMatchObject([{ path: 'noFollowUp', code: 'meeting_no_follow_up' }]);
    const { items } = (await admin.get(`/customers/${customer}/timeline?category=contact`)).body;
    expect(items).toEqual([]);
  });

  test('writes what was learned into the follow-up', async () => {
    await close({ minutes: '谈妥', answer1: '李总', nextDate: '2030-01-01' });
    const { items } = (await admin.get(`/customers/${customer}/timeline?category=contact`)).body;
    expect(items).toMatchObject([
      { kind: 'meeting', title: '谈年框', record: { content: '谈妥\n\n谁签字？\n李总' } },
    ]);
  });
});

describe('what changed since last time', () => {
  test('is everything after the last visit or meeting, and nothing before', async () => {
    await admin.create('activities', {
      kind: 'visit',
      content: '上次拜访',
      customer,
      occurredAt: '2026-01-05T02:00:00Z',
    });
    await admin.create('activities', {
      kind: 'call',
      content: '更早',
      customer,
      occurredAt: '2025-12-01T02:00:00Z',
    });
    await admin.create('activities', {
      kind: 'call',
      content: '之后来电',
      customer,
      occurredAt: '2026-02-01T02:00:00Z',
    });
    const { body } = await admin.get(`/meetings/${meeting}/since`);
    expect(body.last).toMatchObject({ kind: 'visit', subject: '上次拜访' });
    const told = body.items.map(({ title }: { title: string }) => title);
    expect(told).toContain('之后来电');
    expect(told).not.toContain('更早');
    expect(told).not.toContain('上次拜访');
  });

  test('is told within the reader’s sight alone', async () => {
    const seller = await house.person({
      entities: { meeting: { actions: { read: 'self' } }, customer: { actions: { read: 'self' } } },
    });
    await admin.create('activities', {
      kind: 'visit',
      content: '机密',
      customer,
      occurredAt: '2026-01-05T02:00:00Z',
    });
    await admin.patch(`/meetings/${meeting}`, { owner: seller.id });
    const { body } = await seller.get(`/meetings/${meeting}/since`);
    expect(JSON.stringify(body)).not.toContain('机密');
  });
});
