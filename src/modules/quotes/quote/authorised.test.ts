import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Person, startTestApp, type TestApp } from '../../../platform/testing/app.ts';

/** What a price book gives is authorised: no limit is measured against the list price where a book says otherwise. */
let house: TestApp;
let boss: Person;
const ids: Record<string, string> = {};
const cny = (amount: string) => ({ amount, currency: 'CNY' });

beforeAll(async () => {
  house = await startTestApp();
  boss = house.administrator;
  const made = async (type: string, name: string, more: object) => {
    ids[name] = (await boss.create(type, { name, ...more })).id;
  };
  await made('customers', '普通客户', { province: '江苏省' });
  await made('customers', '浙江客户', { province: '浙江省' });
  await made('products', '离心泵', { price: cny('113') });
  await made('products', '阀门', { price: cny('20') });
  await made('products', '套装', { bundle: 'fixed', price: cny('130') });
  await made('products', '组合', { bundle: 'sum', bundleDiscount: '10' });
  for (const bundle of ['套装', '组合']) {
    await boss.create('bundle-parts', { bundle: ids[bundle], part: ids.离心泵, quantity: '1', position: 1 });
    const optional = { quantity: '1', position: 2, optional: true };
    await boss.create('bundle-parts', { bundle: ids[bundle], part: ids.阀门, ...optional });
  }
  await made('price-books', '通用价', { currency: 'CNY', validFrom: '2026-01-01', validTo: '2030-12-31' });
  await made('price-books', '浙江价', { currency: 'CNY', regions: ['浙江省'] });
  await made('price-books', '美元价', { currency: 'USD' });
  await boss.create('exchange-rates', { currency: 'USD', rate: '7', validFrom: '2020-01-01' });
  const price = (book: string, product: string, fromQuantity: string, amount: string, currency = 'CNY') =>
    boss.create('price-book-entries', {
      book: ids[book],
      product: ids[product],
      fromQuantity,
      price: { amount, currency },
    });
  await price('通用价', '离心泵', '1', '101.7');
  await price('通用价', '离心泵', '10', '90.4');
  await price('通用价', '套装', '1', '117');
  await price('浙江价', '离心泵', '1', '79.1');
  await price('美元价', '离心泵', '1', '15', 'USD');
  await boss.put('/quote-rules', { limit: 0, roles: [], validDays: 30 });
});
afterAll(() => house.stop());

const quoted = (lines: object[], more: object = {}) =>
  boss.create('quotes', { customer: ids.普通客户, lines, ...more });
const pump = (more: object = {}) => ({ product: ids.离心泵, quantity: '10', ...more });
const submitted = async ({ id }: { id: string }) => (await boss.post(`/quotes/${id}/submit`)).body.status;
const change = async ({ id, version }: { id: string; version: number }, body: object) => {
  const answer = await boss.send('PATCH', `/quotes/${id}`, body, { 'if-match': `"${version}"` });
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer.body;
};

test.each<[string, () => object[], object, { rate: string; status: string }]>([
  ['the price of a tier', () => [pump()], {}, { rate: '0', status: 'approved' }],
  ['the same price typed in', () => [pump({ price: '90.4' })], {}, { rate: '0', status: 'approved' }],
  ['the list price', () => [{ product: ids.阀门, quantity: '3' }], {}, { rate: '0', status: 'approved' }],
  ['a fen below the tier', () => [pump({ price: '90.39' })], {}, { rate: '0.01', status: 'approving' }],
  [
    'the price of a tier that is not reached',
    () => [pump({ quantity: '9', price: '90.4' })],
    {},
    { rate: '11.11', status: 'approving' },
  ],
  ['a discount on the tier', () => [pump({ discount: '5' })], {}, { rate: '5', status: 'approving' }],
  ['a deduction from the tier', () => [pump()], { deduction: '90.4' }, { rate: '10', status: 'approving' }],
  [
    'the price of a book of his region',
    () => [pump()],
    { customer: '浙江客户' },
    { rate: '0', status: 'approved' },
  ],
  [
    'the price of a book of another region',
    () => [pump({ price: '79.1' })],
    {},
    { rate: '12.5', status: 'approving' },
  ],
  ['without tax', () => [pump()], { pricesIncludeTax: false }, { rate: '0', status: 'approved' }],
  [
    'without tax, below',
    () => [pump({ price: '72' })],
    { pricesIncludeTax: false },
    { rate: '10', status: 'approving' },
  ],
  ['a book in dollars', () => [pump()], { currency: 'USD' }, { rate: '0', status: 'approved' }],
  ['a bundle in a book', () => [{ product: ids.套装, quantity: '1' }], {}, { rate: '0', status: 'approved' }],
  // 101.7 + 20, less a tenth.
  [
    'a bundle by its parts',
    () => [{ product: ids.组合, quantity: '1' }],
    {},
    { rate: '0', status: 'approved' },
  ],
  [
    'a bundle below its parts',
    () => [{ product: ids.组合, quantity: '1', price: '98.58' }],
    {},
    { rate: '10', status: 'approving' },
  ],
  [
    'on a day before the book',
    () => [pump({ price: '90.4' })],
    { date: '2025-06-01' },
    { rate: '20', status: 'approving' },
  ],
])('%s', async (_what, lines, more, expected) => {
  const wanted = 'customer' in more ? { ...more, customer: ids[more.customer as string] } : more;
  const quote = await quoted(lines(), wanted);
  const status = await submitted(quote);
  expect({ rate: quote.discountRate, status }).toEqual(expected);
});

describe('what a line was authorised for is looked up anew', () => {
  let quote: { id: string; version: number; lines?: unknown; discountRate?: unknown };
  let line: { id: string };
  beforeEach(async () => {
    quote = await quoted([pump()]);
    [line] = quote.lines as [{ id: string }];
  });

  test.each<[string, () => object, string]>([
    ['with a smaller quantity', () => ({ lines: [{ id: line.id, quantity: '9' }] }), '11.11'],
    ['with a larger quantity', () => ({ lines: [{ id: line.id, quantity: '12' }] }), '0'],
    ['with another product', () => ({ lines: [{ id: line.id, product: ids.套装, price: '90.4' }] }), '22.74'],
    ['for another day', () => ({ date: '2025-06-01' }), '20'],
    ['without tax', () => ({ pricesIncludeTax: false, lines: [{ id: line.id, price: '76' }] }), '5'],
    ['for another customer', () => ({ customer: ids.浙江客户 }), '0'],
    ['in another currency', () => ({ currency: 'USD', lines: [{ id: line.id, price: '13.5' }] }), '10'],
    ['with nothing changed', () => ({ remark: '改个备注' }), '0'],
  ])('%s', async (_what, body, rate) => {
    expect((await change(quote, body())).discountRate).toBe(rate);
  });

  test('and back again, when its customer was another', async () => {
    const other = await change(quote, {
      customer: ids.浙江客户,
      lines: [{ id: line.id, price: '79.1' }],
    });
    expect(other.discountRate).toBe('0');
    expect((await change(other, { customer: ids.普通客户 })).discountRate).toBe('12.5');
  });
});

test('a bundle without a part that may be left out is measured without it', async () => {
  const quote = await quoted([{ product: ids.组合, quantity: '1' }]);
  const [whole, first] = quote.lines as { id: string; offeredPrice: string }[];
  expect(whole?.offeredPrice).toBe('109.53');
  const less = await change(quote, { lines: [{ id: whole?.id, price: '91.53' }, { id: first?.id }] });
  expect(less).toMatchObject({ discountRate: '0', lines: [{ offeredPrice: '91.53' }, {}] });
});

test('nobody says himself what he is authorised for', async () => {
  const answer = await boss.post('/quotes', {
    customer: ids.普通客户,
    lines: [pump({ price: '50', offeredPrice: '50' })],
  });
  expect(answer.status).toBe(422);
});

test('what was let through stays so when the book changes, what is taken back is measured by what it was then', async () => {
  const book = await boss.create('price-books', { name: '短期价', currency: 'CNY', priority: 5 });
  const made = await boss.create('price-book-entries', {
    book: book.id,
    product: ids.阀门,
    fromQuantity: '1',
    price: cny('15'),
  });
  const quote = await quoted([{ product: ids.阀门, quantity: '1' }]);
  expect(await submitted(quote)).toBe('approved');
  await boss.send('DELETE', `/price-book-entries/${made.id}`, undefined, { 'if-match': `"${made.version}"` });
  expect((await boss.get(`/quotes/${quote.id}`)).body).toMatchObject({
    status: 'approved',
    discountRate: '0',
  });
  await boss.post(`/quotes/${quote.id}/rework`);
  expect(await submitted(quote)).toBe('approved');
  const { body } = await boss.post(`/quotes/${quote.id}/new-version`);
  expect((await boss.get(`/quotes/${body.id}`)).body.discountRate).toBe('25');
});

test('a draft written before lines said so is measured by the books when it is finished', async () => {
  const quote = await quoted([pump()]);
  await sql`update quote_line set offered_price = null where quote_id = ${quote.id}`.execute(
    house.services.db,
  );
  await sql`update quote set discount_rate = 20 where id = ${quote.id}`.execute(house.services.db);
  expect(await submitted(quote)).toBe('approved');
  expect((await boss.get(`/quotes/${quote.id}`)).body).toMatchObject({
    discountRate: '0',
    lines: [{ offeredPrice: '90.40', listPrice: '113.00' }],
  });
});
