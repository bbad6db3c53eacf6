import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dayOf } from '../../../platform/context/day.ts';
import { type Answer, type Person, startTestApp, type TestApp } from '../../../platform/testing/app.ts';
import { forgetPaid } from '../open/paid.ts';
import {
  AGES,
  ageOf,
  asMuchAs,
  type Blue,
  type Entry,
  effective,
  into,
  type Money,
  minor,
  type OwedOrder,
  open,
  openParts,
  type Part,
  RATES,
  text,
  type Unit,
} from '../testing/books.ts';
import { untrue } from '../testing/deal.ts';

let house: TestApp;
let boss: Person;
let today: string;
beforeAll(async () => {
  house = await startTestApp();
  boss = house.administrator;
  today = dayOf(await house.context());
  await boss.create('exchange-rates', { currency: 'EUR', validFrom: '2020-01-01', rate: RATES.EUR });
});
afterAll(() => house.stop());

const KINDS = [
  'deliver',
  'bringBack',
  'invoice',
  'flush',
  'receive',
  'prepay',
  'allocate',
  'allocate',
  'unallocate',
  'refund',
  'reverse',
  'claim',
  'settle',
] as const;
const step = fc.record({
  kind: fc.constantFrom(...KINDS),
  at: fc.nat(7),
  which: fc.nat(7),
  cents: fc.integer({ min: 1, max: 70_000 }),
  pieces: fc.integer({ min: 1, max: 5 }),
  euro: fc.boolean(),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** A customer with what he ordered and paid: in the product, and as the model has it. */
class Books {
  customer = '';
  orders: OwedOrder[] = [];
  blues: Blue[] = [];
  moneys: Money[] = [];

  static async begin(): Promise<Books> {
    const books = new Books();
    books.customer = (await boss.create('customers', { name: `客户${++count}有限公司` })).id;
    const day = (days: number) => Temporal.PlainDate.from(today).add({ days }).toString();
    const instalments = [
      { name: '首付', percent: '40', event: 'date', day: day(-50) },
      { name: '中期', percent: '25', event: 'date', day: day(-100) },
      { name: '尾款', percent: '35', event: 'acceptance' },
    ];
    books.orders = [await books.order('CNY', 3333, 10, { instalments }), await books.order('EUR', 1999, 8)];
    return books;
  }

  async order(unit: Unit, price: number, quantity: number, more: object = {}): Promise<OwedOrder> {
    const line = { name: '型材', quantity: String(quantity), price: text(price) };
    const made = await boss.create('orders', {
      ...{ customer: this.customer, currency: unit, lines: [line], ...more },
    });
    expect((await boss.post(`/orders/${made.id}/confirm`)).status).toBe(200);
    const [own] = made.lines as { id: string }[];
    const nothing = { delivered: 0, returned: 0, received: 0, invoiced: 0, direct: new Map() };
    return { id: made.id, line: own?.id as string, unit, price, quantity, ...nothing };
  }
}
let count = 0;
let numbers = 0;
const LONGEST_MS = 12_000;

const of = <T>(list: readonly T[], at: number): T | undefined => list[at % Math.max(1, list.length)];
const allowed = (answer: Answer, may: boolean, told: unknown) =>
  expect([answer.status, told, answer.status === 200 ? null : answer.body.code]).toEqual([
    may ? 200 : expect.toBeOneOf([409, 422]),
    told,
    may ? null : expect.any(String),
  ]);

type Act = (books: Books, step: Step) => Promise<void>;

const deliver: Act = async ({ orders }, { at, pieces }) => {
  const order = of(orders, at) as OwedOrder;
  const quantity = Math.min(pieces, order.quantity - order.delivered);
  if (quantity === 0) return;
  const lines = [{ orderLine: order.line, quantity: String(quantity) }];
  const made = await boss.create('deliveries', { order: order.id, lines });
  expect((await boss.post(`/deliveries/${made.id}/ship`)).status).toBe(200);
  order.delivered += quantity;
};

const bringBack: Act = async ({ orders }, { at, pieces }) => {
  const order = of(orders, at) as OwedOrder;
  const quantity = Math.min(pieces, order.delivered - order.returned);
  if (quantity === 0) return;
  const lines = [{ orderLine: order.line, quantity: String(quantity) }];
  const made = await boss.create('return-orders', { order: order.id, lines });
  expect((await boss.post(`/return-orders/${made.id}/receive`)).status).toBe(200);
  order.returned += quantity;
};

const issue = (id: string) =>
  boss.post(`/invoices/${id}/issue`, { invoiceNumber: `2544900000${String(++numbers).padStart(10, '0')}` });

const invoice: Act = async ({ orders, blues, customer }, { at, pieces, cents }) => {
  const order = of(orders, at) as OwedOrder;
  const price = 1 + (cents % 8000);
  const made = await boss.create('invoices', {
    ...{ customer, order: order.id, kind: 'normal', currency: order.unit },
    lines: [{ name: '型材', quantity: String(pieces), price: text(price) }],
  });
  const may = order.invoiced + price * pieces <= effective(order);
  allowed(await issue(made.id), may, 'invoice');
  if (!may) return;
  order.invoiced += price * pieces;
  const line = (made.lines as { id: string }[])[0]?.id as string;
  blues.push({ id: made.id, line, order, price, left: pieces, paid: 0 });
};

const flush: Act = async ({ blues }, { at, pieces }) => {
  const blue = of(blues, at);
  if (!blue || blue.left === 0) return;
  const quantity = Math.min(pieces, blue.left);
  const lines = [{ line: blue.line, quantity: String(quantity) }];
  const { status, body } = await boss.post(`/invoices/${blue.id}/flush`, { reason: '退', lines });
  expect(status).toBe(200);
  expect((await issue(body.invoice)).status).toBe(200);
  blue.left -= quantity;
  blue.order.invoiced -= quantity * blue.price;
};

async function confirmed(money: Money): Promise<void> {
  expect((await boss.post(`/receipts/${money.id}/confirm`)).status).toBe(200);
  money.status = 'confirmed';
  money.free = money.amount;
  const sum = money.purpose && asMuchAs(money, money.purpose);
  if (!money.purpose || !sum) return;
  const { items } = (await boss.get(`/receivables/postings/receipt/${money.id}`)).body;
  const { id } = items.find(({ kind }: { kind: string }) => kind === 'allocation');
  pay(money, { posting: id, order: money.purpose, instalment: null, blue: null, ...sum });
}

function pay(money: Money, paid: Money['paid'][number]): void {
  const { order, instalment, blue, taken } = paid;
  money.paid.push(paid);
  money.free -= taken;
  order.received += paid.paid;
  if (instalment) order.direct.set(instalment, (order.direct.get(instalment) ?? 0) + paid.paid);
  if (blue) blue.paid += paid.paid;
}

const receive: Act = async ({ orders, moneys, customer }, { at, cents, euro }) => {
  const order = of(orders, at) as OwedOrder;
  const unit = euro ? 'EUR' : 'CNY';
  const amount = { amount: text(cents), currency: unit };
  const { id } = await boss.create('receipts', { customer, order: order.id, amount });
  moneys.push({ ...fresh(unit, cents), id, purpose: order });
  await confirmed(moneys.at(-1) as Money);
};

const prepay: Act = async ({ moneys, customer }, { cents, euro }) => {
  const unit = euro ? 'EUR' : 'CNY';
  const { id } = await boss.create('receipts', {
    customer,
    amount: { amount: text(cents), currency: unit },
  });
  moneys.push({ ...fresh(unit, cents), id });
  await confirmed(moneys.at(-1) as Money);
};

const fresh = (unit: Unit, amount: number): Omit<Money, 'id'> => ({
  ...{ unit, amount, free: 0, refunded: 0, status: 'pending', paid: [], purpose: null, entry: null },
});
const standing = (moneys: readonly Money[]) => moneys.filter(({ status }) => status === 'confirmed');

const allocate: Act = async ({ orders, moneys, blues }, { at, which, cents, pieces }) => {
  const money = of(standing(moneys), at);
  const order = of(orders, which) as OwedOrder;
  if (!money) return;
  const kept = (await partsOf(order))[pieces];
  const instalment = kept?.id ?? null;
  const blue = instalment ? null : (blues.find((each) => each.order === order && each.left > pieces) ?? null);
  const [taken, paid] = [cents, into(cents, money.unit, order.unit)];
  const rooms = [
    open(order),
    ...(kept && instalment ? [kept.amount - (order.direct.get(instalment) ?? 0)] : []),
    ...(blue ? [blue.left * blue.price - blue.paid] : []),
  ];
  const may = taken <= money.free && paid > 0 && paid <= Math.min(...rooms);
  const allocations = [
    { order: order.id, amount: text(taken), instalment, ...(blue ? { invoice: blue.id } : {}) },
  ];
  const answer = await boss.post(`/receipts/${money.id}/allocate`, { allocations });
  allowed(answer, may, 'allocate');
  if (may) pay(money, { posting: answer.body.postings[0], order, instalment, blue, taken, paid });
};

function takeBack(money: Money, paid: Money['paid'][number]): void {
  const { order, instalment, blue, taken } = paid;
  money.paid.splice(money.paid.indexOf(paid), 1);
  money.free += taken;
  order.received -= paid.paid;
  if (instalment) order.direct.set(instalment, (order.direct.get(instalment) ?? 0) - paid.paid);
  if (blue) blue.paid -= paid.paid;
}

const unallocate: Act = async ({ moneys }, { at, which }) => {
  const money = of(
    moneys.filter(({ paid }) => paid.length > 0),
    at,
  );
  const paid = money && of(money.paid, which);
  if (!paid) return;
  const body = { postings: [paid.posting], reason: '错' };
  expect((await boss.post(`/receipts/${money.id}/unallocate`, body)).status).toBe(200);
  takeBack(money, paid);
};

const refund: Act = async ({ moneys }, { at, cents }) => {
  const money = of(standing(moneys), at);
  if (!money) return;
  const may = cents <= money.free;
  allowed(
    await boss.post(`/receipts/${money.id}/refund`, { amount: text(cents), reason: '退' }),
    may,
    'refund',
  );
  if (!may) return;
  money.free -= cents;
  money.refunded += cents;
};

const reverse: Act = async ({ moneys }, { at }) => {
  const money = of(standing(moneys), at);
  if (!money) return;
  const may = money.refunded === 0;
  allowed(await boss.post(`/receipts/${money.id}/reverse`, { reason: '错' }), may, 'reverse');
  if (!may) return;
  for (const paid of [...money.paid]) takeBack(money, paid);
  if (money.entry) money.entry.left += money.amount;
  Object.assign(money, { status: 'gone', free: 0 });
};

const claim: Act = async ({ moneys, orders, customer }, { at, which, cents }) => {
  const whole = 50_000;
  const purpose = which % 2 ? (of(orders, at) as OwedOrder) : null;
  const known = of(
    moneys.flatMap(({ entry }) => entry ?? []).filter(({ left }) => left >= cents),
    at,
  );
  const entry: Entry = known ?? {
    id: (
      await boss.create('bank-entries', {
        payer: '客户',
        amount: { amount: text(whole), currency: 'CNY' },
        serial: `B${++numbers}`,
      })
    ).id,
    left: whole,
  };
  const amount = Math.min(cents, entry.left);
  const body = { customer, amount: text(amount), ...(purpose ? { order: purpose.id } : {}) };
  const answer = await boss.post(`/bank-entries/${entry.id}/claim`, body);
  expect(answer.status).toBe(200);
  entry.left -= amount;
  moneys.push({ ...fresh('CNY', amount), id: answer.body.receipt, purpose, entry });
};

const settle: Act = async ({ moneys }, { at, which }) => {
  const money = of(
    moneys.filter(({ status }) => status === 'pending'),
    at,
  );
  if (!money) return;
  if (which % 3 === 0) return confirmed(money);
  const verb = which % 3 === 1 ? 'reject' : 'takeBack';
  expect((await boss.post(`/receipts/${money.id}/${verb}`, { reason: '不是' })).status).toBe(200);
  money.status = 'gone';
  if (money.entry) money.entry.left += money.amount;
};

const ACTS: Record<(typeof KINDS)[number], Act> = {
  ...{
    deliver,
    bringBack,
    invoice,
    flush,
    receive,
    prepay,
    allocate,
    unallocate,
    refund,
    reverse,
    claim,
    settle,
  },
};

/** Instalments as the order has them, in the order in which they fall due; without any the whole. */
async function partsOf(order: OwedOrder): Promise<Part[]> {
  const { instalments, date } = (await boss.get(`/orders/${order.id}`)).body;
  if (!instalments.length) return [{ id: null, due: date, amount: effective(order) }];
  const parts = instalments.map(
    ({ id, dueOn, amount }: { id: string; dueOn: string | null; amount: { amount: string } }): Part => ({
      ...{ id, due: dueOn, amount: minor(amount.amount) },
    }),
  );
  return parts.toSorted((a: Part, b: Part) => (a.due ?? '9999').localeCompare(b.due ?? '9999'));
}

const sum = (amounts: readonly number[]) => amounts.reduce((all, each) => all + each, 0);

/** Whatever tells of money tells the same, and what the model says. */
async function compare({ customer, orders, moneys }: Books): Promise<void> {
  const ages = Object.fromEntries(AGES.map((age) => [age, 0]));
  let owed = 0;
  for (const order of orders) {
    const card = (await boss.get(`/receivables/order/${order.id}`)).body;
    const parts = await partsOf(order);
    expect(sum(parts.map(({ amount }) => amount))).toBe(effective(order));
    const opens = openParts(order, parts);
    expect(sum(opens)).toBe(open(order));
    expect(card).toMatchObject({
      currency: order.unit,
      total: text(effective(order)),
      received: text(order.received),
      invoiced: text(order.invoiced),
      invoicedNotReceived: text(Math.max(0, order.invoiced - order.received)),
      receivedNotInvoiced: text(Math.max(0, order.received - order.invoiced)),
      open: text(open(order)),
      over: text(Math.max(0, order.received - effective(order))),
      instalments: opens.map((each, at) => ({ id: parts[at]?.id, open: text(each) })),
    });
    for (const [at, each] of opens.entries()) {
      const worth = into(each, order.unit, 'CNY');
      const age = ageOf(parts[at]?.due ?? null, today);
      ages[age] = (ages[age] ?? 0) + worth;
      owed += worth;
    }
  }
  const free = standing(moneys).map((money) => into(money.free, money.unit, 'CNY'));
  const told = { ...ages, open: owed, overdue: owed - (ages.later as number), advance: sum(free) };
  const { total, lines } = (await boss.get(`/receivables?customer=${customer}&group=item&limit=200`)).body;
  const names = Object.keys(told);
  expect(Object.fromEntries(names.map((name) => [name, minor(total[name])]))).toEqual(told);
  expect(sum(lines.map((line: { open: string }) => minor(line.open)))).toBe(owed);
  const card = (await boss.get(`/receivables/customer/${customer}`)).body;
  for (const name of ['open', 'overdue', 'advance'] as const)
    expect([name, minor(card[name])]).toEqual([name, told[name]]);
  const { parts } = (await boss.get(`/customers/${customer}/statement?from=2020-01-01&until=2099-01-01`))
    .body;
  for (const unit of Object.keys(RATES) as Unit[]) {
    const debts = orders
      .filter((order) => order.unit === unit)
      .map((each) => effective(each) - each.received);
    const advances = standing(moneys).filter((money) => money.unit === unit);
    const closing = sum(debts) - sum(advances.map((money) => money.free));
    const part = parts.find(({ currency }: { currency: string }) => currency === unit);
    expect([unit, part?.closing ?? '0.00']).toEqual([unit, text(closing)]);
  }
  for (const { entry } of moneys)
    if (entry)
      expect((await boss.get(`/bank-entries/${entry.id}`)).body.left).toMatchObject({
        amount: text(entry.left),
      });
}

test('after every step what was received, invoiced and is owed adds up, as a plain model has it', async () => {
  // As many as fit into some seconds; others come next time.
  const end = performance.now() + LONGEST_MS;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 12, maxLength: 18 }), fc.nat(17), async (steps, night) => {
      if (performance.now() > end) return;
      const books = await Books.begin();
      for (const [at, each] of steps.entries()) {
        await ACTS[each.kind](books, each);
        if (at === night) await forgetPaid(house.services.db);
        await compare(books);
      }
    }),
    { numRuns: 40 },
  );
  expect(await untrue(house)).toEqual([]);
}, 90_000);
