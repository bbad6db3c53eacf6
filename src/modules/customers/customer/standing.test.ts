import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Person, startTestApp, type TestApp } from '../../../platform/testing/app.ts';

let house: TestApp;
let admin: Person;

beforeAll(async () => {
  house = await startTestApp();
  admin = house.administrator;
});
afterAll(() => house.stop());

const customer = async (name: string) => (await admin.create('customers', { name })).id;
const status = async (id: string) => (await admin.get(`/customers/${id}`)).body.status;

describe('letting go and blocking', () => {
  test.each([
    ['abandon', 'abandoned'],
    ['block', 'blocked'],
  ])('%s needs a reason, is audited, and can be taken back', async (verb, stands) => {
    const id = await customer(`客户${verb}`);
    expect(await status(id)).toBe('active');
    expect((await admin.post(`/customers/${id}/${verb}`, {})).status).toBe(422);
    expect((await admin.post(`/customers/${id}/${verb}`, { reason: '长期亏损' })).body).toMatchObject({
      status: stands,
    });
    expect(await status(id)).toBe(stands);
    expect((await admin.post(`/customers/${id}/${verb}`, { reason: '再来' })).body.code).toBe(
      'standing_same',
    );
    const { items } = (await admin.get(`/audit?recordId=${id}`)).body;
    expect(items.map(({ action }: { action: string }) => action)).toContain(verb);
    // It is found still, and lists know what they leave out.
    expect((await admin.get(`/customers?q=客户${verb}`)).body.items).toHaveLength(1);
    const [group] = (await admin.get(`/search?q=客户${verb}&entities=customer`)).body.groups;
    expect(group.items[0].mark).toBe(verb === 'abandon' ? '已放弃' : undefined);
    const { entities } = (await admin.get('/meta')).body;
    const meta = entities.find(({ name }: { name: string }) => name === 'customer');
    expect(meta.list.leavesOut).toEqual({ field: 'status', values: ['abandoned'] });
    expect((await admin.post(`/customers/${id}/reinstate`, { reason: '已还款' })).body.status).toBe('active');
    expect(await status(id)).toBe('active');
  });

  test('nobody writes the standing by the form, and who may not change the customer decides nothing', async () => {
    const id = await customer('只读');
    expect((await admin.patch(`/customers/${id}`, { status: 'blocked' })).status).toBe(422);
    const reader = await house.person({ entities: { customer: { actions: { read: 'all' } } } });
    expect((await reader.post(`/customers/${id}/block`, { reason: '试试' })).status).toBe(403);
  });

  test('with a blocked customer no new work begins, what there is can be ended', async () => {
    const id = await customer('拉黑');
    const task = await admin.create('tasks', { subject: '旧任务', customer: id });
    const other = await admin.create('tasks', { subject: '别家的任务', customer: await customer('别家') });
    await admin.post(`/customers/${id}/block`, { reason: '欺诈' });
    const refused = await admin.post('/tasks', { subject: '新任务', customer: id });
    expect([refused.status, refused.body.errors[0].code]).toEqual([422, 'customer_blocked']);
    expect((await admin.patch(`/tasks/${other.id}`, { customer: id })).status).toBe(422);
    expect((await admin.patch(`/tasks/${task.id}`, { status: 'done' })).status).toBe(200);
    await admin.post(`/customers/${id}/reinstate`, { reason: '查清了' });
    expect((await admin.post('/tasks', { subject: '新任务', customer: id })).status).toBe(201);
  });
});
