import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Person, startTestApp, type TestApp } from '../testing/app.ts';

let house: TestApp;
let admin: Person;
let seller: Person;

beforeAll(async () => {
  house = await startTestApp();
  admin = house.administrator;
  seller = await house.person({
    entities: {
      customer: { actions: { read: 'self', create: 'self', transfer: 'self' } },
      tag: { actions: { create: 'all', read: 'all' } },
    },
  });
});
afterAll(() => house.stop());

let keys = 0;
const key = () => ({ 'idempotency-key': `key-${++keys}` });
const count = async (who: Person, name: string) =>
  (
    await who.get(
      `/customers?count=true&filter=${encodeURIComponent(JSON.stringify({ field: 'name', op: 'eq', value: name }))}`,
    )
  ).body.total;

test('the same request again gets the first answer and does nothing twice', async () => {
  const headers = key();
  const first = await seller.post('/customers', { name: '只建一次' }, headers);
  const again = await seller.post('/customers', { name: '只建一次' }, headers);
  expect([first.status, again.status]).toEqual([201, 201]);
  expect(again.body).toEqual(first.body);
  expect([first.headers['idempotent-replay'], again.headers['idempotent-replay']]).toEqual([
    undefined,
    'true',
  ]);
  expect(await count(seller, '只建一次')).toBe(1);
});

test('without a key every request counts', async () => {
  await seller.post('/customers', { name: '两次' });
  await seller.post('/customers', { name: '两次' });
  expect(await count(seller, '两次')).toBe(2);
});

test.each<[string, string, object]>([
  ['another body', '/customers', { name: '乙' }],
  ['another address', '/tags', { name: '甲' }],
])('%s under the same key is refused', async (_what, path, body) => {
  const headers = key();
  await seller.post('/customers', { name: '甲' }, headers);
  const answer = await seller.post(path, body, headers);
  expect([answer.status, answer.body.code]).toEqual([422, 'idempotency_key_reused']);
});

test('a key is its owner’s own', async () => {
  const headers = key();
  await seller.post('/customers', { name: '同钥' }, headers);
  expect(
    (await admin.post('/customers', { name: '同钥' }, headers)).headers['idempotent-replay'],
  ).toBeUndefined();
  expect(await count(admin, '同钥')).toBe(2);
});

test('of many at once one works, the others get its answer or are asked to wait', async () => {
  const headers = key();
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => seller.post('/customers', { name: '同时' }, headers)),
  );
  expect(await count(seller, '同时')).toBe(1);
  const ids = answers.filter(({ status }) => status === 201).map(({ body }) => body.id);
  expect(new Set(ids).size).toBe(1);
  for (const { status, body, headers: head } of answers.filter((answer) => answer.status !== 201)) {
    expect([status, body.code, head['retry-after']]).toEqual([409, 'request_in_progress', '1']);
  }
});

test('a failed request leaves its key free', async () => {
  const headers = key();
  expect((await seller.post('/customers', { name: '' }, headers)).status).toBe(422);
  expect((await seller.post('/customers', { name: '后来对了' }, headers)).status).toBe(201);
});

test('an answer without content is repeated without content', async () => {
  const other = await house.person({ entities: { customer: { actions: { read: 'self' } } } });
  const { id } = await seller.create('customers', { name: '给一次' });
  const headers = key();
  const give = () => seller.post(`/customers/${id}/transfer`, { owner: other.id }, headers);
  const first = await give();
  const again = await give();
  expect([again.status, again.body]).toEqual([first.status, first.body]);
  expect(again.headers['idempotent-replay']).toBe('true');
});

test('a secret is shown once and kept nowhere', async () => {
  const { id } = await admin.create('users', { name: '新人', email: 'new@yunhe.example' });
  const headers = key();
  const first = await admin.post(`/users/${id}/invite`, {}, headers);
  const token = String(first.body.link).split('/').at(-1);
  expect(token?.length).toBeGreaterThan(20);
  const again = await admin.post(`/users/${id}/invite`, {}, headers);
  expect([again.status, again.body.code]).toEqual([409, 'secret_shown_once']);
  const { rows } = await sql`select 1 from idempotency where body::text like ${`%${token}%`}`.execute(
    house.services.db,
  );
  expect(rows).toEqual([]);
});

test.each(['', 'k'.repeat(201)])('the key %j is refused', async (text) => {
  const answer = await seller.post('/customers', { name: 'x' }, { 'idempotency-key': text });
  expect([answer.status, answer.body.code]).toEqual([400, 'bad_idempotency_key']);
});
