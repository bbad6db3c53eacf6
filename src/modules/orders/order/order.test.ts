import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Person, startTestApp, type TestApp } from '../../../platform/testing/app.ts';

let house: TestApp;
let boss: Person;
let customer: { id: string };

beforeAll(async () => {
  house = await startTestApp();
  boss = house.administrator;
  customer = await boss.create('customers', { name: '杭州云帆科技有限公司' });
});
afterAll(() => house.stop());

type Saved = { id: string; version: number; lines: { id: string }[]; [name: string]: unknown };

const order = async (lines: object[], more: object = {}): Promise<Saved> => {
  const made = await boss.create('orders', { customer: customer.id, lines, ...more });
  return done('orders', made.id, 'confirm');
};
const read = async (plural: string, id: string) => (await boss.get(`/${plural}/${id}`)).body;
async function done(plural: string, id: string, verb: string, input: object = {}): Promise<Saved> {
  const { status, body } = await boss.post(`/${plural}/${id}/${verb}`, input);
  expect([status, body]).toEqual([200, expect.anything()]);
  return read(plural, id);
}
const refused = async (plural: string, id: string, verb: string, input: object = {}) => {
  const { status, body } = await boss.post(`/${plural}/${id}/${verb}`, input);
  return [status, body.errors?.[0]?.code ?? body.code];
};
const part = (made: Saved, quantity: string, at = 0) => ({ orderLine: made.lines[at]?.id, quantity });
const deliver = async (made: Saved, lines?: object[]) => {
  const { id } = await boss.create('deliveries', { order: made.id, ...(lines ? { lines } : {}) });
  return done('deliveries', id, 'ship', { on: '2026-11-23' });
};
const bring = async (made: Saved, lines: object[]) => {
  const { id } = await boss.create('return-orders', { order: made.id, lines });
  return done('return-orders', id, 'receive', { on: '2026-11-24' });
};
const three = [{ name: '铝合金型材', quantity: '3', price: '33.333333', unit: 'piece' }];

describe('an order', () => {
  test('counts from its confirmation on, and no longer when it is taken back', async () => {
    const draft = await boss.create('orders', { customer: customer.id, lines: three });
    expect(draft).toMatchObject({ status: 'draft', effectiveTotal: null });
    expect(await done('orders', draft.id, 'confirm')).toMatchObject({
      status: 'confirmed',
      effectiveTotal: { amount: '100.00', currency: 'CNY' },
      effectiveNet: { amount: '88.50' },
    });
    expect(await done('orders', draft.id, 'withdraw')).toMatchObject({
      status: 'draft',
      effectiveTotal: null,
    });
    expect(await done('orders', draft.id, 'cancel', { reason: '客户改主意' })).toMatchObject({
      status: 'cancelled',
      reason: '客户改主意',
    });
    expect(await refused('orders', draft.id, 'confirm')).toEqual([409, 'state_refused']);
  });

  test('without lines is none', async () => {
    const empty = await boss.create('orders', { customer: customer.id });
    expect(await refused('orders', empty.id, 'confirm')).toEqual([422, 'order_without_lines']);
  });

  test('confirmed keeps what was agreed', async () => {
    const made = await order(three);
    const change = async (body: object) =>
      (await boss.send('PATCH', `/orders/${made.id}`, body, { 'if-match': `"${made.version}"` })).body.errors;
    expect(await change({ lines: [{ id: made.lines[0]?.id, price: '1' }] })).toMatchObject([
      { path: 'lines', code: 'order_agreed' },
    ]);
    expect(await change({ deduction: '1' })).toMatchObject([{ path: 'deduction' }]);
    const later = await boss.patch(`/orders/${made.id}`, {
      deliverBy: '2026-12-24',
      acceptedOn: '2026-12-25',
    });
    expect(later.body).toMatchObject({ deliverBy: '2026-12-24' });
  });
});

describe('goods', () => {
  test('go in parts until all have gone, and arrive', async () => {
    const made = await order([...three, { name: '切割', price: '20', quantity: '2' }]);
    const first = await deliver(made, [part(made, '1'), part(made, '2', 1)]);
    expect(first).toMatchObject({ status: 'shipped', total: { amount: '73.33' } });
    expect(await read('orders', made.id)).toMatchObject({
      status: 'partlyDelivered',
      lines: [{ delivered: '1' }, { delivered: '2' }],
      deliveredOn: null,
    });
    const rest = await deliver(made);
    expect(rest).toMatchObject({
      lines: [{ name: '铝合金型材', quantity: '2' }],
      total: { amount: '66.67' },
    });
    expect(await read('orders', made.id)).toMatchObject({ status: 'delivered', deliveredOn: '2026-11-23' });
    await done('deliveries', first.id, 'receive', { on: '2026-11-25' });
    expect(await read('orders', made.id)).toMatchObject({ arrivedOn: null });
    await done('deliveries', rest.id, 'receive', { on: '2026-11-24' });
    expect(await read('orders', made.id)).toMatchObject({ arrivedOn: '2026-11-25' });
    expect(await done('orders', made.id, 'finishOrder')).toMatchObject({
      status: 'closed',
      effectiveTotal: { amount: '140.00' },
    });
  });

  test('are never more than were ordered, planned ones included', async () => {
    const made = await order(three);
    await boss.create('deliveries', { order: made.id, lines: [part(made, '2')] });
    const more = await boss.post('/deliveries', {
      order: made.id,
      lines: [part(made, '0.5'), part(made, '0.6')],
    });
    expect(more.body.errors).toMatchObject([{ path: 'lines.1.quantity', code: 'delivery_too_much' }]);
    expect(more.body.errors[0].message).toContain('0.5');
  });

  test('of two deliveries at once only one takes the rest', async () => {
    const made = await order(three);
    const both = await Promise.all(
      [1, 2].map(() => boss.post('/deliveries', { order: made.id, lines: [part(made, '2')] })),
    );
    expect(both.map(({ status }) => status).toSorted()).toEqual([201, 422]);
  });

  test('leave only of an order in force', async () => {
    const draft = await boss.create('orders', { customer: customer.id, lines: three });
    const { id } = await boss.create('deliveries', { order: draft.id });
    expect(await refused('deliveries', id, 'ship')).toEqual([409, 'order_not_in_force']);
    await done('orders', draft.id, 'confirm');
    const early = await boss.create('deliveries', { order: draft.id, lines: [] });
    expect(await refused('deliveries', early.id, 'ship')).toEqual([422, 'goods_missing']);
    await done('deliveries', id, 'ship');
    expect((await boss.delete(`/deliveries/${id}`)).status).toBe(409);
    expect(await refused('orders', draft.id, 'cancel', { reason: '晚了' })).toEqual([409, 'state_refused']);
  });

  test('sent by mistake come off again', async () => {
    const made = await order(three);
    const sent = await deliver(made, [part(made, '1')]);
    await done('deliveries', sent.id, 'cancel', { reason: '发错仓库' });
    expect(await read('orders', made.id)).toMatchObject({ status: 'confirmed', lines: [{ delivered: '0' }] });
  });

  test('that never come are not owed once the order is closed', async () => {
    const made = await order(three);
    await deliver(made, [part(made, '2')]);
    expect(await done('orders', made.id, 'finishOrder', { reason: '停产' })).toMatchObject({
      status: 'closed',
      effectiveTotal: { amount: '66.67' },
    });
    expect(await done('orders', made.id, 'openAgain')).toMatchObject({
      status: 'partlyDelivered',
      effectiveTotal: { amount: '100.00' },
    });
  });
});

describe('a return', () => {
  test('lowers the order, fen by fen, until all is back', async () => {
    const made = await order(three);
    await deliver(made);
    const amounts = [];
    for (let round = 0; round < 3; round++) amounts.push((await bring(made, [part(made, '1')])).total);
    expect(amounts).toMatchObject([{ amount: '33.33' }, { amount: '33.34' }, { amount: '33.33' }]);
    expect(await read('orders', made.id)).toMatchObject({
      status: 'delivered',
      effectiveTotal: { amount: '0.00' },
      effectiveNet: { amount: '0.00' },
      lines: [{ returned: '3' }],
    });
  });

  test('brings back only what was delivered', async () => {
    const made = await order(three);
    await deliver(made, [part(made, '1')]);
    const lines = [part(made, '2')];
    expect((await boss.post('/return-orders', { order: made.id, lines })).body.errors).toMatchObject([
      { path: 'lines.0.quantity', code: 'return_too_much' },
    ]);
  });

  test('of goods of another order is refused', async () => {
    const [made, other] = [await order(three), await order(three)];
    await deliver(made);
    const lines = [part(other, '1')];
    expect((await boss.post('/return-orders', { order: made.id, lines })).body.errors).toMatchObject([
      { path: 'lines.0.orderLine', code: 'unknown_reference' },
    ]);
  });

  test('lowers the contract of the order, too', async () => {
    const contract = await boss.create('contracts', { customer: customer.id, amount: '100' });
    await done('contracts', contract.id, 'submit');
    const made = await order(three, { contract: contract.id });
    await deliver(made);
    await bring(made, [part(made, '1')]);
    expect(await read('contracts', contract.id)).toMatchObject({
      total: { amount: '100.00' },
      effectiveTotal: { amount: '66.67' },
    });
  });
});

describe('the promise of an order', () => {
  const promiseOf = async (made: Saved) => read('promises', (made.promise as { id: string }).id);

  test('runs by the clock from its confirmation, and is kept when the last goods leave in time', async () => {
    const made = await order(three, { promisedHours: 24 });
    const promise = await promiseOf(made);
    expect(promise).toMatchObject({ status: 'open', clock: 'clock', withinHours: 24 });
    expect(promise.what).toContain(made.number);
    expect(promise.dueAt).toBe(
      Temporal.Instant.from(made.confirmedAt as string)
        .add({ hours: 24 })
        .toString(),
    );
    await deliver(made, [part(made, '1')]);
    expect(await promiseOf(made)).toMatchObject({ status: 'open' });
    const { id } = await boss.create('deliveries', { order: made.id });
    await done('deliveries', id, 'ship');
    expect(await promiseOf(made)).toMatchObject({ status: 'kept' });
  });

  test('goes with a cancelled order', async () => {
    const made = await order(three, { promisedHours: 24 });
    await done('orders', made.id, 'cancel', { reason: '客户改主意' });
    expect((await boss.get(`/promises/${(made.promise as { id: string }).id}`)).status).toBe(404);
  });
});
