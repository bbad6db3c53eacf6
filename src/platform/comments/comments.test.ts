import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { eventually, type Person, startTestApp, type TestApp } from '../testing/app.ts';
import { holds, pairsOf, wordsOf } from './pairs.ts';

const self = { read: 'self', create: 'self', update: 'self', share: 'self' } as const;
const PERMISSIONS = {
  entities: {
    customer: { actions: self },
    contact: { actions: self },
    activity: { actions: self },
    task: { actions: self },
    lead: { actions: self },
  },
} as const;
const MANAGER = {
  entities: {
    customer: { actions: { ...self, read: 'departmentAndBelow', transfer: 'departmentAndBelow' } },
    activity: { actions: { ...self, read: 'departmentAndBelow' } },
    task: { actions: { ...self, read: 'departmentAndBelow' } },
  },
} as const;

let house: TestApp;
let owner: Person;
let manager: Person;
let stranger: Person;
let customer: string;

beforeAll(async () => {
  house = await startTestApp();
  const department = await house.department('销售部');
  owner = await house.person(PERMISSIONS, { department, name: '单雄信' });
  manager = await house.person(MANAGER, { department, name: '林经理' });
  stranger = await house.person(PERMISSIONS, { name: '外人' });
  await house.app.startBackground();
});
beforeEach(async () => {
  await sql`truncate notification, comment, follow`.execute(house.services.db);
  customer = (await owner.create('customers', { name: `云海${Math.random()}` })).id;
});
afterAll(() => house?.stop());

const path = (id = customer) => `/customers/${id}`;
const say = (person: Person, text: string, rest: object = {}) =>
  person.post(`${path()}/comments`, { text, ...rest });
const commentsFor = async (person: Person) => (await person.get(`${path()}/comments`)).body.items;
const told = async (person: Person): Promise<{ kind: string; text: string }[]> =>
  (await person.get('/notifications')).body.items;
const kinds = async (person: Person) => (await told(person)).map(({ kind }) => kind);

test('stands at the record for whoever may read it, and for nobody else', async () => {
  expect((await say(owner, '合同周五到')).status).toBe(201);
  expect(await commentsFor(manager)).toMatchObject([
    { text: '合同周五到', author: { id: owner.id, title: '单雄信' }, mine: false, deleted: false },
  ]);
  for (const answer of await Promise.all([
    stranger.get(`${path()}/comments`),
    say(stranger, '我也来'),
    stranger.put(`${path()}/following`, { following: true }),
    stranger.get(`${path()}/mentionable`),
  ]))
    expect(answer.status).toBe(404);
});

test.each([
  ['nothing', { text: '  ' }, 'text'],
  ['too much', { text: 'x'.repeat(5001) }, 'text'],
  ['an answer to nothing', { text: 'a', replyTo: '01890000-0000-7000-8000-000000000000' }, 'replyTo'],
  ['a mention of nobody', { text: 'a', mentions: ['01890000-0000-7000-8000-000000000000'] }, 'mentions'],
])('%s is refused', async (_what, body, field) => {
  const answer = await owner.post(`${path()}/comments`, body);
  expect(answer.body).toMatchObject({ status: 422, errors: [{ path: expect.stringContaining(field) }] });
});

test('mentioned people are told once, their own kind only', async () => {
  const { body } = await say(owner, '@林经理 请看', { mentions: [manager.id, owner.id] });
  expect(body.mentions.map((link: { title: string }) => link.title)).toEqual(['单雄信', '林经理']);
  expect(await told(manager)).toMatchObject([
    { kind: 'comment.mention', text: expect.stringMatching(/^单雄信 在「云海.*」里提到了你：@林经理 请看$/) },
  ]);
  expect(await told(owner)).toEqual([]);
  const change = { text: '@林经理 @外人', mentions: [manager.id] };
  expect((await owner.patch(`/comments/${body.id}`, change)).status).toBe(200);
  expect(await kinds(manager)).toEqual(['comment.mention']);
});

test('who may not see it is not mentioned before it is shared with him', async () => {
  const refused = await say(owner, '@外人 看看', { mentions: [stranger.id, manager.id] });
  expect(refused.body).toMatchObject({
    status: 409,
    code: 'mention_out_of_sight',
    people: [{ id: stranger.id, title: '外人' }],
  });
  expect(await commentsFor(owner)).toEqual([]);
  await owner.post(`${path()}/share`, { user: stranger.id, access: 'read' });
  expect((await say(owner, '@外人 看看', { mentions: [stranger.id] })).status).toBe(201);
  expect(await kinds(stranger)).toEqual(['comment.mention']);
});

test('the picker finds by pinyin, and says who may see the record', async () => {
  const find = async (q: string) => (await owner.get(`${path()}/mentionable?q=${q}`)).body.items;
  expect(await find('linjl')).toMatchObject([{ id: manager.id, title: '林经理', sees: true }]);
  expect(await find('wairen')).toMatchObject([{ id: stranger.id, sees: false }]);
  // Oneself is not offered, nor who cannot sign in.
  expect(await find('shan')).toEqual([]);
});

describe('followers', () => {
  test('are the owner and whoever takes part; answers reach them until they want no more', async () => {
    const { body } = await say(manager, '这家要重点跟');
    expect(await kinds(owner)).toEqual(['comment.new']);
    await say(owner, '好', { replyTo: body.id });
    expect(await kinds(manager)).toEqual(['comment.new']);
    await manager.put(`${path()}/following`, { following: false });
    expect((await manager.get(`${path()}/comments`)).body.following).toBe(false);
    await say(owner, '另外');
    expect(await kinds(manager)).toEqual(['comment.new']);
  });

  const taskOf = async (subject: string) =>
    `/tasks/${(await owner.create('tasks', { customer, subject })).id}`;
  const follow = (person: Person, record: string) => person.put(`${record}/following`, { following: true });

  test('are told of changes that matter once, and not of others', async () => {
    const task = await taskOf('报价');
    await follow(manager, task);
    await owner.patch(task, { remark: '无关' });
    await owner.patch(task, { status: 'done', remark: '再改' });
    const text = await eventually(async () => (await told(manager))[0]?.text);
    expect(text).toBe('单雄信 修改了「报价」的状态');
    expect(await kinds(manager)).toEqual(['follow.changed']);
  });

  test('of many records changed by one deed are told once', async () => {
    const tasks = [await taskOf('一'), await taskOf('二')];
    for (const task of tasks) await follow(manager, task);
    const ids = tasks.map((task) => task.slice('/tasks/'.length));
    const answer = await owner.post('/tasks/mass-update', { ids, set: { status: 'cancelled' } });
    expect(answer.status).toBe(200);
    const text = await eventually(async () => (await told(manager))[0]?.text);
    expect(text).toBe('单雄信 修改了你关注的 2 条任务的状态');
    expect(await kinds(manager)).toEqual(['follow.changed']);
  });

  test('of a record that changes hands: its new owner is told', async () => {
    await follow(manager, path());
    await house.administrator.patch(path(), { owner: stranger.id });
    await eventually(async () => (await told(stranger))[0]);
    expect(await told(stranger)).toMatchObject([{ text: expect.stringMatching(/把「云海.*」转给了你$/) }]);
  });

  test('of many that change hands: whoever gets them is told once that they are his', async () => {
    const more = [customer, (await owner.create('customers', { name: '云海二厂' })).id];
    await house.administrator.post('/customers/transfer', { ids: more, owner: stranger.id });
    expect(await eventually(async () => (await told(stranger))[0]?.text)).toMatch(/把 2 条客户转给了你$/);
    expect(await kinds(stranger)).toEqual(['follow.changed']);
  });

  test('of a customer that changes hands with its work: in one message', async () => {
    for (const subject of ['送样', '报价']) await taskOf(subject);
    const given = { ids: [customer], owner: stranger.id, along: ['task'] };
    await house.administrator.post('/customers/transfer', given);
    await eventually(async () => (await told(stranger)).length);
    await house.follow();
    expect(await told(stranger)).toMatchObject([
      { kind: 'follow.changed', text: expect.stringMatching(/转给了你，连同 \d+ 条相关记录$/) },
    ]);
  });

  test('of what a notification of its own has told them hear nothing again', async () => {
    const admin = house.administrator;
    const pool = (await admin.create('pools', { name: '公海' })).id;
    await admin.post('/customers/release', { ids: [customer], reason: '无人跟进', pool });
    await admin.post('/customers/assign', { ids: [customer], owner: stranger.id });
    await admin.post(`${path()}/block`, { reason: '欠款' });
    await eventually(async () => (await kinds(stranger)).includes('follow.changed'));
    expect(await kinds(stranger)).toEqual(['follow.changed', 'pool.assigned']);
    expect((await told(stranger))[0]?.text).toMatch(/状态$/);
  });

  test('of a lead that was given to them hear once, also where that changed its state', async () => {
    const admin = house.administrator;
    const rules = { name: '全部', members: [stranger.id] };
    const route = await admin.create('lead-routes', rules);
    const lead = await admin.create('leads', { name: '询价', company: '云帆' });
    await admin.post('/leads/route', { ids: [lead.id] });
    await eventually(async () => (await kinds(stranger)).length);
    await house.follow();
    expect(await kinds(stranger)).toEqual(['lead.assigned']);
    await admin.delete(`/lead-routes/${route.id}`);
  });

  test('who have lost sight of the record are told nothing', async () => {
    const task = await taskOf('样品');
    await owner.post(`${path()}/share`, { user: stranger.id, access: 'read' });
    expect((await follow(stranger, task)).status).toBe(200);
    await sql`delete from record_share`.execute(house.services.db);
    await follow(manager, task);
    await owner.post(`${task}/comments`, { text: '内部消息' });
    await owner.patch(task, { status: 'done' });
    await eventually(async () => (await kinds(manager)).includes('follow.changed'));
    expect(await told(stranger)).toEqual([]);
  });
});

test('only its author changes a comment; he and administrators take it back', async () => {
  const { id } = (await say(owner, '秘密报价')).body;
  expect((await manager.patch(`/comments/${id}`, { text: 'x' })).status).toBe(403);
  expect((await manager.delete(`/comments/${id}`)).status).toBe(403);
  expect((await owner.patch(`/comments/${id}`, { text: '报价' })).body).toMatchObject({
    text: '报价',
    editedAt: expect.any(String),
  });
  await say(manager, '收到', { replyTo: id });
  expect((await house.administrator.delete(`/comments/${id}`)).status).toBe(204);
  const [first, answer] = await commentsFor(owner);
  expect(first).toMatchObject({ text: '', deleted: true, mine: false });
  expect(answer).toMatchObject({ text: '收到', replyTo: id });
});

test('changing it and taking it back are audited, with the words for administrators only, until the record is erased', async () => {
  const { id } = (await say(owner, '底价八折')).body;
  await owner.patch(`/comments/${id}`, { text: '底价九折' });
  await owner.patch(`/comments/${id}`, { text: '底价九折', mentions: [manager.id] });
  await owner.delete(`/comments/${id}`);
  const entries = async (who: Person) =>
    (await who.get(`/audit?entity=customer&recordId=${customer}`)).body.items as {
      action: string;
      label: string;
      actor: { id: string };
      changes: object[];
    }[];
  const said = { field: 'commentText', label: '评论内容' };
  expect((await entries(house.administrator)).slice(0, 3)).toMatchObject([
    { label: '撤回评论', actor: { id: owner.id }, changes: [{ ...said, before: '底价九折', after: null }] },
    { label: '修改评论', changes: [] },
    {
      label: '修改评论',
      actor: { id: owner.id },
      changes: [{ ...said, before: '底价八折', after: '底价九折' }],
    },
  ]);
  expect(JSON.stringify(await entries(manager))).not.toContain('底价');
  await house.administrator.delete(path());
  await house.administrator.delete(`${path()}?forever=true`);
  const left = await house.administrator.get(`/audit?recordId=${customer}`);
  expect(JSON.stringify(left.body)).not.toContain('底价');
});

test('what is taken back is told no more by what was told of it', async () => {
  const { id } = (await say(owner, '秘密报价', { mentions: [manager.id] })).body;
  await owner.delete(`/comments/${id}`);
  expect(JSON.stringify(await told(manager))).not.toContain('秘密报价');
  expect(await commentsFor(owner)).toEqual([]);
});

test('stand in the history of the record with their answers, page by page', async () => {
  const first = (await say(owner, '第一条')).body.id;
  await say(manager, '第二条');
  await say(manager, '回第一条', { replyTo: first });
  const read = async (query: string) => (await manager.get(`${path()}/timeline?${query}`)).body;
  const { items } = await read('category=comment');
  const texts = (entries: { thread: { text: string }[] }[]) =>
    entries.map(({ thread }) => thread.map(({ text }) => text));
  expect(texts(items)).toEqual([['第二条'], ['第一条', '回第一条']]);
  const one = await read('category=comment&limit=1');
  const two = await read(`category=comment&limit=1&cursor=${one.nextCursor}`);
  expect(texts([...one.items, ...two.items])).toEqual(texts(items));
  expect(two.nextCursor).toBeNull();
  const activity = await owner.create('activities', { customer, kind: 'visit', content: '拜访' });
  await manager.post(`/activities/${activity.id}/comments`, { text: '好' });
  const all = (await read('')).items as { category: string; comments: number }[];
  expect(all.map(({ category }) => category)).toEqual(
    expect.arrayContaining(['contact', 'comment', 'change']),
  );
  expect(all.find(({ category }) => category === 'contact')?.comments).toBe(1);
});

test('are found by their words, on records in sight only', async () => {
  await say(owner, '王总下周去 Shenzhen 看样机');
  const find = async (person: Person, q: string) =>
    (await person.get(`/comments?q=${encodeURIComponent(q)}`)).body.items;
  expect(await find(manager, '样机')).toMatchObject([{ record: { id: customer, entity: 'customer' } }]);
  expect(await find(owner, 'shenzhen 下周')).toHaveLength(1);
  expect(await find(owner, '机样')).toEqual([]);
  expect(await find(owner, '样')).toEqual([]);
  expect(await find(stranger, '样机')).toEqual([]);
});

test('go with the record when it is erased', async () => {
  await say(owner, '要忘掉的', { mentions: [manager.id] });
  await house.administrator.delete(path());
  expect((await house.administrator.delete(`${path()}?forever=true`)).status).toBe(204);
  for (const table of ['comment', 'follow', 'notification']) {
    const { rows } = await sql`select from ${sql.table(table)} where record_id = ${customer}`.execute(
      house.services.db,
    );
    expect(rows).toEqual([]);
  }
});

test('move to the survivor when records become one, and back when they come apart', async () => {
  const admin = house.administrator;
  const made = async (name: string) => (await admin.create('customers', { name })).id;
  const [a, b, c] = [await made('合并甲'), await made('合并乙'), await made('合并丙')];
  const textsOf = async (id: string) =>
    (await admin.get(`/customers/${id}/comments`)).body.items.map(({ text }: { text: string }) => text);
  await admin.post(`/customers/${a}/comments`, { text: '说甲' });
  await admin.post(`/customers/${b}/comments`, { text: '说乙' });
  const first = (await admin.post('/customers/merge', { ids: [a, b], into: b })).body.mergeId;
  expect(await textsOf(b)).toEqual(['说甲', '说乙']);
  const second = (await admin.post('/customers/merge', { ids: [b, c], into: c })).body.mergeId;
  expect(await textsOf(c)).toEqual(['说甲', '说乙']);
  await admin.post(`/merges/${second}/undo`);
  expect([await textsOf(b), await textsOf(c)]).toEqual([['说甲', '说乙'], []]);
  await admin.post(`/merges/${first}/undo`);
  expect([await textsOf(a), await textsOf(b)]).toEqual([['说甲'], ['说乙']]);
});

test('the manager’s remark on a follow-up reaches its author', async () => {
  const activity = await owner.create('activities', { customer, kind: 'visit', content: '拜访了王总' });
  const answer = await manager.post(`/activities/${activity.id}/comments`, { text: '写得具体些' });
  expect(answer.status).toBe(201);
  expect(await told(owner)).toMatchObject([
    { kind: 'comment.new', text: expect.stringContaining('写得具体些') },
  ]);
});

test.each([
  ['合同周五到', '合同', true],
  ['合同周五到', '同合', false],
  ['ＡＢＣ 公司', 'abc', true],
  ['客戶資料', '客户', true],
])('%s holds %s: %s', (text, q, expected) => {
  const words = wordsOf(q);
  expect(holds(text, words)).toBe(expected);
  const pairs = new Set(pairsOf(text));
  expect(words.flatMap(pairsOf).every((pair) => pairs.has(pair))).toBe(expected);
});

test('under the old id of a merged record one speaks of the record it has become part of', async () => {
  const admin = house.administrator;
  const { id: former } = await owner.create('customers', { name: `云海分部${Math.random()}` });
  await admin.post('/customers/merge', { ids: [customer, former], into: customer });
  await owner.post(`${path(former)}/comments`, { text: '老地址也通' });
  await owner.put(`${path(former)}/following`, { following: false });
  expect(await commentsFor(owner)).toMatchObject([{ text: '老地址也通', recordId: customer }]);
  expect((await owner.get(`${path(former)}/comments`)).body).toMatchObject({
    items: [{ text: '老地址也通' }],
    following: false,
  });
});
