import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Person, startTestApp, type TestApp } from '../../platform/testing/app.ts';
import { deal, received, yuan } from './testing/deal.ts';

let house: TestApp;
let boss: Person;
beforeAll(async () => {
  house = await startTestApp();
  boss = house.administrator;
});
afterAll(() => house.stop());

const codeOf = ({ body }: { body: { code?: string; errors?: { code: string }[] } }) =>
  body.errors?.[0]?.code ?? body.code;
const contractOf = async (amount: string, more: object = {}) => {
  const customer = await boss.create('customers', { name: `苏州远大${Math.random()}有限公司` });
  const contract = await boss.create('contracts', {
    customer: customer.id,
    amount,
    signedOn: '2026-11-01',
    ...more,
  });
  await boss.post(`/contracts/${contract.id}/submit`);
  return { customer, contract };
};

describe('what money stands on', () => {
  test('is neither deleted, withdrawn nor cancelled, until that is taken back', async () => {
    const { customer, order } = await deal(house, '500');
    const receipt = await received(boss, customer.id, '100', { order: order.id });
    for (const verb of ['withdraw', 'cancel'])
      expect(
        codeOf(await boss.post(`/orders/${order.id}/${verb}`, verb === 'cancel' ? { reason: '试' } : {})),
      ).toBe('order_has_money');
    expect(codeOf(await boss.delete(`/orders/${order.id}`))).toBe('order_has_money');
    expect((await boss.post(`/receipts/${receipt.id}/reverse`, { reason: '记错' })).status).toBe(200);
    expect((await boss.delete(`/orders/${order.id}`)).status).toBe(204);
  });

  test('a receipt to be confirmed and an invoice asked for stand against it too', async () => {
    const { customer, order } = await deal(house, '500');
    const { id } = await boss.create('receipts', {
      customer: customer.id,
      order: order.id,
      amount: yuan('9'),
    });
    expect(codeOf(await boss.delete(`/orders/${order.id}`))).toBe('order_has_money');
    await boss.post(`/receipts/${id}/takeBack`, { reason: '记错' });
    const invoice = await boss.create('invoices', { customer: customer.id, order: order.id });
    expect(codeOf(await boss.delete(`/orders/${order.id}`))).toBe('order_has_invoices');
    await boss.post(`/invoices/${invoice.id}/reject`, { reason: '不开了' });
    expect((await boss.delete(`/orders/${order.id}`)).status).toBe(204);
  });

  test('of a contract too, and of one with orders in force', async () => {
    const { customer, contract } = await contractOf('800');
    const receipt = await received(boss, customer.id, '100', { contract: contract.id });
    expect(codeOf(await boss.post(`/contracts/${contract.id}/terminate`, { reason: '试' }))).toBe(
      'contract_has_money',
    );
    expect(codeOf(await boss.delete(`/contracts/${contract.id}`))).toBe('contract_has_money');
    await boss.post(`/receipts/${receipt.id}/reverse`, { reason: '记错' });
    const lines = [{ name: '水泵', quantity: '1', price: '10' }];
    const order = await boss.create('orders', { customer: customer.id, contract: contract.id, lines });
    await boss.post(`/orders/${order.id}/confirm`);
    expect(codeOf(await boss.delete(`/contracts/${contract.id}`))).toBe('contract_has_orders');
    await boss.post(`/orders/${order.id}/cancel`, { reason: '试' });
    expect((await boss.post(`/contracts/${contract.id}/terminate`, { reason: '试' })).status).toBe(200);
  });

  test('goods on their way keep an order, too', async () => {
    const { order } = await deal(house, '500');
    await boss.create('deliveries', { order: order.id });
    expect(codeOf(await boss.delete(`/orders/${order.id}`))).toBe('order_has_deliveries');
  });
});

test('a receipt is the result of whoever’s the order is, and stays that when the customer goes', async () => {
  const [one, two] = [await house.person({ entities: {} }), await house.person({ entities: {} })];
  const { customer, order } = await deal(house, '500');
  await boss.post(`/orders/${order.id}/withdraw`);
  expect((await boss.patch(`/orders/${order.id}`, { performer: one.id })).status).toBe(200);
  await boss.post(`/orders/${order.id}/confirm`);
  const performer = async (id: string) => (await boss.get(`/receipts/${id}`)).body.performer.id;
  const named = await boss.create('receipts', { customer: customer.id, order: order.id, amount: yuan('1') });
  const open = await boss.create('receipts', { customer: customer.id, amount: yuan('1') });
  const said = await boss.create('receipts', {
    customer: customer.id,
    order: order.id,
    amount: yuan('1'),
    performer: two.id,
  });
  const all = async () => [await performer(named.id), await performer(open.id), await performer(said.id)];
  expect(await all()).toEqual([one.id, boss.id, two.id]);
  await boss.post(`/customers/${customer.id}/transfer`, { owner: two.id });
  expect(await all()).toEqual([one.id, boss.id, two.id]);
});

test('what came back lowers every instalment by its share, to the last fen', async () => {
  const customer = await boss.create('customers', { name: '宁波海潮包装有限公司' });
  const order = await boss.create('orders', {
    customer: customer.id,
    lines: [{ name: '水泵', quantity: '3', price: '33.333333' }],
    instalments: [
      { percent: '33.3', event: 'signed' },
      { percent: '33.3', event: 'arrival' },
      { percent: '33.4', event: 'acceptance' },
    ],
  });
  await boss.post(`/orders/${order.id}/confirm`);
  const read = async () => (await boss.get(`/orders/${order.id}`)).body;
  const amounts = async () =>
    (await read()).instalments.map(({ amount }: { amount: { amount: string } }) => amount.amount);
  expect(await amounts()).toEqual(['33.30', '33.30', '33.40']);
  const delivery = await boss.create('deliveries', { order: order.id });
  await boss.post(`/deliveries/${delivery.id}/ship`, { on: '2026-11-23' });
  const lines = [{ orderLine: (await read()).lines[0].id, quantity: '1' }];
  const back = await boss.create('return-orders', { order: order.id, lines });
  await boss.post(`/return-orders/${back.id}/receive`, { on: '2026-11-24' });
  expect((await read()).effectiveTotal.amount).toBe('66.67');
  expect(await amounts()).toEqual(['22.20', '22.20', '22.27']);
  await boss.patch(`/orders/${order.id}`, { acceptedOn: '2026-11-25' });
  expect(await amounts()).toEqual(['22.20', '22.20', '22.27']);
  const card = (await boss.get(`/receivables/order/${order.id}`)).body;
  expect(card).toMatchObject({ open: '66.67', total: '66.67' });
});
