import { sql } from 'kysely';
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

let last = 0;
const number = () => `2544200000${String(++last).padStart(10, '0')}`;
const invoice = async (id: string) => (await boss.get(`/invoices/${id}`)).body;
const act = (id: string, command: string, body: object = {}) => boss.post(`/invoices/${id}/${command}`, body);
const issue = (id: string, more: object = {}) => act(id, 'issue', { invoiceNumber: number(), ...more });

const asked = (customer: string, body: object = {}) =>
  boss.create('invoices', { customer, kind: 'normal', ...body });
async function issued(customer: string, body: object = {}) {
  const made = await asked(customer, body);
  const { status, body: answer } = await issue(made.id);
  expect([status, answer]).toEqual([200, { status: 'issued' }]);
  return made as { id: string; lines: { id: string; gross: { amount: string } }[] } & typeof made;
}

describe('a request for an invoice', () => {
  test('takes buyer and lines from the usual billing details and the order', async () => {
    const { customer, order } = await deal(house, '1130');
    for (const [name, usual] of [
      ['杭州云帆分公司', false],
      ['杭州云帆科技', true],
    ] as const)
      await boss.create('billing-profiles', {
        customer: customer.id,
        name,
        taxNumber: '91330106MA2XXXXX1Y',
        usual,
      });
    const { kind: _, ...made } = await boss.create('invoices', { customer: customer.id, order: order.id });
    expect(made).toMatchObject({
      number: expect.stringMatching(/^FP-/),
      name: '杭州云帆科技',
      taxNumber: '91330106MA2XXXXX1Y',
      status: 'applied',
      total: yuan('1130.00'),
      net: yuan('1000.00'),
      taxAmount: yuan('130.00'),
      lines: [{ name: '铝合金型材', quantity: '10' }],
    });
  });

  test('for a special invoice needs the tax number', async () => {
    const { customer } = await deal(house);
    const { body } = await boss.post('/invoices', { customer: customer.id, kind: 'special' });
    expect(body.errors).toMatchObject([{ path: 'taxNumber', code: 'tax_number_needed' }]);
  });

  test('may not name another customer’s order or billing details', async () => {
    const [one, other] = [await deal(house), await deal(house)];
    const profile = await boss.create('billing-profiles', { customer: other.customer.id, name: '别家' });
    const named = {
      customer: one.customer.id,
      kind: 'normal',
      order: other.order.id,
      billingProfile: profile.id,
    };
    const { errors } = (await boss.post('/invoices', named)).body;
    expect(errors.map(({ path }: { path: string }) => path).sort()).toEqual(['billingProfile', 'order']);
  });
});

describe('an issued invoice', () => {
  test('has its 20-digit number, once in the house, and stays as it is', async () => {
    const { customer, order } = await deal(house, '500');
    const { id } = await asked(customer.id, { order: order.id });
    expect((await act(id, 'issue', { invoiceNumber: '123' })).status).toBe(422);
    const known = number();
    expect((await act(id, 'issue', { invoiceNumber: known, issuedOn: '2026-11-20' })).status).toBe(200);
    expect(await invoice(id)).toMatchObject({
      invoiceNumber: known,
      issuedOn: '2026-11-20',
      left: yuan('500.00'),
    });
    const other = await asked(customer.id, { lines: [{ name: '甲', price: '1' }] });
    expect((await act(other.id, 'issue', { invoiceNumber: known })).body.errors).toMatchObject([
      { code: 'invoice_number_taken' },
    ]);
    expect((await boss.patch(`/invoices/${id}`, { name: '别人' })).body.errors).toMatchObject([
      { code: 'invoice_settled' },
    ]);
    expect((await boss.patch(`/invoices/${id}`, { lines: [] })).body.errors).toMatchObject([
      { code: 'invoice_settled' },
    ]);
    expect((await boss.delete(`/invoices/${id}`)).body.code).toBe('invoice_settled');
    expect((await issue(id)).body.code).toBe('invoice_state');
  });

  test('of nothing is refused', async () => {
    const { customer } = await deal(house);
    const { id } = await asked(customer.id);
    expect((await issue(id)).body.code).toBe('invoice_empty');
  });

  test('invoices of an order never come to more than it, also when issued side by side', async () => {
    const { customer, order } = await deal(house, '1000');
    const of = (price: string) => asked(customer.id, { order: order.id, lines: [{ name: '甲', price }] });
    const [first, second, third] = [await of('600'), await of('400'), await of('400')];
    expect((await issue(first.id)).status).toBe(200);
    const both = await Promise.all([issue(second.id), issue(third.id)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(both.find(({ status }) => status === 409)?.body.code).toBe('invoice_over_order');
  });

  test('is paid by receipts, and no more than it comes to', async () => {
    const { customer, order } = await deal(house, '1000');
    const { id } = await issued(customer.id, { order: order.id, lines: [{ name: '甲', price: '300' }] });
    const money = await received(boss, customer.id, '500', { invoice: id });
    expect((await boss.get(`/receipts/${money.id}`)).body.free).toEqual(yuan('200.00'));
    const more = { allocations: [{ invoice: id, amount: '0.01' }] };
    expect((await boss.post(`/receipts/${money.id}/allocate`, more)).body.code).toBe(
      'allocation_over_invoice',
    );
    const rest = { allocations: [{ order: order.id }] };
    expect((await boss.post(`/receipts/${money.id}/allocate`, rest)).status).toBe(200);
  });
});

describe('a red invoice', () => {
  const three = [
    { name: '甲', price: '33.33', quantity: '3' },
    { name: '乙', price: '10' },
  ];

  test('takes a part back by quantity, and the last one all that is left, to the fen', async () => {
    const { customer } = await deal(house);
    const blue = await issued(customer.id, { lines: three, deduction: '0.01' });
    const [first] = blue.lines;
    for (const quantity of ['1', '1.5']) {
      const { body } = await act(blue.id, 'flush', {
        reason: '退货',
        lines: [{ line: first?.id, quantity }],
      });
      expect((await issue(body.invoice)).status).toBe(200);
    }
    const rest = await act(blue.id, 'flush', { reason: '全部退' });
    expect((await issue(rest.body.invoice)).status).toBe(200);
    expect((await invoice(blue.id)).left).toEqual(yuan('0.00'));
    const { rows } = await sql<{
      sums: string[];
    }>`select array[sum(total), sum(net), sum(tax_amount)]::text[] as sums
      from invoice where id = ${blue.id} or red_of_id = ${blue.id}`.execute(house.services.db);
    expect(rows[0]?.sums.map(Number)).toEqual([0, 0, 0]);
    expect((await act(blue.id, 'flush', { reason: '再来' })).body.code).toBe('invoice_flushed');
  });

  test('is never more than what is left, counting those only asked for', async () => {
    const { customer } = await deal(house);
    const blue = await issued(customer.id, { lines: three });
    const line = blue.lines[0]?.id;
    expect((await act(blue.id, 'flush', { reason: '退', lines: [{ line, quantity: '2' }] })).status).toBe(
      200,
    );
    const { body } = await act(blue.id, 'flush', { reason: '退', lines: [{ line, quantity: '1.01' }] });
    expect(body.errors).toMatchObject([{ path: 'lines.0.quantity', code: 'flush_over_left' }]);
    const both = await Promise.all(
      [1, 2].map(() => act(blue.id, 'flush', { reason: '退', lines: [{ line, quantity: '1' }] })),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([200, 422]);
  });

  test('sent back leaves the blue one as it was; red ones are not taken back themselves', async () => {
    const { customer } = await deal(house);
    const blue = await issued(customer.id, { lines: three });
    const { body } = await act(blue.id, 'flush', { reason: '退货' });
    expect((await act(body.invoice, 'reject', { reason: '不用' })).status).toBe(200);
    const again = await act(blue.id, 'flush', { reason: '退货' });
    await issue(again.body.invoice);
    expect((await act(again.body.invoice, 'flush', { reason: '退' })).body.code).toBe('invoice_not_blue');
    expect(await invoice(again.body.invoice)).toMatchObject({
      redOf: { id: blue.id },
      total: yuan('-109.99'),
    });
  });

  test('makes room on the order to invoice it anew', async () => {
    const { customer, order } = await deal(house, '1000');
    const blue = await issued(customer.id, { order: order.id });
    const other = await asked(customer.id, { order: order.id });
    expect((await issue(other.id)).body.code).toBe('invoice_over_order');
    const red = await act(blue.id, 'flush', { reason: '抬头错' });
    await issue(red.body.invoice);
    expect((await issue(other.id)).status).toBe(200);
  });
});

test('orders in other currencies are invoiced in them', async () => {
  await boss.create('exchange-rates', { currency: 'USD', validFrom: '2026-11-01', rate: '7.1' });
  const { customer } = await deal(house);
  const order = await orderOf(house, boss, customer.id, '100', { currency: 'USD', date: '2026-11-20' });
  const { id } = await asked(customer.id, {
    order: order.id,
    currency: 'CNY',
    lines: [{ name: '甲', price: '1' }],
  });
  expect((await issue(id)).body.errors).toMatchObject([{ path: 'order', code: 'other_currency' }]);
});
