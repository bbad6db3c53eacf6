import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Person, startTestApp, type TestApp } from '../testing/app.ts';

let house: TestApp;
let seller: Person;
let reader: Person;
let customer: { id: string };
let parent: { id: string };

beforeAll(async () => {
  house = await startTestApp();
  seller = await house.person({
    entities: { customer: { actions: { read: 'self', create: 'self', update: 'self' } } },
  });
  reader = await house.person({
    entities: { customer: { actions: { read: 'all' }, fields: { phone: 'masked', remark: 'hidden' } } },
  });
  parent = await seller.create('customers', { name: '云鹤集团' });
  customer = await seller.create('customers', { name: '云鹤科技', phone: '13812341234', remark: '很急' });
  await seller.patch(`/customers/${customer.id}`, {
    phone: '13987654321',
    parent: parent.id,
    annualRevenue: { amount: '1200.00', currency: 'CNY' },
  });
  await seller.patch(`/customers/${customer.id}`, { remark: '不急' });
});
afterAll(() => house.stop());

const audit = async (who: Person, query: string) => (await who.get(`/audit?${query}`)).body;

test('the changes of a record come newest first, with labels, titles and cause', async () => {
  const { items, nextCursor } = await audit(seller, `recordId=${customer.id}`);
  expect(items.map((item: { action: string }) => item.action)).toEqual(['update', 'update', 'create']);
  expect(items[0]).toMatchObject({
    actor: { id: seller.id },
    recordTitle: '云鹤科技',
    cause: { kind: 'apiKey' },
    ip: null,
    changes: [{ field: 'remark', label: '备注', before: '很急', after: '不急' }],
  });
  const byField = new Map(items[1].changes.map((change: { field: string }) => [change.field, change]));
  expect(byField.get('parent')).toMatchObject({ before: null, after: { id: parent.id, title: '云鹤集团' } });
  expect(byField.get('phone')).toMatchObject({ before: '13812341234', after: '13987654321' });
  expect(nextCursor).toBeNull();
});

test('hidden fields are left out, masked ones masked, and an entry with nothing left to see is not shown', async () => {
  const { items } = await audit(reader, `recordId=${customer.id}`);
  expect(items.map((item: { action: string }) => item.action)).toEqual(['update', 'create']);
  const text = JSON.stringify(items);
  expect(text).not.toContain('急');
  expect(text).not.toMatch(/138\d{8}|139\d{8}/);
  expect(items[0].changes.find((change: { field: string }) => change.field === 'phone')).toMatchObject({
    before: '138****1234',
  });
});

test('who may not read the record does not see its audit, nor anyone’s signing in', async () => {
  const stranger = await house.person({ entities: { customer: { actions: { read: 'self' } } } });
  expect((await stranger.get(`/audit?recordId=${customer.id}`)).status).toBe(404);
  expect((await stranger.get(`/audit?recordId=${customer.id}&entity=tag`)).status).toBe(404);
  expect((await stranger.get('/audit?recordId=01890000-0000-7000-8000-000000000000')).status).toBe(404);
  expect((await stranger.get('/audit')).body.code).toBe('administrator_required');
  expect((await stranger.get('/audit/export')).status).toBe(403);
  await house.server.inject({
    method: 'POST',
    url: '/api/v1/session',
    headers: { 'x-guanxi': '1' },
    payload: { login: 'lin@yunhe.example', password: 'wrong' },
  });
  const mine = `recordId=${house.administrator.id}`;
  expect((await audit(stranger, mine)).items.map((item: { action: string }) => item.action)).not.toContain(
    'sign_in_failed',
  );
  const all = await audit(house.administrator, mine);
  expect(all.items[0]).toMatchObject({ action: 'sign_in_failed', label: '登录失败', ip: '127.0.0.1' });
});

test.each([
  ['actor', () => `actorId=${seller.id}`, 4],
  ['action', () => `entity=customer&action=create`, 2],
  ['field', () => `field=parent`, 1],
  ['text before or after', () => `entity=customer&text=13987`, 1],
  ['text with LIKE’s own signs', () => `entity=customer&text=%25`, 0],
  ['cause', () => `entity=customer&cause=import`, 0],
  ['a period before all', () => `entity=customer&to=2020-01-01`, 0],
  ['today, as a day', () => `entity=customer&from=${today()}&to=${today()}`, 4],
  ['since an instant', () => `entity=customer&from=${Temporal.Now.instant().subtract({ hours: 1 })}`, 4],
])('administrators filter by %s', async (_name, query, found) => {
  const { items } = await audit(house.administrator, query());
  expect(items).toHaveLength(found);
});
const today = () => Temporal.Now.plainDateISO('Asia/Shanghai').toString();

test('pages follow each other without gap or repetition', async () => {
  const ids: string[] = [];
  let cursor = '';
  do {
    const page = await audit(house.administrator, `entity=customer&limit=3${cursor && `&cursor=${cursor}`}`);
    ids.push(...page.items.map((item: { id: string }) => item.id));
    cursor = page.nextCursor ?? '';
  } while (cursor);
  const { rows } = await sql<{
    id: string;
  }>`select id from audit_entry where entity = 'customer' order by id desc`.execute(house.services.db);
  expect(ids).toEqual(rows.map((row) => row.id));
});

test('however many entries, the number of queries stays the same', async () => {
  const count = async (limit: number) => {
    let queries = 0;
    const { pool } = house.services;
    const spy = (client: import('pg').PoolClient) => {
      const query = client.query.bind(client);
      client.query = ((...args: Parameters<typeof query>) => {
        queries += 1;
        return query(...args);
      }) as typeof client.query;
      return () => {
        client.query = query;
      };
    };
    const undo: (() => void)[] = [];
    const watch = (client: import('pg').PoolClient) => undo.push(spy(client));
    pool.on('acquire', watch);
    await audit(house.administrator, `entity=customer&limit=${limit}`);
    pool.off('acquire', watch);
    for (const each of undo) each();
    return queries;
  };
  const few = await count(2);
  expect(few).toBeGreaterThan(2);
  expect(await count(4)).toBe(few);
});

test('erased values stay erased; the entry and its fields remain', async () => {
  const gone = await house.administrator.create('customers', { name: '要抹去的', phone: '13700000000' });
  await house.administrator.delete(`/customers/${gone.id}`);
  await house.administrator.delete(`/customers/${gone.id}?forever=true`);
  const { items } = await audit(house.administrator, `recordId=${gone.id}`);
  expect(items.map((item: { action: string }) => item.action)).toEqual(['erase', 'delete', 'create']);
  expect(JSON.stringify(items)).not.toContain('13700000000');
  expect(items[2].changes.find((change: { field: string }) => change.field === 'phone')).toMatchObject({
    erased: true,
    after: null,
  });
});

test('the export has one line per changed field, in words', async () => {
  const answer = await house.administrator.get(`/audit/export?recordId=${customer.id}`);
  expect(answer.headers['content-type']).toContain('text/csv');
  const lines = answer.raw.body.trim().split(/\r?\n/);
  expect(lines[0]).toContain('修改前,修改后');
  expect(lines.find((line: string) => line.includes('年营收') || line.includes('1,200'))).toContain(
    '¥1,200.00',
  );
  expect(lines.find((line: string) => line.includes('备注') && line.includes('不急'))).toContain('很急,不急');
  const after = await audit(house.administrator, 'action=audit_exported');
  expect(after.items).toHaveLength(1);
});

test.each([
  ['limit=100000', 400],
  ['from=yesterday', 400],
  ['from=2026-02-31', 400],
  ['cursor=1', 400],
  ['nothing=1', 400],
  ['text=', 400],
])('%s is refused', async (query, status) => {
  expect((await house.administrator.get(`/audit?${query}`)).status).toBe(status);
});
