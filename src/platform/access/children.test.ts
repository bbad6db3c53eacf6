import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeExport } from '../exports/export.ts';
import { type Person, startTestApp, type TestApp } from '../testing/app.ts';

/** What hangs on a customer follows it: who wrote it keeps nothing by that, who has to do a task keeps the task. */
const SELF = { read: 'self', create: 'self', update: 'self', delete: 'self', export: 'self' } as const;
const { export: _, ...WITHOUT_EXPORT } = SELF;
const KINDS = ['contact', 'activity', 'attachment', 'task'] as const;
type Kind = (typeof KINDS)[number];
const PLURALS = { contact: 'contacts', activity: 'activities', attachment: 'attachments', task: 'tasks' };
const PERMISSIONS = {
  entities: {
    customer: { actions: { ...SELF, transfer: 'self' as const } },
    contact: { actions: SELF },
    activity: { actions: SELF },
    task: { actions: SELF },
    attachment: { actions: WITHOUT_EXPORT },
  },
};

let house: TestApp;
let author: Person;
let heir: Person;
let helper: Person;
let customer: { id: string };
const ids = {} as Record<Kind, string>;

beforeAll(async () => {
  house = await startTestApp();
  [author, heir, helper] = [
    await house.person(PERMISSIONS),
    await house.person(PERMISSIONS),
    await house.person(PERMISSIONS),
  ];
  customer = await author.create('customers', { name: '移交科技' });
  const of = { customer: customer.id };
  ids.contact = (await author.create('contacts', { name: '秦良玉', ...of })).id;
  ids.activity = (await author.create('activities', { subject: '秦岭拜访', ...of })).id;
  ids.task = (await house.administrator.create('tasks', { subject: '秦岭寄样', owner: helper.id, ...of })).id;
  const head = '--b\r\ncontent-disposition: form-data; name=';
  const form = `${head}"customer"\r\n\r\n${customer.id}\r\n${head}"file"; filename="秦岭合同.txt"\r\n\r\n十年之约\r\n--b--\r\n`;
  const sent = await author.send('POST', '/attachments', Buffer.from(form), {
    'content-type': 'multipart/form-data; boundary=b',
  });
  ids.attachment = sent.body.id;
  await author.post('/customers/transfer', { ids: [customer.id], owner: heir.id });
});
afterAll(() => house.stop());

/** All ways by which records of a kind come to light, each as the ids or words it tells. */
async function told(who: Person, kind: Kind): Promise<Record<string, boolean>> {
  const path = `/${PLURALS[kind]}`;
  const list = (await who.get(`${path}?count=true`)).body;
  const searched = (await who.get(`${path}?q=${encodeURIComponent('秦')}`)).body;
  const hits = (await who.get(`/search?q=${encodeURIComponent('秦')}&entities=${kind}`)).body.groups;
  const ways: Record<string, boolean> = {
    read: (await who.get(`${path}/${ids[kind]}`)).status === 200,
    list: list.items.length > 0,
    count: list.total > 0,
    'searched list': searched.items.length > 0,
    search: hits.some((group: { items: unknown[] }) => group.items.length > 0),
    'count of search': hits.some((group: { total: number }) => group.total > 0),
    'audit of it': (await who.get(`/audit?recordId=${ids[kind]}`)).body.items?.length > 0,
    change: (await who.patch(`${path}/${ids[kind]}`, {})).status === 200,
  };
  if (kind === 'attachment') ways.file = (await who.get(`${path}/${ids.attachment}/content`)).status === 200;
  else {
    const out = new PassThrough();
    const written = text(out);
    await writeExport(await house.contextOf(who), kind, {}, 'csv', out);
    ways.export = (await written).includes('秦');
  }
  return ways;
}
const all = (ways: Record<string, boolean>, value: boolean) =>
  Object.fromEntries(Object.keys(ways).map((way) => [way, value]));

describe('after its customer was given away', () => {
  test.each(KINDS.filter((kind) => kind !== 'task'))('its author is told of a %s nowhere', async (kind) => {
    const ways = await told(author, kind);
    expect(ways).toEqual(all(ways, false));
  });

  test.each(KINDS)('the new owner has the %s everywhere', async (kind) => {
    const ways = await told(heir, kind);
    expect(ways).toEqual(all(ways, true));
  });

  test('its timeline is the new owner’s', async () => {
    expect((await author.get(`/customers/${customer.id}/timeline`)).status).toBe(404);
    const { items } = (await heir.get(`/customers/${customer.id}/timeline`)).body;
    const entities = new Set(items.map((item: { entity: string }) => item.entity));
    expect(KINDS.filter((kind) => kind !== 'contact' && !entities.has(kind))).toEqual([]);
  });

  test('a share of the customer shows what hangs on it again, also to its author', async () => {
    const share = await heir.send('POST', `/customers/${customer.id}/share`, {
      user: author.id,
      access: 'read',
    });
    const shared = await house.administrator.post(`/customers/${customer.id}/share`, {
      user: author.id,
      access: 'read',
    });
    expect([share.status, shared.status]).toEqual([403, 201]);
    expect((await author.get(`/contacts/${ids.contact}`)).status).toBe(200);
    await house.administrator.delete(`/customers/${customer.id}/shares/${shared.body.id}`);
    expect((await author.get(`/contacts/${ids.contact}`)).status).toBe(404);
  });
});

describe('a task', () => {
  test('is found everywhere by whoever has to do it, without the customer’s name', async () => {
    const ways = await told(helper, 'task');
    expect(ways).toEqual(all(ways, true));
    expect((await helper.get(`/customers/${customer.id}`)).status).toBe(404);
    for (const path of [`/tasks/${ids.task}`, '/tasks', `/search?q=${encodeURIComponent('秦岭寄样')}`]) {
      const { raw } = await helper.get(path);
      expect(raw.body).toContain('秦岭寄样');
      expect(raw.body).not.toContain('移交科技');
    }
    expect((await heir.get(`/tasks/${ids.task}`)).body.customer.title).toBe('移交科技');
  });

  test('goes out of sight of whoever no longer has to do it', async () => {
    await house.administrator.patch(`/tasks/${ids.task}`, { owner: heir.id });
    const ways = await told(helper, 'task');
    expect(ways).toEqual(all(ways, false));
  });
});

test('what hangs on no customer is its owner’s', async () => {
  const { id } = await author.create('contacts', { name: '散客' });
  expect((await author.get(`/contacts/${id}`)).body).toMatchObject({ can: { update: true } });
  await house.administrator.patch(`/contacts/${id}`, { owner: heir.id });
  expect((await author.get(`/contacts/${id}`)).status).toBe(404);
  expect((await heir.get(`/contacts/${id}`)).status).toBe(200);
});

test('who sees a customer of another may write on it, and what he wrote is the customer’s', async () => {
  const visitor = await house.person({
    entities: { ...PERMISSIONS.entities, customer: { actions: { read: 'all' } } },
  });
  const { id } = await visitor.create('activities', { subject: '顺路看看', customer: customer.id });
  expect((await visitor.get(`/activities/${id}`)).status).toBe(404);
  expect((await heir.get(`/activities/${id}`)).status).toBe(200);
});

test('work on a customer of no department is in sight of the superiors of whoever has to do it', async () => {
  const boss = house.administrator;
  const [east, west] = [await house.department('华东'), await house.department('华西')];
  const leads = { read: 'departmentAndBelow' } as const;
  const superior = (department: string) =>
    house.person({ entities: { task: { actions: leads }, contact: { actions: leads } } }, { department });
  const [ofEast, ofWest] = [await superior(east), await superior(west)];
  const [seller, other] = [
    await house.person(PERMISSIONS, { department: east }),
    await house.person(PERMISSIONS, { department: west }),
  ];
  const { id } = await boss.create('customers', { name: '总部直管' });
  const task = await boss.create('tasks', { subject: '楚河寄样', owner: seller.id, customer: id });
  const contact = await boss.create('contacts', { name: '楚霸王', customer: id });
  const seen = async () => {
    const ways = await Promise.all(
      [ofEast, ofWest].map(async (who) => {
        const listed = (await who.get('/tasks')).body.items.length > 0;
        const found = (await who.get(`/search?q=${encodeURIComponent('楚河')}&entities=task`)).body.groups;
        expect((await who.get(`/contacts/${contact.id}`)).status).toBe(404);
        expect([(await who.get(`/tasks/${task.id}`)).status === 200, found.length > 0]).toEqual([
          listed,
          listed,
        ]);
        return listed;
      }),
    );
    return { east: ways[0], west: ways[1] };
  };
  expect(await seen()).toEqual({ east: true, west: false });
  // A department of its own decides, whoever works on it.
  const give = async (owner: string) =>
    expect((await boss.post('/customers/transfer', { ids: [id], owner })).status).toBe(200);
  await boss.delete(`/contacts/${contact.id}`);
  await give(other.id);
  expect(await seen()).toEqual({ east: false, west: true });
  await give(boss.id);
  expect(await seen()).toEqual({ east: true, west: false });
  const { version } = (await boss.get(`/tasks/${task.id}`)).body;
  expect((await boss.patch(`/tasks/${task.id}`, { owner: other.id }, version)).status).toBe(200);
  expect(await seen()).toEqual({ east: false, west: true });
});
