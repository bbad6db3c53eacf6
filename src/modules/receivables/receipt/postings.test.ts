import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Person, startTestApp, type TestApp } from '../../../platform/testing/app.ts';
import { orderOf, received, untrue, yuan } from '../testing/deal.ts';

let house: TestApp;
let boss: Person;
let customer: { id: string };
let order: { id: string };
const posted = async (who: Person, kind: string, id: string) =>
  who.get(`/receivables/postings/${kind}/${id}`);

beforeAll(async () => {
  house = await startTestApp();
  boss = house.administrator;
  customer = await boss.create('customers', { name: '宁波海潮包装有限公司' });
  const instalments = [
    { name: '定金', percent: '30', event: 'signed' },
    { name: '尾款', percent: '70', event: 'arrival' },
  ];
  order = await orderOf(house, boss, customer.id, '1000', { instalments });
});
afterAll(() => house.stop());

test('what the payer has open is offered instalment by instalment, and one of them is paid by name', async () => {
  const receipt = await received(boss, customer.id, '700', { payer: '海潮' });
  const { body } = await boss.get(`/receipts/${receipt.id}/owed`);
  expect(
    body.items.map((item: { instalment: { name: string }; open: object }) => [
      item.instalment.name,
      item.open,
    ]),
  ).toEqual([
    ['定金', yuan('300.00')],
    ['尾款', yuan('700.00')],
  ]);
  const { instalment } = body.items[1];
  const allocated = await boss.post(`/receipts/${receipt.id}/allocate`, {
    allocations: [{ order: order.id, instalment: instalment.id, amount: '700' }],
    remark: '尾款先到',
  });
  expect(allocated.status).toBe(200);
  const [first, second] = (await posted(boss, 'receipt', receipt.id)).body.items;
  expect(first).toMatchObject({
    ...{
      kind: 'allocation',
      instalment: '尾款',
      remark: '尾款先到',
      amount: yuan('700.00'),
      paid: null,
      back: null,
      free: true,
    },
    holder: { entity: 'order', id: order.id },
  });
  expect(second).toMatchObject({ kind: 'receipt', free: false });
  expect((await posted(boss, 'order', order.id)).body.items).toMatchObject([
    { id: first.id, from: { entity: 'receipt', id: receipt.id, title: '海潮' } },
  ]);
  const back = await boss.post(`/receipts/${receipt.id}/unallocate`, {
    postings: [first.id],
    reason: '付错了',
  });
  expect(back.status).toBe(200);
  expect((await posted(boss, 'order', order.id)).body.items).toMatchObject([
    { back: 'takes', remark: '付错了', free: false },
    { id: first.id, back: 'taken', free: false },
  ]);
  expect(await untrue(house)).toEqual([]);
});

test('who may not confirm may not take back; who sees no receipts is told nothing', async () => {
  const all = { actions: { read: 'all' } } as const;
  const seller = await house.person({ entities: { customer: all, order: all, receipt: all } });
  const items = (await posted(seller, 'order', order.id)).body.items;
  expect(items.length).toBeGreaterThan(0);
  expect(items.some(({ free }: { free: boolean }) => free)).toBe(false);
  const blind = await house.person({ entities: { customer: all, order: all } });
  expect((await posted(blind, 'order', order.id)).status).toBe(403);
  const stranger = await house.person({ entities: { order: { actions: { read: 'self' } }, receipt: all } });
  expect((await posted(stranger, 'order', order.id)).status).toBe(404);
});
