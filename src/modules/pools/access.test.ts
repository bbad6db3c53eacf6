import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Person, startTestApp, type TestApp } from '../../platform/testing/app.ts';
import { recycle } from './recycle/job.ts';

let house: TestApp;
let admin: Person;

beforeAll(async () => {
  house = await startTestApp();
  admin = house.administrator;
});
afterAll(() => house.stop());

const unitOf = (pool: Record<string, unknown>) => (pool.unit as { id: string }).id;
/** A customer nobody has spoken to for long. */
const idle = async (name: string, city: string) => {
  const owner = await house.person({});
  const { id } = await admin.create('customers', { name, city, owner: owner.id });
  await sql`update customer set created_at = now() - interval '300 days' where id = ${id}`.execute(
    house.services.db,
  );
  return id;
};
const poolOf = async (id: string) => (await admin.get(`/customers/${id}`)).body.pool?.id ?? null;

test('a pool whose condition has lost its field takes nothing, and nothing that may be its own goes elsewhere', async () => {
  const rule = { recycleNoContactDays: 30 };
  const city = (value: string) => ({ field: 'city', op: 'eq', value });
  const first = await admin.create('pools', { name: '甲', order: 1, ...rule, condition: city('杭州') });
  const broken = await admin.create('pools', { name: '乙', order: 2, ...rule, condition: city('宁波') });
  await admin.create('pools', { name: '丙', order: 3, ...rule });
  const [sure, unsure] = [await idle('一定', '杭州'), await idle('不一定', '上海')];
  await sql`update pool set condition = '{"field": "x_gone", "op": "eq", "value": "1"}' where id = ${broken.id}`.execute(
    house.services.db,
  );
  expect((await admin.get(`/customers/${unsure}/moves`)).body).toMatchObject({ recycleOn: null });
  expect((await admin.get('/pools/recycling')).body.tonight.items).toMatchObject([{ id: sure }]);
  expect(await recycle(house.services)).toMatchObject({ recycled: 1, broken: ['乙'] });
  expect([await poolOf(sure), await poolOf(unsure)]).toEqual([first.id, null]);
  const { status, body } = await admin.post('/customers/release', { ids: [unsure], reason: '不联系了' });
  expect([status, body.code]).toEqual([409, 'pool_none_fits']);
});

test('what will be recycled is told without fields its reader may not see', async () => {
  const pool = await admin.create('pools', { name: '丁', order: 0, recycleNoContactDays: 30 });
  const id = await idle('沉默的客户', '温州');
  const reader = await house.person({
    entities: {
      customer: {
        actions: { read: 'all' },
        fields: { name: 'hidden', owner: 'hidden', lastContactAt: 'hidden' },
      },
    },
  });
  const line = async (who: Person) =>
    (await who.get(`/pools/recycling?pool=${pool.id}`)).body.tonight.items.find(
      (each: { id: string }) => each.id === id,
    );
  expect(await line(admin)).toMatchObject({ name: '沉默的客户', owner: expect.any(String) });
  expect(await line(reader)).toMatchObject({ name: '—', owner: '—', lastContactAt: null });
});

test('two who claim at once, and one who claims again: it is claimed once', async () => {
  const own = { entities: { customer: { actions: { read: 'self', create: 'self' } } } } as const;
  const [a, b] = [await house.person(own), await house.person(own)];
  const pool = await admin.create('pools', { name: '戊', members: [a.id, b.id] });
  const { id } = await admin.create('customers', { name: '抢手的', department: unitOf(pool) });
  const claim = (who: Person) => who.post('/customers/claim', { ids: [id] });
  const answers = await Promise.all([claim(a), claim(b)]);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  const winner = answers[0]?.status === 200 ? a : b;
  expect((await claim(winner)).body).toMatchObject({ done: [id], refused: [] });
  const { items } = (await admin.get(`/customers/${id}/moves`)).body;
  expect(items.filter(({ kind }: { kind: string }) => kind === 'claim')).toHaveLength(1);
});

test('nobody who has left is given a customer', async () => {
  const gone = await house.person({ entities: { customer: { actions: { read: 'self' } } } });
  await admin.post(`/users/${gone.id}/deactivate`);
  const pool = await admin.create('pools', { name: '己' });
  const { id } = await admin.create('customers', { name: '待分配', department: unitOf(pool) });
  const { status, body } = await admin.post('/customers/assign', { ids: [id], owner: gone.id });
  expect([status, body.code]).toEqual([409, 'owner_deactivated']);
  expect(await poolOf(id)).toBe(pool.id);
});
