import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Answer, eventually, type Person, startTestApp, type TestApp } from '../testing/app.ts';

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

test('a request whose connection dies half-way has done nothing, and its key is free at once', async () => {
  const { db } = house.services;
  const customer = await admin.create('customers', { name: '半路' });
  const headers = key();
  const body = { name: '只有一个', customer: customer.id };
  let first: Promise<Answer> | undefined;
  await db.transaction().execute(async (tx) => {
    await sql`select from customer where id = ${customer.id} for update`.execute(tx);
    first = admin.post('/contacts', body, headers);
    const waiting = await eventually(async () => {
      const { rows } = await sql<{ pid: number }>`select pid from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`.execute(db);
      return rows[0]?.pid;
    });
    const meanwhile = await admin.post('/contacts', body, headers);
    expect([meanwhile.status, meanwhile.body.code]).toEqual([409, 'request_in_progress']);
    await sql`select pg_terminate_backend(${waiting})`.execute(db);
    expect((await first)?.status).toBe(503);
  });
  const again = await admin.post('/contacts', body, headers);
  expect([again.status, again.headers['idempotent-replay']]).toEqual([201, undefined]);
  const { rows } = await sql`select from contact where name = '只有一个'`.execute(db);
  expect(rows).toHaveLength(1);
});

test('an answer that cannot be kept takes its write back', async () => {
  const { db } = house.services;
  await sql`create function refuse_key() returns trigger language plpgsql as $$ begin raise exception 'full'; end $$`.execute(
    db,
  );
  await sql`create trigger refuse_key before insert on idempotency for each row when (new.key = 'full') execute function refuse_key()`.execute(
    db,
  );
  const full = { 'idempotency-key': 'full' };
  expect((await seller.post('/customers', { name: '不留' }, full)).status).toBe(500);
  expect(await count(seller, '不留')).toBe(0);
});

describe('forms', () => {
  interface Form {
    fields?: Record<string, string>;
    fileName?: string;
    content?: string;
  }
  /** Every form has a boundary of its own, as browsers do it. */
  async function send(path: string, headers: Record<string, string>, form: Form): Promise<Answer> {
    const boundary = randomUUID();
    const fields = Object.entries(form.fields ?? {}).map(
      ([name, value]) =>
        `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
    );
    const file = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${form.fileName ?? '甲.csv'}"\r\ncontent-type: text/csv\r\n\r\n${form.content ?? '名称,电话\n表单有限公司,13800138000'}\r\n--${boundary}--\r\n`;
    const raw = await house.server.inject({
      method: 'POST',
      url: `/api/v1${path}`,
      headers: {
        authorization: `Bearer ${admin.key}`,
        'content-type': `multipart/form-data; boundary=${boundary}`,
        ...headers,
      },
      payload: [...fields, file].join(''),
    });
    return { status: raw.statusCode, body: JSON.parse(raw.body), headers: raw.headers, raw };
  }
  const customer = { entity: 'customer' };

  test.each<[string, () => Promise<Record<string, string>>]>([
    ['/imports', async () => customer],
    ['/attachments', async () => ({ customer: (await admin.create('customers', { name: '有附件' })).id })],
  ])('%s: the same form again gets the first answer', async (path, fieldsOf) => {
    const headers = key();
    const fields = await fieldsOf();
    const first = await send(path, headers, { fields });
    expect([first.status, first.body.code]).toEqual([201, undefined]);
    const again = await send(path, headers, { fields });
    expect([again.status, again.headers['idempotent-replay']]).toEqual([201, 'true']);
    expect(again.body).toEqual(first.body);
    const other = await send(path, key(), { fields });
    expect(other.body.id).not.toBe(first.body.id);
  });

  test.each<[string, Form]>([
    ['another content', { content: '名称,电话\n别的有限公司,13800138000' }],
    ['another name', { fileName: '乙.csv' }],
    ['another field', { fields: { ...customer, encoding: 'utf-8' } }],
  ])('%s under the same key is refused', async (_what, change) => {
    const headers = key();
    await send('/imports', headers, { fields: customer });
    const answer = await send('/imports', headers, { fields: customer, ...change });
    expect([answer.status, answer.body.code]).toEqual([422, 'idempotency_key_reused']);
  });

  test('what came of nothing leaves no file, and its key free', async () => {
    const folder = join(house.services.dataDir, 'imports');
    const headers = key();
    await send('/imports', headers, { fields: customer });
    const before = readdirSync(folder).length;
    await send('/imports', headers, { fields: customer });
    await send('/imports', headers, { fields: customer, fileName: '丙.csv' });
    const free = key();
    expect((await send('/imports', free, { fields: { entity: 'nothing' } })).status).toBe(422);
    expect(readdirSync(folder)).toHaveLength(before);
    expect((await send('/imports', free, { fields: customer })).status).toBe(201);
  });
});
