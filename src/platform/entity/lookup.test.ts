import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Person, startTestApp, type TestApp } from '../testing/app.ts';

let house: TestApp;
let seller: Person;

beforeAll(async () => {
  house = await startTestApp();
  const actions = { read: 'self', create: 'self', update: 'self' } as const;
  seller = await house.person({
    entities: { customer: { actions, fields: { city: 'hidden' } }, contact: { actions } },
  });
  for (const name of ['杭州海康威视', '重庆长安汽车', '宁波舜宇光学'])
    await seller.create('customers', { name, city: undefined });
  await house.administrator.create('customers', { name: '杭州海康机器人', city: '杭州市' });
});
afterAll(() => house.stop());

const lookup = async (who: Person, path: string) => (await who.get(`/lookup/${path}`)).body.items;
const titles = (items: { title: string }[]) => items.map((item) => item.title);

test('without a word: the records last changed, within the caller’s scope', async () => {
  const [first] = (await seller.get('/customers?q=海康')).body.items;
  await seller.patch(`/customers/${first.id}`, { remark: '刚改过' });
  expect(titles(await lookup(seller, 'customer'))).toEqual(['杭州海康威视', '宁波舜宇光学', '重庆长安汽车']);
  expect(titles(await lookup(seller, 'customer?limit=1'))).toEqual(['杭州海康威视']);
});

test.each([
  ['海康', ['杭州海康威视']],
  ['chongqing', ['重庆长安汽车']],
  ['nbsy', ['宁波舜宇光学']],
  ['没有这家', []],
  ['%', []],
])('%s finds %j', async (q, expected) => {
  expect(titles(await lookup(seller, `customer?q=${encodeURIComponent(q)}`))).toEqual(expected);
});

test('the second line says which it is, without what the caller may not see', async () => {
  const [item] = await lookup(house.administrator, `customer?q=${encodeURIComponent('机器人')}`);
  expect(item.subtitle).toMatch(/^KH-\d{4}-\d{6} · 杭州市 · 林静$/);
  const seen = await lookup(seller, 'customer');
  expect(seen[0].subtitle).not.toContain('·  ·');
});

test('people are found by anyone who assigns work', async () => {
  expect(titles(await lookup(seller, `user?q=${encodeURIComponent('林')}`))).toEqual(['林静']);
});

test('a picker offers whom it may: no one who has left, and only who can sign in for a decision', async () => {
  const { administrator } = house;
  const [, left, named] = await Promise.all(
    ['祝在职', '祝离开', '祝未邀'].map((name) => house.person({}, { name })),
  );
  await administrator.post(`/users/${left?.id}/deactivate`);
  await sql`update "user" set status = 'waiting' where id = ${named?.id}`.execute(house.services.db);
  const offered = async (query: string) =>
    (await lookup(seller, `user?limit=50${query}`)).filter(({ title }: { title: string }) =>
      title.startsWith('祝'),
    );
  for (const word of ['', '&q=%E7%A5%9D', '&q=zhu']) {
    expect(titles(await offered(`${word}&among=active`)), word).toEqual(['祝在职']);
    expect(titles(await offered(`${word}&among=staff`)).sort(), word).toEqual(['祝在职', '祝未邀'].sort());
    const all = await offered(word);
    expect(all).toHaveLength(3);
    expect(titles(all.filter(({ off }: { off?: true }) => off)), word).toEqual(['祝离开']);
  }
  expect((await lookup(seller, 'user?limit=1&among=active')).length).toBe(1);
});

test('a picker says who is away, and until when, and who came with the sample company', async () => {
  const [away, back, sample] = await Promise.all(
    ['祁外出', '祁回来', '祁示例'].map((name) => house.person({}, { name })),
  );
  const soon = Temporal.Now.instant().add({ hours: 30 }).round('second').toString();
  const past = Temporal.Now.instant().subtract({ hours: 2 }).toString();
  const delegate = (who: Person | undefined, from: string, until: string) =>
    who?.post('/approval-delegations', { to: house.administrator.id, from, until });
  await delegate(away, past, soon);
  await delegate(away, past, Temporal.Now.instant().add({ hours: 3 }).toString());
  await delegate(back, soon, Temporal.Now.instant().add({ hours: 90 }).toString());
  await sql`update "user" set sample = true where id = ${sample?.id}`.execute(house.services.db);
  const items: { title: string; awayUntil?: string; sample?: boolean }[] = await lookup(
    seller,
    'user?among=active&q=%E7%A5%81',
  );
  const of = (title: string) => items.find((item) => item.title === title);
  expect(Temporal.Instant.compare(of('祁外出')?.awayUntil as string, soon)).toBe(0);
  expect(of('祁回来')).not.toHaveProperty('awayUntil');
  expect(of('祁示例')).toMatchObject({ sample: true });
  expect(of('祁外出')).not.toHaveProperty('sample');
});

test('short lists that are in no search index are found by what is in their name', async () => {
  const stages = titles(await lookup(house.administrator, `stage?q=${encodeURIComponent('报价')}`));
  expect(stages).toEqual(['方案报价']);
  expect(titles(await lookup(house.administrator, 'stage?q=%25'))).toEqual([]);
});

test.each([
  ['role', 403],
  ['task', 403],
  ['nothing', 404],
  ['customer?limit=1000', 400],
])('%s is refused', async (path, status) => {
  expect((await seller.get(`/lookup/${path}`)).status).toBe(status);
});
