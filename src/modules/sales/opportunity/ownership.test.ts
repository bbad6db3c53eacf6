import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../../platform/testing/app.ts';

let house: TestApp;
const stages = new Map<string, string>();
beforeAll(async () => {
  house = await startTestApp();
  for (const { id, code } of (await house.administrator.get('/stages')).body.items) stages.set(code, id);
});
afterAll(() => house.stop());

const customer = async (name: string): Promise<string> =>
  (await house.administrator.post('/customers', { name })).body.id;
const deal = async (of: string, stage: string, closeDate: string, owner?: string) => {
  const amount = { amount: '10', currency: 'CNY' };
  const values = {
    customer: of,
    stage: stages.get(stage),
    closeDate,
    amount,
    reason: 'price',
    name: '生意',
    owner,
  };
  expect((await house.administrator.post('/opportunities', values)).status).toBe(201);
};

test('the first and the last thing won with a customer are told, what was lost is not', async () => {
  const [buyer, loser] = [await customer('常客'), await customer('没成')];
  await deal(buyer, 'Won', '2026-02-01');
  await deal(buyer, 'Won', '2026-05-01');
  await deal(buyer, 'Lost', '2026-06-01');
  await deal(loser, 'Lost', '2026-06-01');
  const ctx = await house.context();
  const [win] = ctx.ownership.wins.filter(({ entity }) => entity === 'customer');
  const days = async (query: ReturnType<NonNullable<typeof win>['last']> | undefined) =>
    (await sql<{ id: string; at: string }>`select id, at::text as at from (${query}) w`.execute(ctx.db)).rows;
  // The day begins at eight hours before Greenwich's.
  expect(await days(win?.last(ctx))).toEqual([
    { id: buyer, at: expect.stringContaining('2026-04-30 16:00') },
  ]);
  expect(await days(win?.first?.(ctx))).toEqual([
    { id: buyer, at: expect.stringContaining('2026-01-31 16:00') },
  ]);
});

test('business that is not past its day keeps a customer, business left lying does not', async () => {
  const [busy, idle] = [await customer('在谈'), await customer('搁置')];
  await deal(busy, 'Engaging', '2099-01-01');
  await deal(idle, 'Engaging', '2020-01-01');
  const ctx = await house.context();
  const keep = ctx.ownership.keeps.find(({ reason }) => reason === 'handover.opportunities');
  const { rows } = await sql<{ id: string }>`select id from (${keep?.ids(ctx)}) k`.execute(ctx.db);
  expect(rows.map(({ id }) => id)).toEqual([busy]);
});

test('a leaver’s open business is handed over with his customers', async () => {
  const { administrator } = house;
  const leaver = (await administrator.post('/users', { name: '离职者' })).body.id;
  const of = (await administrator.post('/customers', { name: '要交接', owner: leaver })).body.id;
  await deal(of, 'Engaging', '2099-01-01', leaver);
  const { body } = await administrator.get(`/handovers/of/${leaver}`);
  expect(body.open).toEqual({ customer: 1, opportunity: 1 });
});
