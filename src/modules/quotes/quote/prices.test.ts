import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Person, startTestApp, type TestApp } from '../../../platform/testing/app.ts';

let house: TestApp;
let boss: Person;
let customer: { id: string };
let pump: { id: string };
const yuan = (amount: string) => ({ amount, currency: 'CNY' });

beforeAll(async () => {
  house = await startTestApp();
  boss = house.administrator;
  customer = await boss.create('customers', { name: '杭州云帆科技有限公司' });
  pump = await boss.create('products', {
    name: '离心泵',
    unit: 'device',
    specification: 'DN50',
    price: yuan('113'),
    cost: yuan('70'),
  });
  const book = await boss.create('price-books', { name: '2026 经销价', currency: 'CNY' });
  const entry = { book: book.id, product: pump.id, minimumPrice: yuan('79.1') };
  await boss.create('price-book-entries', { ...entry, fromQuantity: '1', price: yuan('101.7') });
  await boss.create('price-book-entries', { ...entry, fromQuantity: '10', price: yuan('90.4') });
});
afterAll(() => house.stop());

const quoted = async (person: Person, line: object, more: object = {}) => {
  const body = { name: '泵', customer: customer.id, lines: [{ product: pump.id, ...line }], ...more };
  const answer = await person.post('/quotes', body);
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  return answer.body.lines[0];
};

describe('the price of a line', () => {
  test.each<[string, object, object, object]>([
    [
      'comes from the book',
      { quantity: '9' },
      {},
      { price: '101.70', specification: 'DN50', listPrice: '113.00', taxRate: '0.13' },
    ],
    [
      'falls with the quantity',
      { quantity: '10' },
      {},
      { price: '90.40', minimumPrice: '79.10', cost: '70.00' },
    ],
    ['is what was agreed', { quantity: '10', price: '85' }, {}, { price: '85', listPrice: '113.00' }],
    [
      'is without tax where the quote’s are',
      { quantity: '10' },
      { pricesIncludeTax: false },
      { price: '80.00', minimumPrice: '70.00', listPrice: '100.00' },
    ],
  ])('%s', async (_what, line, more, expected) => {
    expect(await quoted(boss, line, more)).toMatchObject(expected);
  });

  test('stays agreed when only the quantity changes', async () => {
    const body = { name: '泵', customer: customer.id, lines: [{ product: pump.id, quantity: '1' }] };
    const quote = await boss.create('quotes', body);
    const [line] = quote.lines as { id: string }[];
    const changed = await boss.send(
      'PATCH',
      `/quotes/${quote.id}`,
      { lines: [{ id: line?.id, quantity: '20' }] },
      { 'if-match': `"${quote.version}"` },
    );
    expect(changed.body.lines).toMatchObject([{ price: '101.70', gross: yuan('2034.00') }]);
  });

  test('and cost are told to nobody who may not see them', async () => {
    const all = { read: 'all', create: 'all', update: 'all' } as const;
    const blind = await house.person(
      {
        entities: {
          customer: { actions: all },
          quote: { actions: all },
          quoteLine: { actions: {}, fields: { cost: 'hidden', minimumPrice: 'hidden' } },
          product: { actions: { read: 'all' }, fields: { price: 'hidden', cost: 'hidden' } },
        },
      },
      { name: '林小雨' },
    );
    const answer = await blind.post('/quotes', {
      name: '泵',
      customer: customer.id,
      lines: [{ product: pump.id, quantity: '1' }],
    });
    expect(answer.body.errors).toMatchObject([{ path: 'lines.0.price', code: 'required' }]);
    const line = await quoted(blind, { quantity: '1', price: '100' });
    expect(line).toMatchObject({ price: '100', name: '离心泵' });
    expect(line.listPrice ?? null).toBeNull();
    expect(line).not.toHaveProperty('cost');
    expect(line).not.toHaveProperty('minimumPrice');
  });
});

test('a discount is measured by what the house asks also where its writer may not see them, and they are not told', async () => {
  await boss.put('/quote-rules', { limit: 10, roles: [], validDays: 30 });
  const all = { read: 'all', create: 'all', update: 'all' } as const;
  const blind = await house.person(
    {
      entities: {
        customer: { actions: all },
        quote: { actions: all },
        quoteLine: { actions: {} },
        product: { actions: { read: 'all' }, fields: { price: 'hidden', cost: 'hidden' } },
      },
    },
    { name: '孙不见' },
  );
  // From ten on the book says 90.40: 85 is 6% below it, 80 is 11.5%.
  const submitted = async (price: string, more: object = {}) => {
    const lines = [{ product: pump.id, quantity: '10', price }];
    const { id } = await blind.create('quotes', { name: '泵', customer: customer.id, lines, ...more });
    const answer = await blind.post(`/quotes/${id}/submit`);
    return { status: answer.body.status, quote: (await blind.get(`/quotes/${id}`)).body, answer };
  };
  expect((await submitted('85')).status).toBe('approved');
  const over = await submitted('80');
  expect(over.status).toBe('approving');
  expect(over.quote.discountRate).toBe('0');
  expect(over.quote.lines[0].listPrice ?? null).toBeNull();
  const sheet = (await blind.get(`/approvals/${over.answer.body.approval}`)).body;
  expect(JSON.stringify(sheet)).not.toMatch(/113|90\.4|11\.5/);
  expect(JSON.stringify(sheet.lines)).toContain('发起人看不到应售价');
  // Without tax the book says 80.
  expect((await submitted('75', { pricesIncludeTax: false })).status).toBe('approved');
  expect((await submitted('71', { pricesIncludeTax: false })).status).toBe('approving');
});

test('a quote without a title is called after its customer', async () => {
  const quote = await boss.create('quotes', { customer: customer.id, lines: [] });
  expect(quote.name).toBe('杭州云帆科技有限公司 报价');
});
