import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runShipped, type ShippedReport } from '../../../platform/analysis/shipped.ts';
import { dayOf } from '../../../platform/context/day.ts';
import { type Person, startTestApp, type TestApp } from '../../../platform/testing/app.ts';
import { deal, orderOf, received, yuan } from '../testing/deal.ts';

let house: TestApp;
let boss: Person;
let today: string;
beforeAll(async () => {
  house = await startTestApp();
  boss = house.administrator;
  today = dayOf(await house.context());
});
afterAll(() => house.stop());

const ago = (days: number) => Temporal.PlainDate.from(today).subtract({ days }).toString();
const card = async (kind: string, id: string) => (await boss.get(`/receivables/${kind}/${id}`)).body;
const overview = async (query: string, who = boss) => (await who.get(`/receivables?${query}`)).body;
/** An order whose instalments fall due on exactly these days, working days or not. */
async function orderDue(
  customer: string,
  amount: string,
  ...parts: Parameters<typeof plan>
): Promise<{ id: string }> {
  const order = await orderOf(house, boss, customer, amount, { instalments: plan(...parts) });
  await sql`update order_instalment set due_on = day where order_id = ${order.id}`.execute(house.services.db);
  return order;
}
const plan = (...parts: [percent: string, daysAgo: number | null][]) =>
  parts.map(([percent, days]) => ({
    name: `${percent}%`,
    percent,
    event: days === null ? 'acceptance' : 'date',
    ...(days === null ? {} : { day: ago(days) }),
  }));
let last = 0;
async function invoiced(customer: string, order: string, price: string): Promise<void> {
  const body = { customer, order, kind: 'normal', lines: [{ name: '甲', price }] };
  const { id } = await boss.create('invoices', body);
  await boss.post(`/invoices/${id}/issue`, {
    invoiceNumber: `2544300000${String(++last).padStart(10, '0')}`,
  });
}

test('an order shows what was received and invoiced, each without the other', async () => {
  const { customer, order } = await deal(house, '1000');
  expect(await card('order', order.id)).toMatchObject({
    total: '1000.00',
    received: '0.00',
    invoiced: '0.00',
    open: '1000.00',
  });
  await invoiced(customer.id, order.id, '600');
  expect(await card('order', order.id)).toMatchObject({ invoiced: '600.00', invoicedNotReceived: '600.00' });
  await received(boss, customer.id, '850', { order: order.id });
  const figures = {
    received: '850.00',
    open: '150.00',
    invoicedNotReceived: '0.00',
    receivedNotInvoiced: '250.00',
  };
  expect(await card('order', order.id)).toMatchObject(figures);
  expect(await card('customer', customer.id)).toMatchObject({ ...figures, currency: 'CNY', advance: '0.00' });
});

test('what came back lowers what is owed; paid beyond it is told', async () => {
  const { customer, order } = await deal(house, '1000');
  await received(boss, customer.id, '800', { order: order.id });
  await sql`update "order" set effective_total = 700 where id = ${order.id}`.execute(house.services.db);
  expect(await card('order', order.id)).toMatchObject({ total: '700.00', open: '0.00', over: '100.00' });
});

describe('instalments', () => {
  test('are paid in the order in which they fall due, and overdue from the day after', async () => {
    const { customer } = await deal(house);
    const order = await orderDue(customer.id, '1000', ['30', 40], ['60', 1], ['10', null]);
    await received(boss, customer.id, '350', { order: order.id });
    const { instalments, overdue } = await card('order', order.id);
    expect(overdue).toBe('550.00');
    expect(instalments.map((each: { open: string; late: boolean }) => [each.open, each.late])).toEqual([
      ['0.00', false],
      ['550.00', true],
      ['100.00', false],
    ]);
  });

  test('one named by the receipt is paid before others', async () => {
    const { customer } = await deal(house);
    const order = await orderDue(customer.id, '1000', ['90', 40], ['10', null]);
    const kept = (await boss.get(`/orders/${order.id}`)).body.instalments[1];
    const money = await received(boss, customer.id, '250');
    const allocations = [{ instalment: kept.id, order: order.id }, { order: order.id }];
    expect((await boss.post(`/receipts/${money.id}/allocate`, { allocations })).status).toBe(200);
    const { instalments } = await card('order', order.id);
    expect(instalments.map(({ open }: { open: string }) => open)).toEqual(['750.00', '0.00']);
  });
});

test('orders of a contract are owed as part of it, once', async () => {
  const { customer } = await deal(house, '10');
  const contract = await boss.create('contracts', { customer: customer.id, name: '年度', amount: '5000' });
  await sql`update contract set status = 'effective', effective_total = total, effective_total_currency = total_currency
    where id = ${contract.id}`.execute(house.services.db);
  const order = await orderOf(house, boss, customer.id, '2000', { contract: contract.id });
  await received(boss, customer.id, '500', { order: order.id });
  await received(boss, customer.id, '1000', { contract: contract.id });
  expect(await card('contract', contract.id)).toMatchObject({
    total: '5000.00',
    received: '1500.00',
    open: '3500.00',
  });
  expect(await card('order', order.id)).toMatchObject({
    total: '2000.00',
    received: '500.00',
    open: '1500.00',
  });
  expect(await card('customer', customer.id)).toMatchObject({ total: '5010.00', open: '3510.00' });
  const more = await received(boss, customer.id, '4000');
  const over = { allocations: [{ contract: contract.id, amount: '3500.01' }] };
  expect((await boss.post(`/receipts/${more.id}/allocate`, over)).body.code).toBe('allocation_over_contract');
});

describe('the overview', () => {
  test.each<[number, string]>([
    [0, 'later'],
    [1, 'd30'],
    [30, 'd30'],
    [31, 'd60'],
    [60, 'd60'],
    [61, 'd90'],
    [90, 'd90'],
    [91, 'over90'],
  ])('due %i days ago is %s', async (days, age) => {
    const { customer } = await deal(house);
    await orderDue(customer.id, '70', ['100', days]);
    const { lines } = await overview(`customer=${customer.id}&group=item&age=${age}`);
    const due = lines.find(({ item }: { item: { instalment: string | null } }) => item.instalment === '100%');
    expect(due).toMatchObject({ [age]: '70.00', open: '70.00' });
  });

  test('adds up by customer, by person and item by item, and knows advances', async () => {
    const { customer } = await deal(house, '100');
    await orderDue(customer.id, '200', ['50', 10], ['50', 70]);
    await received(boss, customer.id, '30');
    for (const group of ['customer', 'owner', 'item']) {
      const { total, lines } = await overview(`customer=${customer.id}&group=${group}`);
      expect(total).toMatchObject({ open: '300.00', d30: '100.00', d90: '100.00', advance: '30.00' });
      const sum = lines.reduce((all: number, line: { open: string }) => all + Number(line.open), 0);
      expect([group, sum]).toEqual([group, 300]);
    }
  });

  test('shows to each what he sees', async () => {
    const own = { actions: { read: 'self', create: 'self' } } as const;
    const entities = { customer: own, order: own, receipt: own };
    const [seller, other] = [await house.person({ entities }), await house.person({ entities })];
    const { customer } = await deal(house, '444', seller);
    expect((await overview('group=customer', seller)).lines).toMatchObject([
      { key: customer.id, open: '444.00' },
    ]);
    expect((await overview('group=customer', other)).lines).toEqual([]);
    expect((await other.get(`/receivables/customer/${customer.id}`)).status).toBe(404);
    const blind = await house.person({ entities: { customer: own, order: own } });
    expect((await blind.get('/receivables')).status).toBe(403);
    const hidden = { ...own, fields: { effectiveTotal: 'hidden' } } as const;
    const halfBlind = await house.person({ entities: { ...entities, order: hidden } });
    expect((await halfBlind.get('/receivables')).status).toBe(403);
  });
});

test('what has no instalments is due after the customer’s days to pay', async () => {
  const { customer } = await deal(house);
  await boss.create('credit-terms', { customer: customer.id, days: 30, limit: yuan('500') });
  const order = await orderOf(house, boss, customer.id, '70', { date: ago(40) });
  expect((await card('order', order.id)).instalments).toMatchObject([{ due: ago(10), late: true }]);
});

test('the measure of receipts counts what was confirmed less what was given back', async () => {
  const ctx = await house.context();
  const { customer } = await deal(house);
  const { id } = await received(boss, customer.id, '300', { date: '2026-10-05' });
  await boss.post(`/receipts/${id}/refund`, { amount: '50', reason: '多付' });
  await boss.create('receipts', { customer: customer.id, amount: yuan('9'), date: '2026-10-06' });
  const measure = ctx.measures.get('receipts');
  const value = measure?.value({ ctx, alias: 'c' }, { from: '2026-10-01', to: '2026-10-31' });
  const { rows } = await sql<{
    sum: string;
  }>`select (${value})::text as sum from customer c where id = ${customer.id}`.execute(ctx.db);
  expect(rows[0]?.sum).toBe('250.00');
});

test('money of receipts out of sight is told to nobody: advances and limits keep to their own scope', async () => {
  const { customer } = await deal(house, '1000');
  await received(boss, customer.id, '300');
  await boss.create('credit-terms', { customer: customer.id, limit: yuan('5000') });
  const all = { read: 'all' } as const;
  const rights = (receipt: object, creditTerm: object, order: object = { actions: all }) =>
    house.person({ entities: { customer: { actions: all }, order, receipt, creditTerm } } as never);
  const wide = await rights({ actions: all }, { actions: all });
  const narrow = await rights({ actions: { read: 'self' } }, { actions: { read: 'self' } });
  const cardFor = async (who: Person) => (await who.get(`/receivables/customer/${customer.id}`)).body;
  expect(await cardFor(wide)).toMatchObject({ advance: '300.00', limit: { amount: '5000.00' } });
  expect(await cardFor(narrow)).toMatchObject({ advance: '0.00', limit: null });
});

test('the reports tell what came in and what is open, as the overview does', async () => {
  const ask = async (shipped: string, by?: number) =>
    (await boss.post('/analysis/answer', { source: { shipped, ...(by === undefined ? {} : { by }) } })).body;
  const { total, lines } = (await boss.get('/receivables?sort=open&limit=200')).body;
  const open = await ask('openByAge');
  expect(open.totals.all).toEqual([
    ...[total.open, total.later, total.d30, total.d60, total.d90, total.over90],
    String(total.count),
  ]);
  expect(open.lines.map((line: { keys: { label: string }[] }) => line.keys[0]?.label)).toEqual(
    lines.map(({ title }: { title: string }) => title),
  );
  expect((await ask('openByAge', 1)).totals).toEqual(open.totals);
  const { rows } = await sql<{ sum: string }>`select sum(amount_base)::text as sum from receipt
    where status = 'confirmed' and deleted_at is null`.execute(house.services.db);
  expect(Number((await ask('moneyIn')).totals.all[0])).toBe(Number(rows[0]?.sum));
  const blind = await house.person({ entities: { customer: { actions: { read: 'all' } } } });
  expect((await blind.post('/analysis/answer', { source: { shipped: 'openByAge' } })).status).toBe(404);
});

test('what is open leaves the house as a report only as far as it may be taken out', async () => {
  const { customer } = await deal(house, '640');
  const all = { read: 'all', export: 'all' } as const;
  const entities = (order: object) => ({
    customer: { actions: { read: 'all' } },
    receipt: { actions: all },
    order: { actions: order },
  });
  const report = house.services.shippedReports.find(({ name }) => name === 'openByAge') as ShippedReport;
  const out = async (order: object) => {
    const ctx = await house.contextOf(await house.person({ entities: entities(order) } as never));
    const { lines } = await runShipped(ctx, report, {}, { action: 'export' });
    return lines.map(({ keys }) => keys[0]?.key);
  };
  expect(await out(all)).toContain(customer.id);
  expect(await out({ read: 'all', export: 'self' })).toEqual([]);
  await expect(out({ read: 'all' })).rejects.toMatchObject({ code: 'export_forbidden' });
});

test('an order of a frame contract is owed by itself: with its instalments, and what is overdue', async () => {
  const { customer } = await deal(house, '1');
  const frame = await boss.create('contracts', { customer: customer.id, name: '框架' });
  await sql`update contract set status = 'effective' where id = ${frame.id}`.execute(house.services.db);
  const order = await orderOf(house, boss, customer.id, '900', { contract: frame.id, date: ago(5) });
  expect(await card('order', order.id)).toMatchObject({
    ...{ total: '900.00', open: '900.00', overdue: '900.00' },
    instalments: [{ due: ago(5), open: '900.00', late: true }],
  });
});
