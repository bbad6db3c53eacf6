import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Exact } from '../../../platform/money/money.shared.ts';
import { type Person, startTestApp, type TestApp } from '../../../platform/testing/app.ts';

let house: TestApp;
let boss: Person;
let customer: { id: string };
const ids: Record<string, string> = {};
const cny = (amount: string) => ({ amount, currency: 'CNY' });

interface Line {
  id: string;
  name: string;
  bundled: string | null;
  quantity: string;
  price: string;
  gross: { amount: string } | null;
  product: { id: string } | null;
}

beforeAll(async () => {
  house = await startTestApp();
  boss = house.administrator;
  customer = await boss.create('customers', { name: '杭州云帆科技有限公司' });
  const rate = await boss.create('tax-rates', { name: '服务 6%', rate: '6', validFrom: '2020-01-01' });
  const make = async (name: string, more: object) => {
    ids[name] = (await boss.create('products', { name, ...more })).id;
  };
  await make('水泵', { price: cny('100.00'), cost: cny('60.00') });
  await make('滤芯', { price: cny('33.33'), cost: cny('10.00') });
  await make('纸质滤芯', { price: cny('20.00'), cost: cny('5.00') });
  await make('安装', { price: cny('50.00'), cost: cny('20.00'), taxRate: rate.id });
  await make('套装', { bundle: 'fixed', price: cny('199.99') });
  await make('组合', { bundle: 'sum', bundleDiscount: '10' });
  for (const bundle of ['套装', '组合']) {
    const part = (name: string, more: object) =>
      boss.create('bundle-parts', { bundle: ids[bundle], part: ids[name], ...more });
    await part('水泵', { quantity: '1', position: 1 });
    await part('滤芯', { quantity: '2', position: 2, alternatives: [ids.纸质滤芯] });
    await part('安装', { quantity: '1', position: 3, optional: true });
  }
});
afterAll(() => house.stop());

const make = (type: string, lines: object[] | undefined, more: object = {}) =>
  boss.post(`/${type}`, { customer: customer.id, lines, ...more });
const made = async (type: string, lines: object[] | undefined, more: object = {}) => {
  const { status, body } = await make(type, lines, more);
  expect([status, JSON.stringify(body)]).toEqual([201, expect.any(String)]);
  return body;
};
const linesOf = ({ lines }: { lines: Line[] }) => lines;
const change = async (type: string, record: { id: string; version: number }, body: object) =>
  boss.send('PATCH', `/${type}/${record.id}`, body, { 'if-match': `"${record.version}"` });
const sumOf = (lines: Line[]) => Exact.sum(0, ...lines.map(({ gross }) => gross?.amount ?? 0)).toFixed(2);
const codes = ({ body }: { body: { errors?: { code: string }[] } }) =>
  (body.errors ?? []).map(({ code }) => code);

describe('a bundle in a quote', () => {
  test('comes with its parts, which bear what it costs by what each costs alone', async () => {
    const quote = await made('quotes', [{ product: ids.套装, quantity: '3' }]);
    expect(quote.total).toEqual(cny('599.97'));
    expect(linesOf(quote)).toMatchObject([
      { name: '套装', bundled: 'whole', quantity: '3', price: '199.99', gross: null, cost: null },
      {
        name: '水泵',
        bundled: 'part',
        quantity: '3',
        inOne: '1',
        taxRate: '0.13',
        gross: { amount: '276.92' },
      },
      { name: '滤芯', bundled: 'part', quantity: '6', inOne: '2', gross: { amount: '184.59' } },
      { name: '安装', bundled: 'part', quantity: '3', taxRate: '0.06', gross: { amount: '138.46' } },
    ]);
    expect(sumOf(linesOf(quote))).toBe('599.97');
  });

  test('as the sum of its parts costs less without one that may be left out, or with another', async () => {
    const whole = { product: ids.组合, bundled: 'whole', quantity: '1' };
    const part = (name: string, more: object = {}) => ({ product: ids[name], bundled: 'part', ...more });
    const all = await made('quotes', [{ product: ids.组合, quantity: '1' }]);
    // 100 + 2 × 33.33 + 50, less a tenth.
    expect(all.total).toEqual(cny('194.99'));
    const less = await made('quotes', [whole, part('水泵'), part('滤芯')]);
    expect(less.total).toEqual(cny('149.99'));
    const other = await made('quotes', [whole, part('水泵'), part('纸质滤芯', { insteadOf: ids.滤芯 })]);
    expect(other.total).toEqual(cny('126.00'));
    expect(linesOf(other)[2]).toMatchObject({ name: '纸质滤芯', quantity: '2' });
  });

  test.each<[string, () => object[], string]>([
    ['a part it cannot do without', () => [{ product: ids.滤芯, bundled: 'part' }], 'bundle_part_missing'],
    [
      'what is not of it',
      () => ['水泵', '滤芯', '纸质滤芯'].map((name) => ({ product: ids[name], bundled: 'part' })),
      'bundle_part_foreign',
    ],
    [
      'what cannot replace its part',
      () => [
        { product: ids.滤芯, insteadOf: ids.水泵, bundled: 'part' },
        { product: ids.滤芯, bundled: 'part' },
      ],
      'bundle_part_foreign',
    ],
  ])('is refused with or without %s', async (_, parts, code) => {
    const answer = await make('quotes', [{ product: ids.组合, bundled: 'whole' }, ...parts()]);
    expect(answer.status).toBe(422);
    expect(codes(answer)).toContain(code);
  });

  test('a part without its bundle is refused', async () => {
    expect(codes(await make('quotes', [{ product: ids.滤芯, bundled: 'part' }]))).toEqual([
      'part_without_bundle',
    ]);
  });

  test('changes as one: how many, the discount, what is taken off, and goes as one', async () => {
    const quote = await made('quotes', [
      { product: ids.套装, quantity: '1' },
      { name: '运费', price: '10' },
    ]);
    const rows = linesOf(quote).map(({ id }) => ({ id }));
    const [whole] = rows;
    const { body: more } = await change('quotes', quote, {
      lines: rows.with(0, { ...whole, quantity: '7', discount: '5' } as never),
      deduction: '0.37',
    });
    // 7 × 199.99 less 5 % is 1329.93, with 10 less 0.37.
    expect(more.total).toEqual(cny('1339.56'));
    expect(linesOf(more).map(({ quantity }) => quantity)).toEqual(['7', '7', '14', '7', '1']);
    expect(sumOf(linesOf(more))).toBe('1339.56');
    const { body: same } = await change('quotes', more, { deduction: null });
    expect(sumOf(linesOf(same))).toBe('1339.93');
    const { body: gone } = await change('quotes', same, { lines: [{ id: rows[4]?.id }] });
    expect(linesOf(gone)).toMatchObject([{ name: '运费' }]);
  });

  test('becomes another product with its own parts, or none', async () => {
    const quote = await made('quotes', [{ product: ids.套装, quantity: '1' }]);
    const rows = linesOf(quote).map(({ id }) => ({ id }));
    const { body } = await change('quotes', quote, {
      lines: rows.with(0, { ...rows[0], product: ids.水泵, name: '水泵', price: '100', unit: null } as never),
    });
    expect(linesOf(body)).toMatchObject([{ name: '水泵', bundled: null, gross: { amount: '100.00' } }]);
  });

  test('goes on to contract, order and invoice as it was agreed, also when the bundle is another by then', async () => {
    const quote = await made('quotes', [{ product: ids.套装, quantity: '2', discount: '3' }]);
    for (const verb of ['submit', 'send-out']) await boss.post(`/quotes/${quote.id}/${verb}`, {});
    await boss.post(`/quotes/${quote.id}/customer-confirmed`, { name: '王工' });
    const part = (await boss.get('/bundle-parts?limit=50')).body.items.find(
      (each: { bundle: { id: string }; part: { id: string } }) =>
        each.bundle.id === ids.套装 && each.part.id === ids.安装,
    );
    await boss.send(
      'PATCH',
      `/bundle-parts/${part.id}`,
      { quantity: '5' },
      { 'if-match': `"${part.version}"` },
    );
    const { body: order } = await boss.post(`/quotes/${quote.id}/makeOrder`, {});
    const { body } = await boss.get(`/orders/${order.id}`);
    const told = ({ lines }: { lines: Line[] }) =>
      lines.map(({ name, quantity, gross }) => [name, quantity, gross?.amount ?? null]);
    expect(told(body)).toEqual(told(quote));
    expect(body.total).toEqual(quote.total);
    await boss.post(`/orders/${order.id}/confirm`);
    const { body: invoice } = await boss.post('/invoices', { order: order.id, customer: customer.id });
    expect(invoice).toMatchObject({ total: quote.total, net: quote.net });
    expect(invoice.lines).toHaveLength(3);
    await boss.send(
      'PATCH',
      `/bundle-parts/${part.id}`,
      { quantity: '1' },
      { 'if-match': `"${part.version + 1}"` },
    );
  });

  test('a copy keeps what was agreed', async () => {
    const quote = await made('quotes', [{ product: ids.组合, quantity: '2' }], { deduction: '1' });
    const { body } = await boss.post(`/quotes/${quote.id}/copy`, {});
    const copy = (await boss.get(`/quotes/${body.id}`)).body;
    expect(copy.lines.map(({ gross }: Line) => gross?.amount)).toEqual(
      linesOf(quote).map(({ gross }) => gross?.amount),
    );
  });
});

describe('what may be chosen', () => {
  test('is said of a part at any time, and is no bundle itself', async () => {
    const { items } = (await boss.get('/bundle-parts?limit=50')).body;
    const [part] = items as { id: string; version: number }[];
    const say = (alternatives: unknown[], version: number) =>
      boss.send('PATCH', `/bundle-parts/${part?.id}`, { alternatives }, { 'if-match': `"${version}"` });
    const version = part?.version ?? 0;
    expect(codes(await say([ids.套装], version))).toEqual(['bundle_in_bundle']);
    const { status, body } = await say([ids.纸质滤芯], version);
    expect([status, body.alternatives]).toMatchObject([200, [{ title: '纸质滤芯' }]]);
    await say([], version + 1);
  });
});

describe('a bundle in an order', () => {
  test('is delivered and comes back by its parts, whose amounts add up', async () => {
    const order = await made('orders', [{ product: ids.套装, quantity: '2' }]);
    await boss.post(`/orders/${order.id}/confirm`);
    const [, pump, filter] = linesOf(order);
    const part = await made('deliveries', [{ orderLine: filter?.id, quantity: '3' }], { order: order.id });
    await boss.post(`/deliveries/${part.id}/ship`, {});
    const rest = await made('deliveries', undefined, { order: order.id });
    expect(rest.lines.map(({ name, quantity }: Line) => [name, quantity])).toEqual([
      ['水泵', '2'],
      ['滤芯', '1'],
      ['安装', '2'],
    ]);
    expect(Exact.sum(part.total.amount, rest.total.amount).toFixed(2)).toBe('399.98');
    await boss.post(`/deliveries/${rest.id}/ship`, {});
    expect((await boss.get(`/orders/${order.id}`)).body.status).toBe('delivered');
    const back = await made('return-orders', [{ orderLine: pump?.id, quantity: '1' }], { order: order.id });
    await boss.post(`/return-orders/${back.id}/receive`, {});
    const after = (await boss.get(`/orders/${order.id}`)).body;
    expect(after.effectiveTotal.amount).toBe(new Exact('399.98').minus(back.total.amount).toFixed(2));
    expect(
      Exact.sum(
        ...after.lines.map(
          (line: { effectiveGross: { amount: string } | null }) => line.effectiveGross?.amount ?? 0,
        ),
      ).toFixed(2),
    ).toBe(after.effectiveTotal.amount);
  });

  test('nobody delivers the bundle itself', async () => {
    const order = await made('orders', [{ product: ids.套装, quantity: '1' }]);
    await boss.post(`/orders/${order.id}/confirm`);
    const answer = await boss.post('/deliveries', {
      order: order.id,
      lines: [{ orderLine: linesOf(order)[0]?.id, quantity: '1' }],
    });
    expect([answer.status, codes(answer)]).toEqual([422, ['unknown_reference']]);
  });
});
