import { afterAll, describe, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../../platform/testing/app.ts';
import { orderOf } from '../testing/deal.ts';

const houses: TestApp[] = [];
afterAll(async () => {
  for (const house of houses) await house.stop();
});

// Two debts that two digits would round otherwise, each and as a sum.
describe.each([
  // 10.03 × 20.5 = 205.615
  { own: 'JPY', rate: '20.5', debt: '10.03', each: '206', both: '412' },
  // 10.01 × 0.0425 = 0.425425
  { own: 'KWD', rate: '0.0425', debt: '10.01', each: '0.425', both: '0.850' },
])('what is owed to a house that counts in $own', ({ own, rate, debt, each, both }) => {
  test('is in the digits of its currency wherever it is added up', async () => {
    const house = await startTestApp();
    houses.push(house);
    const boss = house.administrator;
    expect((await boss.patch('/settings', { currency: own })).body).toMatchObject({ currency: own });
    await boss.create('exchange-rates', { currency: 'CNY', validFrom: '2020-01-01', rate });
    const customer = await boss.create('customers', { name: '大阪精机' });
    const cny = { currency: 'CNY' };
    const first = await orderOf(house, boss, customer.id, debt, cny);
    await orderOf(house, boss, customer.id, debt, cny);

    const card = async (kind: string, id: string) => (await boss.get(`/receivables/${kind}/${id}`)).body;
    const told = await card('customer', customer.id);
    expect([told.currency, told.total, told.open]).toEqual([own, both, both]);
    expect(await card('order', first.id)).toMatchObject({ currency: 'CNY', open: debt });

    for (const group of ['customer', 'owner', 'item']) {
      const { total, lines } = (await boss.get(`/receivables?group=${group}`)).body;
      expect([total.open, total.later]).toEqual([both, both]);
      expect(lines.map(({ open }: { open: string }) => open)).toEqual(
        group === 'item' ? [each, each] : [both],
      );
    }
  });
});
