import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Person, startTestApp, type TestApp } from '../../../platform/testing/app.ts';
import { deal, yuan } from '../testing/deal.ts';

let house: TestApp;
let boss: Person;
let seller: Person;
let finance: Person;
const all = { actions: { read: 'all', create: 'all', update: 'all' } } as const;
const read = { actions: { read: 'all' } } as const;
beforeAll(async () => {
  house = await startTestApp();
  boss = house.administrator;
  seller = await house.person({ entities: { customer: all, order: all } }, { name: '销售丁' });
  finance = await house.person(
    { entities: { customer: read, order: { ...read, commands: ['releaseCredit'] } } },
    { name: '财务丙' },
  );
});
afterAll(() => house.stop());

async function overOrder(): Promise<string> {
  const { customer } = await deal(house, '600');
  await boss.create('credit-terms', { customer: customer.id, limit: yuan('1000') });
  const lines = [{ name: '甲', price: '500' }];
  return (await seller.create('orders', { name: '超额单', customer: customer.id, lines })).id;
}
const standing = async (who: Person, id: string) => (await who.get(`/orders/${id}/credit`)).body.credit;
const days = async (who: Person) =>
  (await who.get('/today')).body.items.filter(({ key }: { key: string }) => key.endsWith(':release'));
const confirm = async (who: Person, id: string) => (await who.post(`/orders/${id}/confirm`, {})).status;

test('a blocked order is asked for, released by who may, and confirmed by its seller', async () => {
  const id = await overOrder();
  expect(await confirm(seller, id)).toBe(422);
  expect(await standing(seller, id)).toMatchObject({ passes: false, mayAsk: true, mayRelease: false });
  expect((await seller.post(`/orders/${id}/releaseCredit`, { reason: '急' })).status).toBe(403);
  expect((await seller.post(`/orders/${id}/askCredit`, { reason: '老客户，下周付款' })).status).toBe(200);

  expect(await days(finance)).toMatchObject([
    { record: { entity: 'order', id }, action: { label: '去放行' } },
  ]);
  expect(await days(seller)).toEqual([]);
  const told = (await finance.get('/notifications')).body.items;
  expect(told).toMatchObject([{ kind: 'credit.asked', text: expect.stringContaining('老客户，下周付款') }]);
  expect(await standing(finance, id)).toMatchObject({
    asked: { by: '销售丁' },
    mayAsk: false,
    mayRelease: true,
  });

  expect((await finance.post(`/orders/${id}/releaseCredit`, {})).status).toBe(422);
  expect((await finance.post(`/orders/${id}/releaseCredit`, { reason: '已收到承兑' })).status).toBe(200);
  expect(await days(finance)).toEqual([]);
  expect(await standing(seller, id)).toMatchObject({
    passes: true,
    asked: null,
    released: { by: '财务丙', reason: '已收到承兑', amount: { amount: '500.00', currency: 'CNY' } },
  });
  expect((await seller.get('/notifications')).body.items).toMatchObject([{ kind: 'credit.released' }]);
  const { rows } =
    await sql`select note from audit_entry where record_id = ${id} and action = 'releaseCredit'`.execute(
      house.services.db,
    );
  expect(rows).toEqual([{ note: '¥500.00 · 已收到承兑' }]);
  expect(await confirm(finance, id)).toBe(403);
  expect(await confirm(seller, id)).toBe(200);
});

test('grown past what was released it is blocked again; as large or smaller it passes', async () => {
  const id = await overOrder();
  await finance.post(`/orders/${id}/releaseCredit`, { reason: '可以' });
  const priced = async (price: string) => {
    const { lines, version } = (await seller.get(`/orders/${id}`)).body;
    const body = { lines: [{ id: lines[0].id, name: '甲', price }] };
    expect((await seller.send('PATCH', `/orders/${id}`, body, { 'if-match': `"${version}"` })).status).toBe(
      200,
    );
  };
  await priced('500.01');
  expect(await standing(seller, id)).toMatchObject({
    passes: false,
    released: { amount: { amount: '500.00' } },
  });
  expect(await confirm(seller, id)).toBe(422);
  await priced('450');
  expect(await confirm(seller, id)).toBe(200);
});

test('what is not over, or no draft, is neither asked for nor released; a draft called off waits no longer', async () => {
  const { customer } = await deal(house, '600');
  const lines = [{ name: '甲', price: '500' }];
  const { id } = await seller.create('orders', { name: '额度内', customer: customer.id, lines });
  const ask = async (order: string) =>
    (await seller.post(`/orders/${order}/askCredit`, { reason: '急' })).body.code;
  expect(await ask(id)).toBe('release_not_needed');
  expect(await standing(seller, id)).toBe(null);
  await confirm(seller, id);
  expect(await ask(id)).toBe('release_not_draft');
  const over = await overOrder();
  expect(await ask(over)).toBeUndefined();
  expect(await days(finance)).toHaveLength(1);
  await seller.post(`/orders/${over}/cancel`, { reason: '算了' });
  expect(await days(finance)).toEqual([]);
  const { rows } = await sql`select from order_release where open`.execute(house.services.db);
  expect(rows).toEqual([]);
});
