import { afterAll, beforeAll, expect, test } from 'vitest';
import { step, useFlow } from '../approvals/testing/company.ts';
import { eventually, type Person, startTestApp, type TestApp } from '../testing/app.ts';

let house: TestApp;
let asker: Person;
let boss: Person;

beforeAll(async () => {
  house = await startTestApp();
  asker = await house.person({
    entities: { customer: { actions: { read: 'self', create: 'self', export: 'self' } } },
  });
  boss = await house.person({});
  for (const name of ['甲', '乙', '丙']) await asker.create('customers', { name });
  await house.app.startBackground();
});
afterAll(() => house?.stop());

const wish = { entity: 'customer', format: 'csv' };
const done = (id: string) =>
  eventually(async () => {
    const { body } = await asker.get(`/exports/${id}`);
    return body.state === 'done' && body;
  });

test('without a flow a file is written at once', async () => {
  const made = await asker.post('/exports', wish);
  expect(made.body).toMatchObject({ approval: null });
  expect((await done(made.body.id)).progress.done).toBe(3);
});

test('from so many rows on it waits for approval, and is written in the name of who asked', async () => {
  await useFlow(
    house,
    [
      {
        kind: 'branch',
        id: 'f',
        branches: [
          {
            id: 'b1',
            name: '多',
            when: { field: 'rows', op: 'gt', value: 2 },
            nodes: [step('主管', [boss])],
          },
          { id: 'b2', name: '少', when: null, nodes: [{ kind: 'end', id: 'e', outcome: 'approved' }] },
        ],
      },
    ],
    'export',
  );
  const few = await asker.post('/exports', { ...wish, filter: { field: 'name', op: 'eq', value: '甲' } });
  expect(few.body.approval).toMatchObject({ status: 'approved' });
  expect((await done(few.body.id)).progress.done).toBe(1);
  const many = await asker.post('/exports', wish);
  expect(many.body).toMatchObject({ state: 'waiting', jobId: null, approval: { status: 'running' } });
  const sheet = await boss.get(`/approvals/${many.body.approval.id}`);
  expect(sheet.body).toMatchObject({
    subject: { label: '导出数据' },
    lines: [{ value: '客户' }, { value: '3' }, { value: 'CSV' }],
  });
  expect((await boss.post(`/approvals/${many.body.approval.id}/approve`)).status).toBe(200);
  await done(many.body.id);
  expect((await asker.get(`/exports/${many.body.id}/content`)).status).toBe(200);
  expect((await boss.get(`/exports/${many.body.id}/content`)).status).toBe(404);
});

test('refused, there is no file and the reason is told', async () => {
  const many = await asker.post('/exports', wish);
  await boss.post(`/approvals/${many.body.approval.id}/reject`, { comment: '不行' });
  expect((await asker.get(`/exports/${many.body.id}`)).body).toMatchObject({
    state: 'failed',
    error: 'export_refused',
  });
  expect((await asker.get(`/exports/${many.body.id}/content`)).status).toBe(409);
});

test('it cannot be begun by hand, past the export itself', async () => {
  const answer = await asker.post('/approvals', { subject: 'export', input: { export: asker.id } });
  expect([answer.status, answer.body.code]).toEqual([403, 'approval_not_by_hand']);
});
