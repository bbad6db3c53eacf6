import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { addJob, defineJob } from '../jobs/job.ts';
import { startJobs } from '../jobs/worker.ts';
import { eventually, type Person, startTestApp, type TestApp } from '../testing/app.ts';
import { type LivePage, openLive } from '../testing/live.ts';

const self = { read: 'self', create: 'self', update: 'self', delete: 'self', share: 'self' } as const;
const PERMISSIONS = { entities: { customer: { actions: self }, contact: { actions: self } } };

let house: TestApp;
let address: string;
let owner: Person;
let stranger: Person;
const pages: LivePage[] = [];

beforeAll(async () => {
  house = await startTestApp();
  address = await house.server.listen({ port: 0, host: '127.0.0.1' });
  owner = await house.person(PERMISSIONS);
  stranger = await house.person(PERMISSIONS);
  await house.app.startBackground();
});
afterEach(() => {
  for (const page of pages.splice(0)) page.close();
});
afterAll(() => house.stop());

async function open(person: Person, headers?: Record<string, string>): Promise<LivePage> {
  const page = await openLive(address, person, headers);
  pages.push(page);
  if (page.status === 200) await page.next((message) => message.event === 'meta');
  return page;
}
/** Waits until pages have certainly been told of everything before: tags are everyone’s. */
async function settled(...watched: LivePage[]): Promise<void> {
  const marker = await house.administrator.create('tags', { name: `标记${Math.random()}` });
  await Promise.all(watched.map((page) => page.next(about(marker.id))));
}
/** What a page was told that people did to customers and contacts; what is derived of them follows a moment later. */
const told = (page: LivePage) =>
  page
    .changes()
    .filter(({ entity, action }) => (entity === 'customer' || entity === 'contact') && action !== 'facts');
const about = (id: string) => (message: { event: string; data: { id?: string; action?: string } }) =>
  message.event === 'change' && message.data.id === id && message.data.action !== 'facts';

test('who may read a record is told of its changes, nobody else', async () => {
  const [mine, other, boss] = [await open(owner), await open(stranger), await open(house.administrator)];
  const customer = await owner.create('customers', { name: '实时客户' });
  expect((await mine.next(about(customer.id))).data).toEqual({
    entity: 'customer',
    id: customer.id,
    version: 1,
    action: 'create',
  });
  await boss.next(about(customer.id));
  await owner.patch(`/customers/${customer.id}`, { remark: '改' });
  await mine.next(
    (message) =>
      about(customer.id)(message) && message.data.action === 'update' && message.data.version === 2,
  );
  await owner.delete(`/customers/${customer.id}`);
  await mine.next((message) => about(customer.id)(message) && message.data.action === 'delete');
  await settled(other);
  expect(told(other)).toEqual([]);
});

test('notices carry no content', async () => {
  const page = await open(owner);
  const customer = await owner.create('customers', { name: '机密名称', phone: '13812341234' });
  await page.next(about(customer.id));
  expect(JSON.stringify(page.messages)).not.toMatch(/机密|1381234/);
});

test('a record given to someone else disappears from one page and appears on the other', async () => {
  const customer = await owner.create('customers', { name: '转移' });
  const [mine, other] = [await open(owner), await open(stranger)];
  await house.administrator.patch(`/customers/${customer.id}`, { owner: stranger.id });
  const lost = await mine.next((message) => about(customer.id)(message) && message.data.action === 'delete');
  expect(lost.data).toEqual({ entity: 'customer', id: customer.id, action: 'delete' });
  expect((await other.next(about(customer.id))).data).toMatchObject({ action: 'update' });
});

test('a share opens a record and its children for a page at once, its end closes them', async () => {
  const customer = await owner.create('customers', { name: '共享' });
  const contact = await owner.create('contacts', { name: '王', customer: customer.id });
  const other = await open(stranger);
  const share = await owner.post(`/customers/${customer.id}/share`, { user: stranger.id, access: 'read' });
  await other.next((message) => about(customer.id)(message) && message.data.action === 'update');
  await owner.patch(`/contacts/${contact.id}`, { jobTitle: '经理' });
  await other.next(about(contact.id));
  await owner.delete(`/customers/${customer.id}/shares/${share.body.id}`);
  await other.next((message) => about(customer.id)(message) && message.data.action === 'delete');
  const before = told(other).length;
  await owner.patch(`/customers/${customer.id}`, { remark: '无关' });
  await settled(other);
  expect(told(other)).toHaveLength(before);
});

test('a change of many records is told by type only', async () => {
  const ids: string[] = [];
  for (let index = 0; index < 55; index++)
    ids.push((await owner.create('customers', { name: `批量${index}` })).id);
  const [mine, nobody] = [
    await open(owner),
    await open(await house.person({ entities: { tag: { actions: { read: 'all' } } } })),
  ];
  expect((await owner.post('/customers/mass-update', { ids, set: { remark: '一起改' } })).body.done).toBe(55);
  await mine.next((message) => message.event === 'change' && message.data.action === 'update');
  expect(told(mine).filter((change) => change.action === 'update')).toEqual([
    { entity: 'customer', action: 'update' },
  ]);
  await settled(nobody);
  expect(told(nobody)).toEqual([]);
});

test('a transaction still running holds nothing up, and is told of when it ends', async () => {
  const page = await open(house.administrator);
  const late = await house.administrator.create('customers', { name: '慢' });
  const began = Promise.withResolvers<void>();
  const finish = Promise.withResolvers<void>();
  const slow = house.services.db.transaction().execute(async (db) => {
    await sql`insert into event (id, at, name, entity, record_ids) values (uuidv7(), now(), 'customer.slow', 'customer',
      array[${late.id}]::uuid[])`.execute(db);
    began.resolve();
    await finish.promise;
  });
  await began.promise;
  const quick = await house.administrator.create('customers', { name: '快' });
  await page.next(about(quick.id));
  finish.resolve();
  await slow;
  house.services.wakeSubscribers();
  await page.next((message) => message.data.action === 'slow');
  await settled(page);
  // What is derived of a record is told by each who derives it.
  const seen = page.changes().flatMap(({ id, action }) => (action === 'facts' ? [] : `${id} ${action}`));
  expect(new Set(seen).size).toBe(seen.length);
});

test('after a broken connection a page is told what it has missed', async () => {
  const page = await open(owner);
  const first = await owner.create('customers', { name: '之前' });
  const { id } = await page.next(about(first.id));
  page.close();
  const watching = await open(owner);
  const missed = await owner.create('customers', { name: '期间' });
  await settled(watching);
  const again = await open(owner, { 'last-event-id': id as string });
  await again.next(about(missed.id));
  const fresh = await open(owner, { 'last-event-id': 'nonsense' });
  await settled(fresh);
  expect(told(fresh)).toEqual([]);
});

test('after a long absence a page is told to look at everything anew', async () => {
  await sql`insert into event (id, at, name, entity, record_ids)
    select uuidv7(), now(), 'tag.updated', 'tag', '{}' from generate_series(1, 600)`.execute(
    house.services.db,
  );
  const page = await open(owner, { 'last-event-id': '0' });
  await page.next((message) => message.event === 'change');
  expect(page.changes()).toContainEqual({ entity: 'customer', action: 'update' });
  expect(page.changes().every((change) => change.id === undefined)).toBe(true);
});

test('a job’s progress reaches who made it', async () => {
  const runner = await startJobs(house.services, [
    defineJob({
      name: 'live.test',
      input: z.object({}),
      run: async (_services, _input, { progress }) => progress(3, 4, '快好了'),
    }),
  ]);
  const [mine, other] = [await open(owner), await open(stranger)];
  const ctx = await house.context();
  const id = await addJob({ ...ctx, principal: { ...ctx.principal, userId: owner.id } }, 'live.test', {});
  const done = await mine.next((message) => message.event === 'job' && message.data.state === 'done');
  expect(done.data).toEqual({ id, state: 'done', progress: { done: 3, total: 4, note: '快好了' } });
  expect(other.messages.filter((message) => message.event === 'job')).toEqual([]);
  await runner.stop();
});

test('new rights change what a page is told of, and its meta version', async () => {
  const page = await open(stranger);
  const before = (await stranger.get('/meta')).body.version;
  expect(page.messages[0]?.data).toEqual({ version: before });
  const { rows } = await sql<{
    role: string;
  }>`select role_ids[1] as role from "user" where id = ${stranger.id}`.execute(house.services.db);
  await house.administrator.patch(`/roles/${rows[0]?.role}`, {
    permissions: { entities: { customer: { actions: { read: 'all' } } } },
  });
  const news = await page.next((message) => message.event === 'meta' && message.data.version !== before);
  expect(news.data.version).toBe((await stranger.get('/meta')).body.version);
  const customer = await owner.create('customers', { name: '新可见' });
  await page.next(about(customer.id));
});

test('a page closes when its person is deactivated', async () => {
  const leaving = await house.person(PERMISSIONS);
  const page = await open(leaving);
  expect((await house.administrator.post(`/users/${leaving.id}/deactivate`)).status).toBeLessThan(300);
  await page.closed;
  expect((await open(leaving)).status).toBe(401);
});

test('one person may not open pages without end', async () => {
  const many = await house.person(PERMISSIONS);
  const opened = await Promise.all(Array.from({ length: 20 }, () => open(many)));
  expect(opened.every((page) => page.status === 200)).toBe(true);
  expect((await open(many)).status).toBe(429);
  for (const page of opened) page.close();
  await eventually(async () => (await open(many)).status === 200);
});

test('nobody listens without signing in', async () => {
  expect((await fetch(`${address}/api/v1/live`)).status).toBe(401);
});
