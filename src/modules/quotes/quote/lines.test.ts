import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Person, startTestApp, type TestApp } from '../../../platform/testing/app.ts';

let house: TestApp;
let boss: Person;
let customer: { id: string };
let product: { id: string };

beforeAll(async () => {
  house = await startTestApp();
  boss = house.administrator;
  customer = await boss.create('customers', { name: '杭州云帆科技有限公司' });
  product = await boss.create('products', {
    name: '铝合金型材',
    unit: 'kilogram',
    price: { amount: '26.50', currency: 'CNY' },
  });
});
afterAll(() => house.stop());

const draft = (lines: unknown[], more: object = {}) => ({
  name: '型材报价',
  customer: customer.id,
  lines,
  ...more,
});
const made = async (lines: unknown[], more: object = {}) => {
  const { status, body } = await boss.post('/quotes', draft(lines, more));
  expect(body, JSON.stringify(body)).toMatchObject({ id: expect.any(String) });
  expect(status).toBe(201);
  return body;
};
const change = (quote: { id: string; version: number }, body: object) =>
  boss.send('PATCH', `/quotes/${quote.id}`, body, { 'if-match': `"${quote.version}"` });

describe('lines of a quote', () => {
  test('are written with it, completed from the product, and added up', async () => {
    const quote = await made([
      { product: product.id, quantity: '100' },
      { name: '切割', price: '200', quantity: 1, taxRate: '0.06', discount: '10' },
    ]);
    expect(quote).toMatchObject({
      total: { amount: '2830.00', currency: 'CNY' },
      net: { amount: '2514.94', currency: 'CNY' },
      taxAmount: { amount: '315.06', currency: 'CNY' },
      lines: [
        {
          product: { id: product.id, title: '铝合金型材' },
          name: '铝合金型材',
          unit: 'kilogram',
          price: '26.50',
          listPrice: '26.50',
          gross: { amount: '2650.00', currency: 'CNY' },
          net: { amount: '2345.13', currency: 'CNY' },
          taxAmount: { amount: '304.87', currency: 'CNY' },
        },
        {
          name: '切割',
          gross: { amount: '180.00' },
          net: { amount: '169.81' },
          taxAmount: { amount: '10.19' },
        },
      ],
    });
    expect((await boss.get(`/quotes/${quote.id}`)).body).toEqual(quote);
  });

  test('change row by row: what is named by its id keeps what is not given, what is left out goes', async () => {
    const quote = await made([
      { name: '甲', price: '10' },
      { name: '乙', price: '20', remark: '急' },
      { name: '丙', price: '30' },
    ]);
    const [first, second] = quote.lines as { id: string }[];
    const { body } = await change(quote, {
      lines: [{ id: second?.id, quantity: '2' }, { name: '丁', price: '5' }, { id: first?.id }],
    });
    expect(body.lines).toMatchObject([
      { id: second?.id, name: '乙', quantity: '2', remark: '急', gross: { amount: '40.00' } },
      { name: '丁', gross: { amount: '5.00' } },
      { id: first?.id, name: '甲', gross: { amount: '10.00' } },
    ]);
    expect(body).toMatchObject({ total: { amount: '55.00' }, version: quote.version + 1 });
    const audit = (await boss.get(`/audit?recordId=${quote.id}`)).body.items[0];
    const told = audit.changes.find((each: { field: string }) => each.field === 'lines');
    expect(told).toMatchObject({
      label: '报价明细',
      before: expect.stringContaining('丙'),
      after: expect.stringContaining('丁'),
    });
    expect(told.after).toContain('数量 2');
  });

  test('raise the version also where only a line changes, and nothing does where nothing changes', async () => {
    const quote = await made([{ name: '甲', price: '10' }]);
    const [line] = quote.lines as { id: string }[];
    const changed = (await change(quote, { lines: [{ id: line?.id, remark: '新' }] })).body;
    expect(changed.version).toBe(quote.version + 1);
    const same = (await change(changed, { lines: [{ id: line?.id, remark: '新', price: '10.00' }] })).body;
    expect(same.version).toBe(changed.version);
  });

  test('follow a change of the whole', async () => {
    const quote = await made([
      { name: '甲', price: '100' },
      { name: '乙', price: '200' },
    ]);
    const cheaper = (await change(quote, { deduction: '0.5' })).body;
    expect(cheaper).toMatchObject({
      total: { amount: '299.50' },
      lines: [{ gross: { amount: '99.83' } }, { gross: { amount: '199.67' } }],
    });
    expect((await change(cheaper, { deduction: '300.01' })).body).toMatchObject({
      code: 'invalid',
      errors: [{ path: 'deduction', code: 'deduction_too_large' }],
    });
  });

  test('name what is wrong with them by their place, and nothing is saved', async () => {
    const before = (await boss.get('/quotes?count=true')).body.total;
    const { status, body } = await boss.post(
      '/quotes',
      draft([
        { name: '甲', price: '1' },
        { quantity: '1' },
        { name: '丙', price: '1', product: house.administrator.id },
      ]),
    );
    expect(status).toBe(422);
    expect(body.errors.map(({ path, code }: { path: string; code: string }) => [path, code])).toEqual(
      [
        ['lines.1.name', 'required'],
        ['lines.1.price', 'required'],
        ['lines.2.product', 'unknown_reference'],
      ].toSorted(),
    );
    expect((await boss.get('/quotes?count=true')).body.total).toBe(before);
  });

  test('of another quote are not taken along', async () => {
    const other = await made([{ name: '甲', price: '10' }]);
    const quote = await made([{ name: '乙', price: '10' }]);
    const answer = await change(quote, { lines: [{ id: other.lines[0].id, name: '偷', price: '1' }] });
    expect(answer.body.errors).toMatchObject([{ path: 'lines.0.id', code: 'unknown_reference' }]);
  });

  test('are not written by themselves', async () => {
    const quote = await made([{ name: '甲', price: '10' }]);
    const { id } = quote.lines[0];
    expect((await boss.post('/quote-lines', { quote: quote.id, name: '乙', price: '1' })).status).toBe(403);
    expect((await boss.send('PATCH', `/quote-lines/${id}`, { name: '乙' }, { 'if-match': '*' })).status).toBe(
      403,
    );
    expect((await boss.send('DELETE', `/quote-lines/${id}`)).status).toBe(403);
  });

  test('go to the recycle bin and come back with it', async () => {
    const quote = await made([{ name: '甲', price: '10' }]);
    const listed = async () =>
      (
        await boss.get(
          `/quote-lines?filter=${encodeURIComponent(JSON.stringify({ field: 'quote', op: 'eq', value: quote.id }))}`,
        )
      ).body.items.length;
    expect(await listed()).toBe(1);
    await boss.send('DELETE', `/quotes/${quote.id}`);
    expect(await listed()).toBe(0);
    expect((await boss.get(`/quotes/${quote.id}?deleted=true`)).body.lines).toHaveLength(1);
    await boss.post(`/quotes/${quote.id}/restore`, {});
    expect(await listed()).toBe(1);
    await boss.send('DELETE', `/quotes/${quote.id}`);
    expect((await boss.send('DELETE', `/quotes/${quote.id}?forever=true`)).status).toBeLessThan(300);
  });
});

describe('who sees the lines', () => {
  test('is who sees the quote; they follow when the customer is given away', async () => {
    const { sales, other } = await staff();
    const own = await sales.create('customers', { name: '苏州恒力机械有限公司' });
    const quote = await sales.create('quotes', {
      name: '机械报价',
      customer: own.id,
      lines: [{ name: '甲', price: '10' }],
    });
    const seen = async (person: Person) => (await person.get('/quote-lines')).body.items.length;
    expect([await seen(sales), await seen(other)]).toEqual([1, 0]);
    await boss.post(`/customers/${own.id}/transfer`, { owner: other.id, along: ['quote'] });
    expect(await seen(other)).toBe(1);
    expect((await other.get(`/quotes/${quote.id}`)).body.lines).toHaveLength(1);
  });
});

test('fields of lines are hidden by the role, in the quote, its lines and its changes', async () => {
  const read = { actions: { read: 'all' } } as const;
  const clerk = await house.person({
    entities: { customer: read, quote: read, quoteLine: { actions: {}, fields: { price: 'hidden' } } },
  });
  const quote = await made([{ name: '甲', price: '12.34' }]);
  const [line] = quote.lines as { id: string }[];
  await change(quote, { lines: [{ id: line?.id, price: '43.21', remark: '新价' }] });
  const seen = (await clerk.get(`/quotes/${quote.id}`)).body.lines[0];
  expect(seen).toMatchObject({ name: '甲', remark: '新价' });
  expect(seen).not.toHaveProperty('price');
  expect((await clerk.get(`/quote-lines/${line?.id}`)).body).not.toHaveProperty('price');
  const told = async (person: Person) =>
    JSON.stringify((await person.get(`/audit?recordId=${quote.id}`)).body);
  expect(await told(boss)).toContain('单价 43.21');
  expect(await told(clerk)).not.toContain('单价');
});

/** Two people of two departments who see and write their own. */
async function staff() {
  const actions = { read: 'self', create: 'self', update: 'self', delete: 'self', transfer: 'self' } as const;
  const permissions = { entities: { customer: { actions }, quote: { actions } } };
  return {
    sales: await house.person(permissions, { name: '陈思远' }),
    other: await house.person(permissions, { name: '林小雨' }),
  };
}

describe('other currencies', () => {
  test('need a rate, which is kept with the amounts', async () => {
    const dollars = draft([{ name: '甲', price: '100' }], { currency: 'USD', date: '2026-11-20' });
    expect((await boss.post('/quotes', dollars)).body.errors).toMatchObject([
      { path: 'currency', code: 'currency_without_rate' },
    ]);
    await boss.create('exchange-rates', { currency: 'USD', validFrom: '2026-11-01', rate: '7.1' });
    await boss.create('exchange-rates', { currency: 'USD', validFrom: '2026-11-21', rate: '7.2' });
    const quote = await made([{ name: '甲', price: '100' }], { currency: 'USD', date: '2026-11-20' });
    expect(quote.total).toEqual({ amount: '100.00', currency: 'USD' });
    const base = async (least: string) => {
      const filter = JSON.stringify({
        and: [
          { field: 'number', op: 'eq', value: quote.number },
          { field: 'total', op: 'eq', value: { amount: least, currency: 'CNY' } },
        ],
      });
      return (await boss.get(`/quotes?filter=${encodeURIComponent(filter)}`)).body.items?.length;
    };
    expect(await base('710.00')).toBe(1);
    const later = (await change(quote, { date: '2026-11-22' })).body;
    expect(await base('720.00')).toBe(1);
    expect(later.lines[0].gross).toEqual({ amount: '100.00', currency: 'USD' });
  });
});
