import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Person, startTestApp, type TestApp } from '../../platform/testing/app.ts';

let house: TestApp;
let admin: Person;
let manager: Person;
let seller: Person;
let stranger: Person;

const within = 'departmentAndBelow' as const;

beforeAll(async () => {
  house = await startTestApp();
  admin = house.administrator;
  const [east, south] = [await house.department('华东'), await house.department('华南')];
  manager = await house.person(
    {
      entities: {
        customer: {
          actions: { read: within, update: within, transfer: within },
          fields: { phone: 'masked', annualRevenue: 'hidden' },
        },
        task: { actions: { read: within }, fields: { subject: 'hidden' } },
      },
    },
    { department: east },
  );
  const own = { actions: { read: 'self', create: 'self' } } as const;
  const sales = { entities: { customer: own, task: own } };
  seller = await house.person(sales, { department: east });
  stranger = await house.person(sales, { department: south });
});
afterAll(() => house.stop());

const customerOf = (who: Person, name: string) => who.create('customers', { name, phone: '13800002222' });
const preview = (rule: object, who = manager) =>
  who.post(`/handovers/of/${seller.id}/preview`, { plan: { rule } });

test('open work is counted of customers one may give away, of no others', async () => {
  const [mine, foreign] = [await customerOf(seller, '华东机械'), await customerOf(stranger, '华南机械')];
  for (const [who, { id }] of [
    [seller, mine],
    [stranger, foreign],
  ] as const)
    await who.create('tasks', { subject: '送样', customer: id });
  const counted = async (...ids: string[]) =>
    (await manager.post('/customers/open-work', { ids })).body.items;
  expect(await counted(mine.id)).toEqual([{ entity: 'task', count: 1 }]);
  expect(await counted(mine.id, foreign.id)).toEqual([{ entity: 'task', count: 1 }]);
  expect(await counted(foreign.id)).toEqual([]);
});

test('a plan goes by no field its maker may not read, and names nothing he may not name', async () => {
  const { id } = await customerOf(seller, '华东纺织');
  await seller.create('tasks', { subject: '机密谈判', customer: id });
  for (const field of ['phone', 'annualRevenue', 'nothing']) {
    const { status, body } = await preview({ kind: 'field', field, to: {}, otherwise: null });
    expect([status, body.errors]).toMatchObject([422, [{ path: 'plan.rule.field', code: 'unknown_field' }]]);
  }
  const { items } = (await preview({ kind: 'field', field: 'city', to: {}, otherwise: null })).body;
  const titles = (entity: string) =>
    items.flatMap((each: { entity: string; title: string }) => (each.entity === entity ? each.title : []));
  expect(titles('customer')).toContain('华东纺织');
  expect(new Set(titles('task'))).toEqual(new Set(['—']));
});

test('nobody is not found, and nobody who has left gets anything', async () => {
  expect((await admin.get('/handovers/of/018f0000-0000-7000-8000-000000000000')).status).toBe(404);
  const gone = await house.person({ entities: { customer: { actions: { read: 'self' } } } });
  await admin.post(`/users/${gone.id}/deactivate`);
  const { status, body } = await preview({ kind: 'one', to: gone.id }, admin);
  expect([status, body.errors[0].code]).toEqual([422, 'handover_receiver_inactive']);
  const { id } = await customerOf(seller, '华东五金');
  for (const [path, input] of [
    ['/customers/transfer', { ids: [id], owner: gone.id, along: ['task'] }],
    [`/customers/${id}/transfer`, { owner: gone.id }],
  ] as const) {
    const answer = await admin.post(path, input);
    const [refused] = answer.body.failed ?? [answer.body];
    expect([path, refused.errors[0].code]).toEqual([path, 'owner_deactivated']);
  }
  expect((await admin.get(`/customers/${id}`)).body.owner.id).toBe(seller.id);
});
