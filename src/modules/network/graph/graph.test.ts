import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Person, startTestApp, type TestApp } from '../../../platform/testing/app.ts';
import { recording } from '../../../platform/testing/statements.ts';
import { type RelationGraph, strengthOf } from './graph.shared.ts';
import { relationsOf } from './read.ts';

let house: TestApp;
let admin: Person;
let seller: Person;
beforeAll(async () => {
  house = await startTestApp();
  admin = house.administrator;
  const own = { read: 'self', create: 'self', update: 'self', delete: 'self' } as const;
  seller = await house.person({
    entities: Object.fromEntries(
      ['customer', 'contact', 'activity', 'tie', 'acquaintance'].map((name) => [name, { actions: own }]),
    ),
  });
});
afterAll(() => house.stop());

const graph = async (id: string, by = admin) =>
  (await by.get(`/customers/${id}/network`)).body as RelationGraph;

test.each([
  [1, 1],
  [2, 1],
  [3, 2],
  [6, 3],
  [12, 4],
  [24, 5],
  [400, 5],
])('%i contacts in a year suggest strength %i', (times, strength) => {
  expect(strengthOf(times)).toBe(strength);
});

test('people, ties and who knows them, also across customers; who sees one side sees no name of the other', async () => {
  const mine = (await admin.create('customers', { name: '甲公司', owner: seller.id })).id;
  const other = (await admin.create('customers', { name: '乙公司' })).id;
  const zhao = await admin.create('contacts', { name: '赵明', customer: mine });
  const qian = await admin.create('contacts', { name: '钱亮', customer: other });
  const tie = await admin.create('ties', { from: zhao.id, to: qian.id, kind: 'classmate' });
  expect(tie.customer).toMatchObject({ id: mine });
  const all = await graph(mine);
  expect(all.people.map(({ title }) => title)).toEqual(['赵明']);
  expect(all.others.map(({ title }) => title)).toEqual(['钱亮']);
  expect((await graph(other)).ties).toHaveLength(1);
  const seen = await graph(mine, seller);
  expect(seen.ties).toMatchObject([{ to: { id: qian.id, title: null } }]);
  expect([seen.others, JSON.stringify(seen).includes('钱亮')]).toEqual([[], false]);
  expect((await seller.get(`/customers/${other}/network`)).status).toBe(404);
  expect((await seller.post('/ties', { from: zhao.id, to: qian.id })).status).toBe(422);
  expect((await admin.post('/ties', { from: zhao.id, to: zhao.id })).body.errors).toMatchObject([
    { path: 'to', code: 'tie_to_self' },
  ]);
});

test('recorded contacts suggest who knows whom, until somebody says so', async () => {
  const id = (await admin.create('customers', { name: '丙公司', owner: seller.id })).id;
  const sun = await seller.create('contacts', { name: '孙芳', customer: id });
  for (let call = 0; call < 3; call += 1)
    await seller.create('activities', {
      customer: id,
      contacts: [sun.id],
      kind: 'call',
      content: `第${call}次`,
    });
  const [suggestion] = (await graph(id, seller)).suggestions;
  expect(suggestion).toMatchObject({ contact: sun.id, user: { id: seller.id }, times: 3, strength: 2 });
  await seller.create('acquaintances', { contact: sun.id, user: seller.id, strength: 4 });
  const after = await graph(id, seller);
  expect([after.suggestions, after.acquaintances.length]).toEqual([[], 1]);
  expect((await admin.post('/acquaintances', { contact: sun.id, user: seller.id })).body.code).toBe(
    'not_unique',
  );
});

test('who goes to another customer takes his ties along; two made one are not bound to each other', async () => {
  const [from, to] = [
    (await admin.create('customers', { name: '戊公司', owner: seller.id })).id,
    (await admin.create('customers', { name: '己公司' })).id,
  ];
  const people = await Promise.all(
    ['李云', '李雲'].map((name) => admin.create('contacts', { name, customer: from })),
  );
  const [li, same] = people.map(({ id }) => id) as [string, string];
  const tie = await admin.create('ties', { from: li, to: same });
  const known = await admin.create('acquaintances', { contact: li, user: seller.id });
  expect((await seller.get(`/ties/${tie.id}`)).status).toBe(200);
  await admin.patch(`/contacts/${li}`, { customer: to });
  await house.follow();
  expect((await seller.get(`/ties/${tie.id}`)).status).toBe(404);
  expect((await admin.get(`/acquaintances/${known.id}`)).body.customer).toMatchObject({ id: to });
  expect((await admin.post('/contacts/merge', { ids: [li, same], into: li })).status).toBe(200);
  await house.follow();
  expect((await admin.get(`/ties/${tie.id}`)).status).toBe(404);
});

test('however many people, the same few questions', async () => {
  const id = (await admin.create('customers', { name: '丁公司' })).id;
  const asked = async () => {
    const { ctx, statements } = recording(await house.context(), house.services.pool);
    await relationsOf(ctx, id);
    return statements.length;
  };
  await admin.create('contacts', { name: '一', customer: id });
  const few = await asked();
  for (let at = 0; at < 20; at += 1) await admin.create('contacts', { name: `人${at}`, customer: id });
  expect(await asked()).toBe(few);
  expect(few).toBeLessThan(14);
});

test('on the customer’s file team, ties and acquaintances have no tabs of their own beside the graph', async () => {
  const { entities } = (await admin.get('/meta')).body;
  const of = (name: string) => entities.find((each: { name: string }) => each.name === name);
  const { children } = of('customer');
  const tabs = children.map((child: { entity: string }) => child.entity);
  expect(tabs).toContain('contact');
  expect(tabs.filter((name: string) => ['teamMember', 'tie', 'acquaintance'].includes(name))).toEqual([]);

  expect(of('contact').children).toContainEqual({ entity: 'acquaintance', field: 'contact' });
});
