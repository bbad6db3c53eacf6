import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Person, startTestApp, type TestApp } from '../../../platform/testing/app.ts';
import { upgradeRights } from './upgrade.ts';

const CAME_LATER = ['visit', 'promise', 'segment'];
const own = { read: 'self', create: 'self', update: 'self' } as const;

let house: TestApp;
let seller: Person;
let owner: Person;

/** The company as a version left it that did not have these types yet. */
async function before(accounted: boolean): Promise<void> {
  const { db } = house.services;
  await sql`update role set permissions = jsonb_set(permissions, '{entities}', (permissions->'entities') - ${CAME_LATER}::text[])
    where permissions ? 'entities'`.execute(db);
  if (accounted)
    await sql`update setting set value = value - ${CAME_LATER}::text[] where key = 'recordTypes'`.execute(db);
  else await sql`delete from setting where key = 'recordTypes'`.execute(db);
}

const roleNamed = async (name: string) =>
  (await house.administrator.get('/roles?limit=100')).body.items.find(
    (role: { name: string }) => role.name === name,
  );

beforeAll(async () => {
  house = await startTestApp();
  owner = await house.person({ administrator: true });
  seller = await house.person({ entities: { customer: { actions: own }, activity: { actions: own } } });
});
afterAll(() => house?.stop());

test('a company that was just set up has nothing to catch up with', async () => {
  expect(await upgradeRights(house.services)).toEqual([]);
});

test.each([
  ['kept no account of its record types', false],
  ['knows what it had', true],
])('an older company that %s catches up once', async (_what, accounted) => {
  await before(accounted);
  const customer = await seller.create('customers', { name: `晨光${accounted}` });
  const visit = { objective: '回访', customer: customer.id, date: '2026-12-01' };
  expect((await seller.post('/visits', visit)).status).toBe(403);
  // Two processes of the new version start at once.
  const fresh = await Promise.all([upgradeRights(house.services), upgradeRights(house.services)]);
  expect(fresh.flat()).toEqual(expect.arrayContaining(CAME_LATER));
  expect(fresh.filter((each) => each.length)).toHaveLength(1);
  expect((await seller.post('/visits', visit)).status).toBe(201);
  const manager = await roleNamed('主管');
  expect(manager.permissions.entities).toMatchObject({
    promise: { actions: { read: 'departmentAndBelow', transfer: 'departmentAndBelow' } },
    segment: { actions: { read: 'departmentAndBelow' } },
  });
  const { body } = await house.administrator.get(`/audit?entity=role&recordId=${manager.id}`);
  expect(body.items[0]).toMatchObject({ action: 'update', cause: { kind: 'upgrade' } });
  await upgradeRights(house.services);
  expect((await roleNamed('主管')).version).toBe(manager.version);
});

test('who takes the rights away again keeps it so', async () => {
  const role = await roleNamed('销售');
  const { visit: _, ...entities } = role.permissions.entities;
  await house.administrator.patch(`/roles/${role.id}`, { permissions: { entities } });
  await upgradeRights(house.services);
  expect((await roleNamed('销售')).permissions.entities.visit).toBeUndefined();
});

test('administrators are told, with the names of the types', async () => {
  const { body } = await owner.get('/notifications');
  const told = body.items.filter((item: { kind: string }) => item.kind === 'rights.upgraded');
  expect(told.length).toBeGreaterThan(0);
  expect(told[0]).toMatchObject({ text: expect.stringContaining('拜访'), path: '/admin/roles' });
  expect((await seller.get('/notifications')).body.items).toEqual([]);
});
