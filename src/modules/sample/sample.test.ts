import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually, startTestApp, type TestApp } from '../../platform/testing/app.ts';
import { checkTaxNumber } from '../../platform/text/tax-number.ts';
import { sampleCustomer } from './company.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
  await app.app.startBackground();
});
afterAll(() => app.stop());

const having = async (plural: string, field: string, value: string) =>
  count(`/${plural}?filter=${encodeURIComponent(JSON.stringify({ field, op: 'eq', value }))}`);
const count = async (path: string) =>
  (await app.administrator.get(`${path}${path.includes('?') ? '&' : '?'}limit=1&count=true`)).body;

test('sample customers are the same every time, with valid tax numbers and nobody’s phone', () => {
  const products = ['温控柜'];
  expect(sampleCustomer(5, products)).toEqual(sampleCustomer(5, products));
  for (let index = 0; index < 300; index++) {
    const { values, contacts } = sampleCustomer(index, products);
    if (values.taxNumber) expect(checkTaxNumber(values.taxNumber as string).note).toBeUndefined();
    for (const contact of contacts) expect(contact.phone).toMatch(/^1990000\d{4}$/);
  }
});

/** What the pages of sales are made of; an empty one teaches nobody what it is for. */
async function everyPageOfSalesSaysSomething() {
  const { administrator } = app;
  for (const path of [
    '/competitors',
    '/competitor-prices',
    '/market-notes',
    '/stakeholders',
    '/dunning-steps',
  ])
    expect((await count(path)).total, path).toBeGreaterThan(2);
  for (const path of ['/dunnings', '/sequence-runs', '/trials', '/survey-answers', '/sales-targets'])
    expect((await count(path)).total, path).toBeGreaterThan(3);
  for (const status of ['submitted', 'approved', 'refused'])
    expect((await having('deal-registrations', 'status', status)).total, status).toBe(1);
  for (const status of ['draft', 'out', 'returned', 'kept', 'converted'])
    expect((await having('trials', 'status', status)).total, status).toBeGreaterThan(0);
  expect((await having('dunnings', 'status', 'done')).total).toBeGreaterThan(1);
  expect((await having('commission-plans', 'status', 'inForce')).total).toBe(2);
  expect((await having('commission-batches', 'status', 'paid')).total).toBe(1);
  expect((await having('commission-rows', 'status', 'paid')).total).toBeGreaterThan(0);

  const { items: rebates } = (await administrator.get('/rebates')).body;
  expect(rebates).toHaveLength(3);
  expect(
    rebates.some(({ amount, credit }: Record<string, string>) => Number(amount) + Number(credit) > 0),
  ).toBe(true);
  const { items: surveys } = (await administrator.get('/surveys?limit=5')).body;
  for (const { id, anonymous } of surveys) {
    const { body } = await administrator.get(`/surveys/${id}/results`);
    expect(body.answers, anonymous).toBeGreaterThan(3);
  }
  const { items: schemes } = (await administrator.get('/assessment-schemes')).body;
  const today = Temporal.Now.plainDateISO('Asia/Shanghai');
  const judged = async (startsOn: Temporal.PlainDate) =>
    (await administrator.get(`/performance/assessments/${schemes[0].id}?startsOn=${startsOn}`)).body;
  expect(await judged(today.subtract({ months: 3 }))).toMatchObject({ lockedAt: expect.any(String) });
  expect(await judged(today)).toMatchObject({ lockedAt: null });
  const { body: plans } = await administrator.get('/sales-plans?limit=1');
  const { body: progress } = await administrator.get(`/sales-plans/${plans.items[0].id}/progress`);
  expect(progress.lines.some(({ actual }: { actual: { records: number } }) => actual.records > 0)).toBe(true);
  const { body: forecast } = await administrator.get('/forecast/submissions?period=month');
  expect(forecast.now.length).toBeGreaterThan(0);
}

test('fills an empty company once, with people, history and what every module adds', async () => {
  const start = async () => (await app.administrator.post('/sample-data', {})).body.jobId;
  const ended = (id: string) =>
    eventually(async () => {
      const { body } = await app.administrator.get(`/jobs/${id}`);
      return ['done', 'failed'].includes(body.state) && body;
    }, 200);

  expect(await ended(await start())).toMatchObject({ state: 'done', result: { customers: 2000 } });
  expect((await count('/departments')).total).toBe(8 + 3 + 3);
  // One of them works for a partner, whose registered customer is the last.
  expect((await count('/users')).total).toBe(41 + 1);
  expect((await count('/customers')).total).toBe(2000 + 1);
  expect((await count('/contacts')).total).toBeGreaterThan(3000);
  expect((await count('/activities')).total).toBeGreaterThan(4000);
  const found = await app.administrator.get(`/search?q=${encodeURIComponent('hangzhou')}`);
  expect(found.body.groups[0].items.length).toBeGreaterThan(0);
  expect((await count('/partners')).total).toBe(3);
  expect((await count('/sales-plans')).total).toBe(1);
  for (const path of ['/pools', '/segments', '/care-plans', '/team-members', '/ties', '/acquaintances'])
    expect((await count(path)).total, path).toBeGreaterThan(1);
  for (const path of ['/leads', '/opportunities', '/orders', '/invoices', '/receipts', '/bank-entries'])
    expect((await count(path)).total, path).toBeGreaterThan(3);
  await everyPageOfSalesSaysSomething();
  for (const status of ['kept', 'broken', 'open'])
    expect((await having('promises', 'status', status)).total, status).toBeGreaterThan(0);
  // The first night takes a few at most, of two thousand.
  const recycling = await app.administrator.get('/pools/recycling');
  expect(recycling.body.tonight.total).toBeLessThan(20);
  // Colleagues to choose among, and to hand over to, without anybody having to be invited first.
  const { items: staff } = (await app.administrator.get('/lookup/user?among=active&limit=50')).body;
  expect(staff.filter(({ sample }: { sample?: true }) => sample)).toHaveLength(40 + 1);
  const { rows: served } = await sql<{ id: string }>`select owner_id as id from customer
    where owner_id <> ${app.administrator.id} limit 1`.execute(app.services.db);
  const from = served[0] as { id: string };
  const to = staff.find(({ id, sample }: { id: string; sample?: true }) => sample && id !== from.id);
  const plan = { rule: { kind: 'one', to: to.id }, byHand: {} };
  const preview = await app.administrator.post(`/handovers/of/${from.id}/preview`, { plan });
  expect(preview.status, JSON.stringify(preview.body)).toBe(200);
  expect(preview.body.receivers[0].counts.customer).toBeGreaterThan(0);
  // Nobody is told of how the company began.
  await app.follow();
  const { items: news } = (await app.administrator.get('/notifications?limit=100')).body;
  expect(news.filter(({ kind }: { kind: string }) => kind === 'follow.changed')).toEqual([]);
  const today = await app.administrator.get('/today');
  expect(today.body.items.length).toBeGreaterThan(3);
  for (const grade of ['VIP', 'regular', 'potential'])
    await eventually(async () => (await having('customers', 'grade', grade)).total > 10, 60);
  expect(await ended(await start())).toMatchObject({
    state: 'failed',
    error: { code: 'sample_not_empty' },
  });
}, 300_000);
