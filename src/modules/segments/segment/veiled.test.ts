import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Person, startTestApp, type TestApp } from '../../../platform/testing/app.ts';

let house: TestApp;
let admin: Person;
let member: Person;
let waiting: string;

beforeAll(async () => {
  house = await startTestApp();
  admin = house.administrator;
  const own = { actions: { read: 'self', create: 'self' } } as const;
  member = await house.person({ entities: { customer: own, segment: { actions: { read: 'all' } } } });
  const pool = await admin.create('pools', { name: '公海', members: [member.id] });
  const department = (pool.unit as { id: string }).id;
  const { id: parent } = await member.create('customers', { name: '集团', phone: '13812340000' });
  waiting = (
    await admin.create('customers', {
      name: '公海工厂',
      phone: '13812345678',
      latitude: '30.5',
      parent,
      department,
    })
  ).id;
});
afterAll(() => house.stop());

const found = async (filter: object, who = member) => {
  const { body } = await who.get(`/customers?filter=${encodeURIComponent(JSON.stringify(filter))}`);
  return (body.items ?? []).map(({ title }: { title: string }) => title).sort();
};
const segment = async (name: string, definition: object) =>
  (await admin.create('segments', { name, entity: 'customer', kind: 'frozen', definition })).id;
const byPhone = { field: 'phone', op: 'startsWith', value: '1381234' };

test('a list taken down by a masked value tells a pool’s member nothing of it', async () => {
  const id = await segment('按号码', byPhone);
  expect(await found({ segment: id }, admin)).toEqual(['公海工厂', '集团']);
  expect(await found({ segment: id })).toEqual(['集团']);
  const of = (await member.get(`/segments/of/customer/${waiting}`)).body.items;
  expect(of).toMatchObject([{ id, member: false }]);
  const open = await segment('按名称', { field: 'name', op: 'contains', value: '工厂' });
  expect(await found({ segment: open })).toEqual(['公海工厂']);
});

test('what related records amount to leaves masked values out', async () => {
  const highest = (least: number) => ({
    related: 'customer',
    via: 'parent',
    aggregate: { fn: 'max', field: 'latitude' },
    op: 'gte',
    value: least,
  });
  expect(await found(highest(30), admin)).toEqual(['集团']);
  expect(await found(highest(30))).toEqual([]);
});
