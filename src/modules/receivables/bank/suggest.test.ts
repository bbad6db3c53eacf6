import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Person, startTestApp, type TestApp } from '../../../platform/testing/app.ts';
import { orderOf, received, yuan } from '../testing/deal.ts';

let house: TestApp;
let boss: Person;
let seller: Person;
let customer: { id: string };
let order: { id: string };
const mine = { read: 'self', create: 'self', update: 'self' } as const;

beforeAll(async () => {
  house = await startTestApp();
  boss = house.administrator;
  seller = await house.person({
    entities: {
      customer: { actions: mine },
      order: { actions: mine },
      receipt: { actions: mine },
      bankEntry: { actions: { read: 'all' } },
    },
  });
  customer = await boss.create('customers', { name: '宁波海潮包装有限公司' });
  order = await orderOf(house, boss, customer.id, '880', { theirNumber: 'PO-20261188' });
});
afterAll(() => house.stop());

let count = 0;
const entry = (payer: string, amount: string, summary = '') =>
  boss.create('bank-entries', { payer, amount: yuan(amount), serial: `S${++count}`, summary });
const told = async (who: Person, id: string) => (await who.get(`/bank-entries/${id}/suggestions`)).body.items;
const first = async (payer: string, amount: string, summary = '') => {
  const [best] = await told(boss, (await entry(payer, amount, summary)).id);
  return best && { customer: best.customer.id, item: best.item?.id ?? null, reasons: best.reasons };
};

describe('money of the bank is likely to be', () => {
  test.each([
    ['of whoever is called so, however it is written', '宁波海潮包装 有限公司', '1', '', ['payer']],
    ['of a company of the same own name', '宁波海潮包装', '1', '', ['payerLike']],
    ['for a debt of just this amount', '某人', '880', '', ['amount']],
    ['for the order whose number stands beside it', '某人', '5', '付 PO-20261188 货款', ['number']],
    ['all of it', '宁波海潮包装有限公司', '880', '订单po-20261188', ['number', 'payer', 'amount']],
  ])('%s', async (_what, payer, amount, summary, reasons) => {
    expect(await first(payer, amount, summary)).toEqual({ customer: customer.id, item: order.id, reasons });
  });

  test('of the customer for whom this payer has paid before', async () => {
    const other = await boss.create('customers', { name: '苏州远大机电有限公司' });
    await received(boss, other.id, '3', { payer: '张三' });
    expect(await first('张三', '7')).toEqual({ customer: other.id, item: null, reasons: ['payerBefore'] });
  });

  test('nobody’s, where nothing says so', async () => {
    expect(await first('路人甲', '12345.67', '货款')).toBeUndefined();
  });
});

test('a proposal books nothing, tells only what one may see, and asks for the right to claim', async () => {
  const { id } = await entry('宁波海潮包装有限公司', '880');
  expect(await told(boss, id)).not.toEqual([]);
  expect((await boss.get(`/bank-entries/${id}`)).body).toMatchObject({
    status: 'open',
    left: yuan('880'),
  });
  expect(await told(seller, id)).toEqual([]);
  const reader = await house.person({ entities: { bankEntry: { actions: { read: 'all' } } } });
  expect((await reader.get(`/bank-entries/${id}/suggestions`)).status).toBe(403);
});
