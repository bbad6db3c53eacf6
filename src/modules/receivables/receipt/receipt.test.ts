import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Person, startTestApp, type TestApp } from '../../../platform/testing/app.ts';
import { deal, orderOf, received, untrue, yuan } from '../testing/deal.ts';

let house: TestApp;
let boss: Person;
beforeAll(async () => {
  house = await startTestApp();
  boss = house.administrator;
});
afterEach(async () => expect(await untrue(house)).toEqual([]));
afterAll(() => house.stop());

const receipt = async (id: string) => (await boss.get(`/receipts/${id}`)).body;
const act = (id: string, command: string, body: object = {}) => boss.post(`/receipts/${id}/${command}`, body);
const allocate = (id: string, ...allocations: object[]) => act(id, 'allocate', { allocations });

describe('a receipt', () => {
  test('waits for finance, and is called after its customer', async () => {
    const { customer } = await deal(house);
    const made = await boss.create('receipts', { customer: customer.id, amount: yuan('300') });
    expect(made).toMatchObject({
      number: expect.stringMatching(/^SK-/),
      payer: expect.stringContaining('杭州云帆'),
      status: 'pending',
      way: 'transfer',
      performer: { id: boss.id },
    });
    expect((await boss.patch(`/receipts/${made.id}`, { amount: yuan('301') })).body.amount).toEqual(
      yuan('301'),
    );
  });

  test('named for an order goes there once confirmed, and what is over stays as advance', async () => {
    const { customer, order } = await deal(house, '1000');
    const { id } = await received(boss, customer.id, '1200.50', { order: order.id });
    expect(await receipt(id)).toMatchObject({ status: 'confirmed', free: yuan('200.50') });
    const more = await received(boss, customer.id, '10', { order: order.id });
    expect((await receipt(more.id)).free).toEqual(yuan('10.00'));
  });

  test('of nothing, or of a currency without rate, is refused', async () => {
    const { customer } = await deal(house);
    for (const [amount, code] of [
      [yuan('-5'), 'amount_above_zero'],
      [{ amount: '5', currency: 'GBP' }, 'currency_without_rate'],
    ] as const) {
      const { body } = await boss.post('/receipts', { customer: customer.id, amount });
      expect(body.errors).toMatchObject([{ path: 'amount', code }]);
    }
    const nothing = await boss.create('receipts', { customer: customer.id, amount: yuan('0') });
    expect((await act(nothing.id, 'confirm')).body.errors).toMatchObject([{ code: 'amount_above_zero' }]);
  });

  test('may not name another customer’s order', async () => {
    const [one, other] = [await deal(house), await deal(house)];
    const draft = { customer: one.customer.id, order: other.order.id, amount: yuan('5') };
    expect((await boss.post('/receipts', draft)).body.errors).toMatchObject([
      { path: 'order', code: 'other_customer' },
    ]);
  });

  test('once confirmed is neither edited nor deleted; only its remark stays open', async () => {
    const { customer } = await deal(house);
    const { id } = await received(boss, customer.id, '50');
    for (const change of [{ amount: yuan('60') }, { payer: '别人' }, { performer: null }])
      expect((await boss.patch(`/receipts/${id}`, change)).body.errors).toMatchObject([
        { code: 'receipt_settled' },
      ]);
    expect((await boss.patch(`/receipts/${id}`, { remark: '收据已寄' })).status).toBe(200);
    expect((await boss.delete(`/receipts/${id}`)).body.code).toBe('receipt_settled');
    expect((await act(id, 'confirm')).body.code).toBe('receipt_state');
  });

  test('is confirmed by whoever has the right to, not by whoever enters it', async () => {
    const all = { read: 'all', create: 'all', update: 'all' } as const;
    const entities = { customer: { actions: all }, receipt: { actions: all }, order: { actions: all } };
    const seller = await house.person({ entities });
    const finance = await house.person({
      entities: { ...entities, receipt: { actions: { read: 'all' }, commands: ['confirm'] } },
    });
    const { customer } = await deal(house);
    const { id } = await seller.create('receipts', { customer: customer.id, amount: yuan('5') });
    expect((await seller.post(`/receipts/${id}/confirm`)).status).toBe(403);
    expect((await finance.post(`/receipts/${id}/confirm`)).status).toBe(200);
    for (const command of ['reverse', 'refund', 'allocate', 'unallocate'])
      expect([command, (await seller.post(`/receipts/${id}/${command}`, {})).status]).toEqual([command, 403]);
  });

  test('keeps whose result it is when the customer goes to somebody else', async () => {
    const other = await house.person({ entities: { customer: { actions: { read: 'self' } } } });
    const { customer } = await deal(house);
    const { id } = await received(boss, customer.id, '50');
    await boss.post(`/customers/${customer.id}/transfer`, { owner: other.id, along: ['receipt'] });
    expect((await receipt(id)).performer.id).toBe(boss.id);
  });
});

describe('free money', () => {
  test('pays for several orders, one larger than the other', async () => {
    const { customer, order } = await deal(house, '1000');
    const second = await orderOf(house, boss, customer.id, '500');
    const { id } = await received(boss, customer.id, '1400');
    const { status, body } = await allocate(id, { order: order.id }, { order: second.id, amount: '400' });
    expect([status, body.postings?.length]).toEqual([200, 2]);
    expect((await receipt(id)).free).toEqual(yuan('0.00'));
    expect((await allocate(id, { order: second.id })).body).toMatchObject({ code: 'receipt_short' });
  });

  test.each<[string, object, string]>([
    ['more than there is', { amount: '500.01' }, 'receipt_short'],
    ['nothing named', {}, 'allocation_without_holder'],
    ['half a fen', { amount: '0.005' }, 'too_precise'],
  ])('is not allocated: %s', async (_what, line, code) => {
    const { customer, order } = await deal(house, '1000');
    const { id } = await received(boss, customer.id, '500');
    const named = code === 'allocation_without_holder' ? line : { order: order.id, ...line };
    const { status, body } = await allocate(id, named);
    expect(status).toBeGreaterThanOrEqual(409);
    expect([body.code, body.errors?.[0]?.code]).toContain(code);
    expect((await receipt(id)).free).toEqual(yuan('500.00'));
  });

  test('of two lines one of which is too much none is booked', async () => {
    const { customer, order } = await deal(house, '100');
    const { id } = await received(boss, customer.id, '500');
    const { body } = await allocate(
      id,
      { order: order.id, amount: '60' },
      { order: order.id, amount: '40.01' },
    );
    expect(body).toMatchObject({ code: 'allocation_over_order', detail: expect.stringContaining('100') });
    expect((await receipt(id)).free).toEqual(yuan('500.00'));
  });

  test('waits as advance while the order is no more than a draft', async () => {
    const { customer } = await deal(house);
    const draft = await boss.create('orders', {
      name: '草稿',
      customer: customer.id,
      lines: [{ name: '甲', price: '5' }],
    });
    const { id } = await received(boss, customer.id, '5', { order: draft.id });
    expect((await receipt(id)).free).toEqual(yuan('5.00'));
    expect((await allocate(id, { order: draft.id })).body.errors).toMatchObject([{ code: 'not_in_force' }]);
  });

  test('is taken back from what it paid, each allocation once', async () => {
    const { customer, order } = await deal(house, '100');
    const { id } = await received(boss, customer.id, '100');
    const [posting] = (await allocate(id, { order: order.id })).body.postings;
    const back = () => act(id, 'unallocate', { postings: [posting], reason: '核错了' });
    expect((await back()).status).toBe(200);
    expect((await receipt(id)).free).toEqual(yuan('100.00'));
    expect((await back()).body.code).toBe('already_reversed');
  });

  test('goes back to the customer, and no more than is free', async () => {
    const { customer, order } = await deal(house, '100');
    const { id } = await received(boss, customer.id, '130', { order: order.id });
    expect((await act(id, 'refund', { amount: '30.01', reason: '多付' })).body).toMatchObject({
      code: 'receipt_short',
    });
    const { body } = await act(id, 'refund', { amount: '30', reason: '多付' });
    expect(await receipt(id)).toMatchObject({ free: yuan('0.00'), refunded: yuan('30.00') });
    expect((await act(id, 'reverse', { reason: '记错' })).body.code).toBe('receipt_refunded');
    await act(id, 'unallocate', { postings: [body.posting], reason: '退回来了' });
    expect(await receipt(id)).toMatchObject({ free: yuan('30.00'), refunded: yuan('0.00') });
  });
});

describe('a reversal', () => {
  test('takes back everything the receipt had paid, exactly once, also side by side', async () => {
    const { customer, order } = await deal(house, '100');
    const { id } = await received(boss, customer.id, '150', { order: order.id });
    const tries = await Promise.all([1, 2, 3].map(() => act(id, 'reverse', { reason: '银行退票' })));
    expect(tries.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    expect(await receipt(id)).toMatchObject({ status: 'reversed', free: yuan('0.00'), reason: '银行退票' });
    const again = await received(boss, customer.id, '100', { order: order.id });
    expect((await receipt(again.id)).free).toEqual(yuan('0.00'));
  });
});

describe('side by side', () => {
  test('of two receipts that pay the rest of an order exactly one does', async () => {
    const { customer, order } = await deal(house, '1000');
    const [one, two] = [await received(boss, customer.id, '1000'), await received(boss, customer.id, '1000')];
    const both = await Promise.all(
      [one, two].map(({ id }) => allocate(id, { order: order.id, amount: '1000' })),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(both.find(({ status }) => status === 409)?.body.code).toBe('allocation_over_order');
  });

  test('the same free money is allocated once', async () => {
    const { customer, order } = await deal(house, '1000');
    const second = await orderOf(house, boss, customer.id, '1000');
    const { id } = await received(boss, customer.id, '800');
    const both = await Promise.all(
      [order, second].map((each) => allocate(id, { order: each.id, amount: '800' })),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect((await receipt(id)).free).toEqual(yuan('0.00'));
  });
});

test('dollars pay an order in yuan by the rate of their day, or by what both sides agreed', async () => {
  await boss.create('exchange-rates', { currency: 'USD', validFrom: '2026-11-01', rate: '7.1' });
  const { customer, order } = await deal(house, '1000');
  const dollars = { amount: { amount: '200', currency: 'USD' }, date: '2026-11-20' };
  const made = await boss.create('receipts', { customer: customer.id, ...dollars });
  await act(made.id, 'confirm');
  expect((await allocate(made.id, { order: order.id, amount: '100' })).status).toBe(200);
  expect((await allocate(made.id, { order: order.id, amount: '10', paid: '72' })).status).toBe(200);
  expect((await allocate(made.id, { order: order.id })).status).toBe(200);
  // 1000 − 710 − 72 = 218 yuan are 30.70 dollars.
  expect((await receipt(made.id)).free).toEqual({ amount: '59.30', currency: 'USD' });
  expect((await allocate(made.id, { order: order.id })).body.code).toBe('allocation_nothing_open');
});

test('a fen that is no cent of an order in dollars stays free when it comes in, and is refused by name', async () => {
  const { customer } = await deal(house, '1000');
  const lines = [{ name: '水泵', quantity: '1', price: '100' }];
  const order = await boss.create('orders', {
    customer: customer.id,
    currency: 'USD',
    date: '2026-11-20',
    lines,
  });
  expect((await boss.post(`/orders/${order.id}/confirm`)).status).toBe(200);
  const fen = { customer: customer.id, order: order.id, amount: yuan('0.01'), date: '2026-11-20' };
  const made = await boss.create('receipts', fen);
  expect((await act(made.id, 'confirm')).status).toBe(200);
  expect(await receipt(made.id)).toMatchObject({ status: 'confirmed', free: yuan('0.01') });
  expect((await allocate(made.id, { order: order.id })).body.code).toBe('allocation_nothing_open');
  const named = await allocate(made.id, { order: order.id, amount: '0.01' });
  expect(named.body.errors).toMatchObject([{ code: 'amount_above_zero' }]);
});

test('finance pays only for what it sees itself', async () => {
  const { customer, order } = await deal(house, '100');
  const { id } = await boss.create('receipts', { customer: customer.id, amount: yuan('100') });
  const all = { actions: { read: 'all' } } as const;
  const finance = await house.person({
    entities: {
      customer: all,
      receipt: { ...all, commands: ['confirm'] },
      order: { actions: { read: 'self' } },
    },
  });
  const confirm = (who: Person) =>
    who.post(`/receipts/${id}/confirm`, { allocations: [{ order: order.id, amount: '100' }] });
  expect((await confirm(finance)).body.errors).toMatchObject([{ code: 'unknown_reference' }]);
  expect((await receipt(id)).status).toBe('pending');
  expect((await confirm(boss)).status).toBe(200);
});
