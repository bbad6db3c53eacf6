import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Person, startTestApp, type TestApp } from '../../../platform/testing/app.ts';

let house: TestApp;
let admin: Person;
let owner: Person;
let engineer: Person;

const own = { read: 'self', create: 'self', update: 'self', delete: 'self', export: 'self' } as const;
const rights = (more: object = {}) => ({
  entities: Object.fromEntries(
    ['customer', 'contact', 'activity', 'task', 'attachment', 'teamMember'].map((name) => [
      name,
      { actions: name === 'customer' ? { ...own, share: 'self' as const, transfer: 'self' as const } : own },
    ]),
  ),
  ...more,
});

beforeAll(async () => {
  house = await startTestApp();
  admin = house.administrator;
  owner = await house.person(rights(), { name: '陈经理' });
  engineer = await house.person(rights(), { name: '何工' });
});
afterAll(() => house.stop());

let n = 0;
const account = async () =>
  (await owner.create('customers', { name: `宁德重点客户${++n}号`, owner: owner.id })).id;
const join = (customer: string, body: object = {}, by = owner) =>
  by.post('/team-members', { customer, user: engineer.id, ...body });
const seen = async (customer: string, by = engineer) => (await by.get(`/customers/${customer}`)).status;
const today = async () =>
  (
    await house.context().then((ctx) => Temporal.Instant.from(ctx.now).toZonedDateTimeISO(ctx.timeZone))
  ).toPlainDate();

describe('access follows the team at once', () => {
  test('a member sees the customer everywhere, and nothing once he has gone', async () => {
    const id = await account();
    await owner.create('contacts', { name: '赵厂长', customer: id });
    await owner.create('activities', { customer: id, kind: 'call', content: '谈备件' });
    const looks = async () => {
      const [list, count, search, people, timeline] = await Promise.all([
        engineer.get('/customers?q=宁德重点'),
        engineer.get('/customers?count=true'),
        engineer.get(`/search?q=${encodeURIComponent('宁德重点客户')}`),
        engineer.get(
          `/contacts?filter=${encodeURIComponent(JSON.stringify({ field: 'customer', op: 'eq', value: id }))}`,
        ),
        engineer.get(`/customers/${id}/timeline`),
      ]);
      return {
        list: list.body.items.filter((item: { id: string }) => item.id === id).length,
        count: count.body.total,
        search: JSON.stringify(search.body).includes(id),
        people: people.body.items.length,
        timeline: timeline.status === 200 && timeline.body.items.length > 0,
      };
    };
    const nothing = { list: 0, count: 0, search: false, people: 0, timeline: false };
    expect(await looks()).toEqual(nothing);
    const place = await join(id, { role: 'technical' });
    expect(place.status).toBe(201);
    expect(place.body).toMatchObject({ name: '何工', role: 'technical', access: 'read' });
    expect(await looks()).toEqual({ list: 1, count: 1, search: true, people: 1, timeline: true });
    expect((await engineer.patch(`/customers/${id}`, { remark: '改' })).status).toBe(403);
    await owner.patch(`/team-members/${place.body.id}`, { access: 'write' });
    expect((await engineer.patch(`/customers/${id}`, { remark: '改' })).status).toBe(200);
    await owner.delete(`/team-members/${place.body.id}`);
    expect(await looks()).toEqual(nothing);
    await owner.post(`/team-members/${place.body.id}/restore`);
    expect(await looks()).toMatchObject({ list: 1, people: 1 });
    await owner.delete(`/team-members/${place.body.id}`);
  });

  test.each<[string, number | null, number | null, number]>([
    ['from today', 0, null, 200],
    ['until today', null, 0, 200],
    ['from tomorrow', 1, null, 404],
    ['until yesterday', null, -1, 404],
  ])('a place %s', async (_name, from, until, status) => {
    const id = await account();
    const day = await today();
    const place = await join(id, {
      ...(from === null ? {} : { startsOn: day.add({ days: from }).toString() }),
      ...(until === null ? {} : { endsOn: day.add({ days: until }).toString() }),
    });
    expect(await seen(id)).toBe(status);
    await owner.patch(`/team-members/${place.body.id}`, { startsOn: null, endsOn: null });
    expect(await seen(id)).toBe(200);
  });

  test('a share given by hand is another matter, and both are seen apart', async () => {
    const id = await account();
    await owner.post(`/customers/${id}/share`, { user: engineer.id, access: 'write' });
    const place = await join(id);
    expect((await owner.get(`/customers/${id}/shares`)).body.items).toHaveLength(1);
    expect((await engineer.patch(`/customers/${id}`, { remark: '都可' })).status).toBe(200);
    await owner.delete(`/team-members/${place.body.id}`);
    expect(await seen(id)).toBe(200);
    const [share] = (await owner.get(`/customers/${id}/shares`)).body.items;
    await owner.delete(`/customers/${id}/shares/${share.id}`);
    expect(await seen(id)).toBe(404);
  });

  test('the team stays when the customer is given away, goes with it to the bin and comes back', async () => {
    const id = await account();
    await join(id);
    expect((await owner.post(`/customers/${id}/transfer`, { owner: admin.id })).status).toBe(204);
    expect([await seen(id), await seen(id, owner)]).toEqual([200, 404]);
    await admin.delete(`/customers/${id}`);
    expect(await seen(id)).toBe(404);
    await admin.post(`/customers/${id}/restore`);
    expect(await seen(id)).toBe(200);
  });

  test('merging keeps each member once, with the survivor', async () => {
    const [a, b] = [await account(), await account()];
    for (const id of [a, b]) await join(id);
    const other = await house.person(rights(), { name: '孙服务' });
    await owner.create('team-members', { customer: b, user: other.id });
    expect((await admin.post('/customers/merge', { ids: [a, b], into: a })).status).toBe(200);
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from record_share
      where record_id = ${a} and source_id is not null`.execute(house.services.db);
    expect(rows[0]?.n).toBe(2);
    expect([await seen(a), await seen(a, other)]).toEqual([200, 200]);
  });
});

describe('who may say who is on a team', () => {
  test('not a member, not even one who may write', async () => {
    const id = await account();
    const place = await join(id, { access: 'write', endsOn: (await today()).add({ days: 3 }).toString() });
    const longer = await engineer.patch(`/team-members/${place.body.id}`, { endsOn: null });
    expect([longer.status, longer.body.errors[0].code]).toEqual([422, 'team_not_yours']);
    const friend = await house.person(rights());
    const brought = await join(id, { user: friend.id }, engineer);
    expect([brought.status, brought.body.errors[0].code]).toEqual([422, 'team_not_yours']);
    expect((await engineer.delete(`/team-members/${place.body.id}`)).status).toBe(403);
  });

  test('nobody gives more than he has', async () => {
    const reader = await house.person({
      entities: {
        customer: { actions: { read: 'all' } },
        teamMember: { actions: { read: 'all', create: 'all', update: 'all' } },
      },
    });
    const id = await account();
    const refused = await join(id, { access: 'write' }, reader);
    expect(refused.body.errors).toMatchObject([{ path: 'access', code: 'share_more_than_own' }]);
    const place = await join(id, {}, reader);
    expect(place.status).toBe(201);
    expect((await reader.patch(`/team-members/${place.body.id}`, { access: 'write' })).status).toBe(422);
    expect((await owner.patch(`/team-members/${place.body.id}`, { access: 'write' })).status).toBe(200);
  });

  test('one place each, with an end after its start', async () => {
    const id = await account();
    expect((await join(id)).status).toBe(201);
    expect((await join(id)).body.code).toBe('not_unique');
    const other = await house.person(rights());
    const refused = await join(id, { user: other.id, startsOn: '2026-05-02', endsOn: '2026-05-01' });
    expect(refused.body.errors).toMatchObject([{ path: 'endsOn', code: 'ends_before_start' }]);
  });
});

test('my key accounts are a filter; whoever joins or leaves is told', async () => {
  const id = await account();
  const place = await join(id);
  await house.follow();
  const mine = `/customers?filter=${encodeURIComponent(JSON.stringify({ field: 'team', op: 'in', value: [engineer.id] }))}`;
  const ids = async () => (await engineer.get(mine)).body.items.map((item: { id: string }) => item.id);
  expect(await ids()).toContain(id);
  expect((await owner.get(`/customers/${id}`)).body.team).toEqual([{ id: engineer.id, title: '何工' }]);
  await owner.delete(`/team-members/${place.body.id}`);
  await house.follow();
  expect(await ids()).not.toContain(id);
  const { rows } = await sql<{
    name: string;
  }>`select name from event where entity = 'customer' and ${id} = any(record_ids)
    and payload->>'user' = ${engineer.id} order by id`.execute(house.services.db);
  expect(rows.map(({ name }) => name)).toEqual(['customer.shared', 'customer.unshared']);
});
