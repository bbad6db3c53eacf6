import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Person, startTestApp, type TestApp } from '../../../platform/testing/app.ts';
import { deal, untrue, yuan } from '../testing/deal.ts';

let house: TestApp;
let boss: Person;
let seller: Person;
let other: Person;
const mine = { read: 'self', create: 'self', update: 'self' } as const;
const SALES = {
  entities: {
    customer: { actions: mine },
    order: { actions: mine },
    receipt: { actions: mine },
    bankEntry: { actions: { read: 'all' } },
  },
} as const;

beforeAll(async () => {
  house = await startTestApp();
  boss = house.administrator;
  seller = await house.person(SALES, { name: '陈思远' });
  other = await house.person(SALES, { name: '林小雨' });
});
afterEach(async () => expect(await untrue(house)).toEqual([]));
afterAll(() => house.stop());

let count = 0;
const entry = (amount: string, more: object = {}) =>
  boss.create('bank-entries', {
    payer: '杭州云帆',
    amount: yuan(amount),
    serial: `L${++count}`,
    date: '2026-11-20',
    ...more,
  });
const read = async (id: string) => (await boss.get(`/bank-entries/${id}`)).body;

describe('money of the bank', () => {
  test('is claimed for one’s own customer, confirmed by finance, and pays the order', async () => {
    const { customer, order } = await deal(house, '500', seller);
    const { id } = await entry('500');
    const { status, body } = await seller.post(`/bank-entries/${id}/claim`, {
      customer: customer.id,
      order: order.id,
    });
    expect(status).toBe(200);
    expect(await read(id)).toMatchObject({
      status: 'claimed',
      left: yuan('0.00'),
      claimedBy: { id: seller.id },
    });
    const receipt = (await seller.get(`/receipts/${body.receipt}`)).body;
    expect(receipt).toMatchObject({
      status: 'pending',
      date: '2026-11-20',
      amount: yuan('500.00'),
      bankEntry: { id },
    });
    expect((await seller.post(`/receipts/${receipt.id}/confirm`)).status).toBe(403);
    expect((await boss.post(`/receipts/${receipt.id}/confirm`)).status).toBe(200);
    expect((await boss.get(`/receipts/${receipt.id}`)).body).toMatchObject({
      status: 'confirmed',
      free: yuan('0.00'),
    });
  });

  test('claimed twice is refused by the name of whoever has it', async () => {
    const [one, two] = [await deal(house, '5', seller), await deal(house, '5', other)];
    const { id } = await entry('5');
    await seller.post(`/bank-entries/${id}/claim`, { customer: one.customer.id });
    const { status, body } = await other.post(`/bank-entries/${id}/claim`, { customer: two.customer.id });
    expect([status, body.code, body.detail]).toEqual([
      409,
      'bank_entry_claimed',
      expect.stringContaining('陈思远'),
    ]);
  });

  test('claimed by many at once is one’s', async () => {
    const [one, two] = [await deal(house, '5', seller), await deal(house, '5', other)];
    const { id } = await entry('5');
    const claims = await Promise.all(
      [seller, other, seller, other].map((who) =>
        who.post(`/bank-entries/${id}/claim`, { customer: (who === seller ? one : two).customer.id }),
      ),
    );
    expect(claims.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
    const filter = JSON.stringify({ field: 'bankEntry', op: 'eq', value: id });
    expect((await boss.get(`/receipts?filter=${encodeURIComponent(filter)}`)).body.items).toHaveLength(1);
  });

  test('may be for several customers, together no more than came', async () => {
    const [one, two] = [await deal(house, '5', seller), await deal(house, '5', other)];
    const { id } = await entry('100');
    const claim = (who: Person, customer: string, amount: string) =>
      who.post(`/bank-entries/${id}/claim`, { customer, amount });
    expect((await claim(seller, one.customer.id, '60')).status).toBe(200);
    expect(await read(id)).toMatchObject({ status: 'partly', left: yuan('40.00') });
    expect((await claim(other, two.customer.id, '40.01')).body).toMatchObject({ code: 'bank_entry_taken' });
    expect((await claim(other, two.customer.id, '40')).status).toBe(200);
    expect((await read(id)).status).toBe('claimed');
  });

  test.each(['reject', 'takeBack'])('waits for others again after a %s', async (command) => {
    const { customer } = await deal(house, '5', seller);
    const { id } = await entry('5');
    const { body } = await seller.post(`/bank-entries/${id}/claim`, { customer: customer.id });
    expect((await boss.delete(`/receipts/${body.receipt}`)).body.code).toBe('receipt_settled');
    const who = command === 'reject' ? boss : seller;
    expect((await who.post(`/receipts/${body.receipt}/${command}`, { reason: '不是他的' })).status).toBe(200);
    expect(await read(id)).toMatchObject({ status: 'open', left: yuan('5.00'), claimedBy: null });
    expect((await seller.post(`/bank-entries/${id}/claim`, { customer: customer.id })).status).toBe(200);
  });

  test('is not claimed for another’s customer, nor once finance has put it aside', async () => {
    const { customer } = await deal(house, '5', other);
    const { id } = await entry('5');
    const { body } = await seller.post(`/bank-entries/${id}/claim`, { customer: customer.id });
    expect(body.errors).toMatchObject([{ path: 'customer', code: 'unknown_reference' }]);
    expect((await read(id)).status).toBe('open');
    expect((await boss.post(`/bank-entries/${id}/putAside`)).status).toBe(200);
    expect((await other.post(`/bank-entries/${id}/claim`, { customer: customer.id })).body.code).toBe(
      'bank_entry_aside',
    );
    expect((await boss.post(`/bank-entries/${id}/putForward`)).status).toBe(200);
    expect((await other.post(`/bank-entries/${id}/claim`, { customer: customer.id })).status).toBe(200);
  });
});
