import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Person, startTestApp, type TestApp } from '../../platform/testing/app.ts';
import { deal, yuan } from './testing/deal.ts';
import { askedFor, waitingReds } from './ui/steps.ts';

let house: TestApp;
let boss: Person;
beforeAll(async () => {
  house = await startTestApp();
  boss = house.administrator;
});
afterAll(() => house.stop());

interface Shown {
  record: { id: string };
  why: string;
  title: string;
  action: { open: string };
}
const dayOf = async (who: Person, query = ''): Promise<Shown[]> =>
  (await who.get(`/today${query}`)).body.items;

test('receipts to confirm and invoices to issue stand in the day of who may, until done', async () => {
  const all = { actions: { read: 'all' } } as const;
  const confirming = { ...all, commands: ['confirm'] };
  const money = { customer: all, order: all, invoice: all };
  const finance = await house.person({ entities: { ...money, receipt: confirming } });
  const reader = await house.person({ entities: { ...money, receipt: all } });
  const blind = await house.person({
    entities: { ...money, receipt: { ...confirming, actions: { read: 'self' } }, invoice: { actions: {} } },
  });
  const { customer, order } = await deal(house);
  const receipt = await boss.create('receipts', {
    customer: customer.id,
    amount: yuan('200'),
    order: order.id,
  });
  const lines = [{ name: '铝合金型材', quantity: '10', price: '100' }];
  const invoice = await boss.create('invoices', {
    ...{ customer: customer.id, order: order.id, kind: 'normal', name: '杭州云帆', lines },
  });
  const seen = await dayOf(finance);
  expect(seen).toMatchObject([
    { record: { id: invoice.id }, why: '申请了开票', action: { open: `/r/invoices/${invoice.id}` } },
    {
      record: { id: receipt.id },
      why: '待财务确认',
      date: null,
      action: { open: `/r/receipts/${receipt.id}` },
    },
  ]);
  expect(seen[1]?.title).toContain('¥200.00');
  expect(await dayOf(finance, '?team=true')).toHaveLength(2);
  expect([...(await dayOf(reader)), ...(await dayOf(blind))]).toEqual([]);

  await finance.post(`/receipts/${receipt.id}/confirm`);
  await finance.post(`/invoices/${invoice.id}/issue`, { invoiceNumber: '24312000000012345678' });
  expect(await dayOf(finance)).toEqual([]);

  const { body } = await boss.post(`/invoices/${invoice.id}/flush`, { reason: '退货' });
  expect(await dayOf(finance)).toMatchObject([
    {
      record: { id: body.invoice },
      why: '申请了红冲，待开红票',
      action: { open: `/r/invoices/${body.invoice}` },
    },
  ]);
  // On the blue one it is found until it is issued.
  const waits = waitingReds((await boss.get(`/invoices/${invoice.id}`)).body);
  const found = async () =>
    (await finance.get(`/invoices?filter=${encodeURIComponent(JSON.stringify(waits))}`)).body.items;
  expect(askedFor('flush', body)).toBe(body.invoice);
  expect(await found()).toMatchObject([{ id: body.invoice }]);
  await finance.post(`/invoices/${body.invoice}/issue`, { invoiceNumber: '24312000000012345679' });
  expect(await found()).toEqual([]);
  expect(waitingReds((await boss.get(`/invoices/${body.invoice}`)).body)).toBe(null);
});
