import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Person, startTestApp, type TestApp } from '../testing/app.ts';

let house: TestApp;
let owner: Person;
let customer: { id: string };

const ALL = ['read', 'create', 'update', 'delete', 'share'] as const;
const self = Object.fromEntries(ALL.map((action) => [action, 'self' as const]));
const PERMISSIONS = {
  entities: {
    customer: { actions: self },
    contact: { actions: self },
    activity: { actions: self },
    task: { actions: self },
  },
};

beforeAll(async () => {
  house = await startTestApp();
  owner = await house.person(PERMISSIONS, { name: '赵敏' });
  customer = await owner.create('customers', { name: '云鹤科技' });
  const contact = await owner.create('contacts', { name: '王小明', customer: customer.id });
  for (let day = 1; day <= 5; day++) {
    await owner.create('activities', {
      customer: customer.id,
      contacts: [contact.id],
      kind: day % 2 ? 'call' : 'visit',
      subject: `第${day}次`,
      content: `谈了第${day}次`,
      occurredAt: `2026-03-0${day}T02:00:00Z`,
    });
  }
  await owner.create('tasks', { customer: customer.id, subject: '寄样品' });
  await owner.patch(`/customers/${customer.id}`, { remark: '重要' });
});
afterAll(() => house.stop());

interface Item {
  category: string;
  entity: string;
  title: string;
  summary: string;
  kind: string;
  recordId: string;
  at: string;
}
const timeline = async (who: Person, query = '', id = customer.id) =>
  (await who.get(`/customers/${id}/timeline${query}`)).body as { items: Item[]; nextCursor: string | null };
const titles = (items: Item[]) => items.map((item) => item.title);

test('things and changes come in one order of time, newest first, with what is needed to show them', async () => {
  const { items } = await timeline(owner);
  expect(titles(items)).toEqual(['修改', '寄样品', '新建', '第5次', '第4次', '第3次', '第2次', '第1次']);
  expect(items[0]).toMatchObject({
    category: 'change',
    kind: 'update',
    summary: '备注',
    record: null,
    changes: [{ field: 'remark', after: '重要' }],
  });
  expect(items[3]).toMatchObject({
    category: 'contact',
    entity: 'activity',
    kind: 'call',
    summary: '谈了第5次',
    at: '2026-03-05T02:00:00Z',
    actor: { id: owner.id, title: '赵敏' },
    record: { subject: '第5次', customer: { id: customer.id }, can: { update: true } },
  });
});

test.each([
  ['contact', ['第5次', '第4次', '第3次', '第2次', '第1次']],
  ['work', ['寄样品']],
  ['change', ['修改', '新建']],
  ['file', []],
])('only %s', async (category, expected) => {
  expect(titles((await timeline(owner, `?category=${category}`)).items)).toEqual(expected);
});

test.each([1, 2, 3, 7])('pages of %i follow each other without gap or repetition', async (limit) => {
  const seen: Item[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const page: { items: Item[]; nextCursor: string | null } = await timeline(
      owner,
      `?limit=${limit}&cursor=${cursor}`.replace(/&cursor=$/, ''),
    );
    seen.push(...page.items);
    cursor = page.nextCursor;
  }
  expect(titles(seen)).toEqual(titles((await timeline(owner)).items));
});

test('a contact has its own timeline of the same activities', async () => {
  const { body } = await owner.get('/contacts');
  const answer = await owner.get(`/contacts/${body.items[0].id}/timeline?category=contact`);
  expect(answer.body.items).toHaveLength(5);
});

test('what the caller may not read is not there, nor counted into pages', async () => {
  const partial = await house.person({
    entities: {
      customer: { actions: { read: 'all' }, fields: { remark: 'hidden' } },
      task: { actions: { read: 'all' } },
      activity: { actions: { read: 'self' } },
    },
  });
  const mine = await house.administrator.create('activities', {
    customer: customer.id,
    subject: '单独分享的',
    owner: partial.id,
    occurredAt: '2026-01-01T00:00:00Z',
  });
  expect(titles((await timeline(partial, '?limit=3')).items)).toEqual(['寄样品', '新建']);
  await house.administrator.post(`/activities/${mine.id}/share`, { user: partial.id, access: 'read' });
  const { items } = await timeline(partial, '?limit=3');
  expect(titles(items)).toEqual(['寄样品', '新建', '单独分享的']);
  await house.administrator.delete(`/activities/${mine.id}`);
  expect(titles((await timeline(partial)).items)).toEqual(['寄样品', '新建']);
});

test('the owner of the customer sees what others do there; a colleague without the customer sees nothing', async () => {
  const helper = await house.person({
    entities: { ...PERMISSIONS.entities, customer: { actions: { read: 'all' } } },
  });
  const stranger = await house.person(PERMISSIONS);
  const own = await owner.create('customers', { name: '别人来帮忙' });
  await helper.create('activities', { customer: own.id, subject: '代为拜访' });
  expect(titles((await timeline(owner, '?category=contact', own.id)).items)).toEqual(['代为拜访']);
  expect((await stranger.get(`/customers/${own.id}/timeline`)).status).toBe(404);
});

test('with whom the customer is shared sees its timeline', async () => {
  const guest = await house.person(PERMISSIONS);
  await owner.post(`/customers/${customer.id}/share`, { user: guest.id, access: 'read' });
  expect((await timeline(guest, '?category=contact')).items).toHaveLength(5);
  const contact = (await owner.get('/contacts')).body.items[0];
  expect((await guest.get(`/contacts/${contact.id}/timeline?category=contact`)).body.items).toHaveLength(5);
});

test('the timeline follows when the customer is handed over', async () => {
  const from = await house.person(PERMISSIONS);
  const to = await house.person(PERMISSIONS);
  const moved = await from.create('customers', { name: '要转交' });
  await from.create('activities', { customer: moved.id, subject: '旧的联系' });
  expect((await house.administrator.patch(`/customers/${moved.id}`, { owner: to.id })).body).toMatchObject({
    owner: { id: to.id },
  });
  expect(titles((await timeline(to, '?category=contact', moved.id)).items)).toEqual(['旧的联系']);
  expect((await from.get(`/customers/${moved.id}/timeline`)).status).toBe(404);
});

test('a page reads index ranges, never the whole table', async () => {
  const { rows } = await sql<{ 'QUERY PLAN': string }>`explain select t.id from timeline t
    where t.root_id = ${customer.id} and t.root_entity = 'customer' order by t.at desc, t.id desc limit 31`.execute(
    house.services.db,
  );
  expect(JSON.stringify(rows)).not.toContain('Seq Scan');
});

test.each([
  ['?category=nothing', 400],
  ['?limit=1000', 400],
  ['?cursor=nonsense', 400],
  ['?cursor=eyJ0aGluZyI6W251bGwsbnVsbF19', 400],
])('%s is refused', async (query, status) => {
  expect((await owner.get(`/customers/${customer.id}/timeline${query}`)).status).toBe(status);
});
