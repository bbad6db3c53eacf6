import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Person, startTestApp, type TestApp } from '../../../platform/testing/app.ts';

let house: TestApp;
let boss: Person;
let sales: Person;
let customer: { id: string };
const all = { read: 'all', create: 'all', update: 'all' } as const;

beforeAll(async () => {
  house = await startTestApp();
  boss = house.administrator;
  sales = await house.person(
    { entities: { customer: { actions: all }, quote: { actions: all } } },
    { name: '陈思远' },
  );
  customer = await sales.create('customers', { name: '杭州云帆科技有限公司' });
});
afterAll(() => house.stop());

/** A quote that is let through, with the address its customer is given. */
async function out() {
  const quote = await sales.create('quotes', {
    customer: customer.id,
    remark: '底价 80，别说',
    terms: '款到发货',
    lines: [{ name: '离心泵', price: '100', quantity: '2' }],
  });
  await sales.post(`/quotes/${quote.id}/submit`, {});
  const { body } = await sales.post(`/quotes/${quote.id}/confirm-link`, {});
  return { id: quote.id as string, path: `/quote-links/${new URL(body.url).pathname.split('/').at(-1)}` };
}
const standing = async (id: string) => (await sales.get(`/quotes/${id}/standing`)).body;
/** Nobody we know, with nothing but the address. */
const anyone = {
  get: (path: string) => ask('GET', path),
  post: (path: string, body: object) => ask('POST', path, body),
};
async function ask(method: 'GET' | 'POST', path: string, payload?: object) {
  const answer = await house.server.inject({
    method,
    url: `/api/v1${path}`,
    headers: { 'x-guanxi': '1' },
    ...(payload ? { payload } : {}),
  });
  return { status: answer.statusCode, body: answer.json() };
}

describe('the link of a quote', () => {
  test('shows the customer the paper and nothing else, and counts his looks', async () => {
    const { id, path } = await out();
    expect((await sales.get(`/quotes/${id}`)).body.status).toBe('sent');
    const { status, body } = await anyone.get(path);
    expect(status).toBe(200);
    expect(body).toMatchObject({ customer: '杭州云帆科技有限公司', total: '200.00', terms: '款到发货' });
    expect(body.lines).toMatchObject([{ name: '离心泵', quantity: '2', gross: '200.00' }]);
    expect(JSON.stringify(body)).not.toMatch(/底价|cost|minimum|listPrice/);
    await anyone.get(path);
    expect((await standing(id)).link).toMatchObject({ opened: 2, answer: null });
  });

  test('confirms it, with name, time and address; its owner is told', async () => {
    const { id, path } = await out();
    const { body } = await anyone.post(path, { answer: 'confirmed', name: '王建国' });
    expect(body).toMatchObject({ status: 'confirmed', answeredBy: '王建国', timeZone: 'Asia/Shanghai' });
    const { link } = await standing(id);
    expect(link).toMatchObject({ answer: 'confirmed', name: '王建国', ip: expect.stringMatching(/\d/) });
    expect(link.url).toBeNull();
    const told = (await sales.get('/notifications')).body.items;
    expect(told[0].text).toContain('王建国');
    const audit = (await boss.get(`/audit?recordId=${id}`)).body.items;
    expect(audit[0]).toMatchObject({ action: 'customerConfirmed' });
  });

  test('declines it, with a reason', async () => {
    const { id, path } = await out();
    expect((await anyone.post(path, { answer: 'declined', name: '王建国' })).status).toBe(422);
    await anyone.post(path, { answer: 'declined', name: '王建国', reason: '太贵' });
    expect((await sales.get(`/quotes/${id}`)).body).toMatchObject({ status: 'declined', answerNote: '太贵' });
  });

  test('is answered once', async () => {
    const { path } = await out();
    await anyone.post(path, { answer: 'confirmed', name: '王建国' });
    const second = await anyone.post(path, { answer: 'declined', name: '李四', reason: '不要' });
    expect(second.status).toBe(409);
    expect((await anyone.get(path)).body).toMatchObject({ status: 'confirmed', answeredBy: '王建国' });
  });
});

describe('a link opens no longer', () => {
  test.each<[string, (id: string, path: string) => Promise<unknown>]>([
    ['revoked', (id) => sales.post(`/quotes/${id}/revoke-link`, {})],
    ['followed by another', (id) => sales.post(`/quotes/${id}/confirm-link`, {})],
    [
      'past its day',
      (id) => house.services.pool.query(`update quote_link set expires_at = now() where quote_id = $1`, [id]),
    ],
    [
      'of a quote in the bin',
      (id) => house.services.pool.query(`update quote set deleted_at = now() where id = $1`, [id]),
    ],
  ])('%s', async (_what, end) => {
    const { id, path } = await out();
    await end(id, path);
    expect((await anyone.get(path)).status).toBe(410);
    expect((await anyone.post(path, { answer: 'confirmed', name: '王建国' })).status).toBe(410);
  });

  test('taken back while the answer waits', async () => {
    const { id, path } = await out();
    const { db } = house.services;
    let answer: ReturnType<typeof anyone.post> | undefined;
    await db.transaction().execute(async (tx) => {
      await sql`select from quote where id = ${id} for update`.execute(tx);
      answer = anyone.post(path, { answer: 'confirmed', name: '王建国' });
      const waits = sql`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
      await expect.poll(async () => (await waits.execute(db)).rows.length).toBe(1);
      await sql`update quote_link set revoked_at = now() where quote_id = ${id}`.execute(tx);
    });
    expect((await answer)?.status).toBe(410);
    expect((await sales.get(`/quotes/${id}`)).body.status).toBe('sent');
  });

  test('with another signature', async () => {
    const { path } = await out();
    const [token, sign = ''] = path.split('.');
    const other = `${sign.startsWith('A') ? 'B' : 'A'}${sign.slice(1)}`;
    expect((await anyone.get(`${token}.${other}`)).status).toBe(404);
  });

  test('of a version that has a newer one it is not confirmed', async () => {
    const { id, path } = await out();
    await sales.post(`/quotes/${id}/new-version`, {});
    expect((await anyone.post(path, { answer: 'confirmed', name: '王建国' })).status).toBe(409);
  });
});

test('answers of one link are counted', async () => {
  const { path } = await out();
  const statuses: number[] = [];
  for (let at = 0; at < 11; at++)
    statuses.push((await anyone.post(path, { answer: 'declined', name: '王' })).status);
  expect(new Set(statuses)).toEqual(new Set([422]));
  for (let at = 0; at < 11; at++)
    statuses.push((await anyone.post(`${path}x`, { answer: 'confirmed', name: '王' })).status);
  expect(statuses.at(-1)).toBe(404);
});

test('a draft has no link, and who may not change the quote makes none', async () => {
  const quote = await sales.create('quotes', { customer: customer.id, lines: [] });
  expect((await sales.post(`/quotes/${quote.id}/confirm-link`, {})).status).toBe(409);
  const reader = await house.person(
    { entities: { customer: { actions: { read: 'all' } }, quote: { actions: { read: 'all' } } } },
    { name: '读者' },
  );
  const { id } = await out();
  expect((await reader.post(`/quotes/${id}/confirm-link`, {})).status).toBe(403);
  expect((await reader.get(`/quotes/${id}/standing`)).body.link.url).toBeNull();
});
