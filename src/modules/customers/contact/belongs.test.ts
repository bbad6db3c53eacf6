import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Person, startTestApp, type TestApp } from '../../../platform/testing/app.ts';

let house: TestApp;
let boss: Person;
const ids: Record<string, string> = {};
beforeAll(async () => {
  house = await startTestApp();
  boss = house.administrator;
  const make = async (key: string, plural: string, body: object) => {
    ids[key] = (await boss.create(plural, body)).id;
  };
  await make('甲', 'customers', { name: '甲公司' });
  await make('乙', 'customers', { name: '乙公司' });
  await make('own', 'contacts', { name: '王工', customer: ids.甲 });
  await make('other', 'contacts', { name: '李工', customer: ids.乙 });
  await make('both', 'contacts', { name: '赵总', customer: ids.乙, otherCustomers: [ids.甲] });
  await make('free', 'contacts', { name: '钱经理' });
  await make('product', 'products', { name: '水泵', code: 'B-1', unit: 'piece' });
});
afterAll(() => house.stop());

const refusal = (path: string) => [
  { path, code: 'belongs_to_another', message: expect.stringContaining('客户') },
];

describe.each<[string, string, () => object]>([
  ['opportunities', 'contact', () => ({ name: '换线' })],
  ['quotes', 'contact', () => ({})],
  ['orders', 'contact', () => ({})],
  ['contracts', 'contact', () => ({ name: '年度' })],
  ['trials', 'contact', () => ({ product: ids.product })],
  ['visits', 'contacts', () => ({ objective: '看设备', date: '2026-12-01' })],
  ['activities', 'contacts', () => ({ kind: 'call', content: '谈价' })],
])('the contact of %s', (plural, field, more) => {
  const with_ = (...keys: string[]) => ({
    [field]: field === 'contacts' ? keys.map((key) => ids[key]) : ids[keys[0]!],
  });
  const make = (body: object) => boss.post(`/${plural}`, { customer: ids.甲, ...more(), ...body });

  test('is one of the customer, also as his second company, or nobody’s', async () => {
    for (const key of ['own', 'both', 'free'])
      expect([key, (await make(with_(key))).status]).toEqual([key, 201]);
    const { status, body } = await make(with_('other'));
    expect([status, body.errors]).toEqual([422, refusal(field)]);
  });

  test('is looked at again when either changes, and not when neither does', async () => {
    const { id } = (await make(with_('own'))).body;
    const change = async (body: object) => (await boss.patch(`/${plural}/${id}`, body)).body.errors;
    expect(await change(with_('other'))).toEqual(refusal(field));
    expect(await change({ customer: ids.乙 })).toEqual(refusal(field));
    expect(await change({ customer: ids.乙, ...with_('other') })).toBeUndefined();
    // He has moved on since: what is written of that time stays, and can be written on.
    const table = plural === 'orders' ? 'order' : plural.replace(/ies$/, 'y').replace(/s$/, '');
    const column =
      field === 'contacts' ? sql`contact_ids = array[${ids.own}::uuid]` : sql`contact_id = ${ids.own}`;
    await sql`update ${sql.table(table)} set ${column} where id = ${id}`.execute(house.services.db);
    expect(await change({ customer: ids.乙, ...with_('own') })).toBeUndefined();
    expect(await change(with_('both'))).toBeUndefined();
  });
});

test('what is made of a document leaves out who has moved on since', async () => {
  const { id: contact } = await boss.create('contacts', { name: '孙工', customer: ids.甲 });
  const quote = await boss.create('quotes', {
    customer: ids.甲,
    contact,
    lines: [{ name: '泵', price: '5' }],
  });
  await sql`update quote set status = 'confirmed' where id = ${quote.id}`.execute(house.services.db);
  const made = async (input: object) => {
    const { id } = (await boss.post(`/quotes/${quote.id}/makeOrder`, input)).body;
    return (await boss.get(`/orders/${id}`)).body.contact;
  };
  expect(await made({})).toMatchObject({ id: contact });
  await boss.patch(`/contacts/${contact}`, { customer: ids.乙 });
  expect(await made({ again: true })).toBeNull();
});
