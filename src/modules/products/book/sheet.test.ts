import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Person, startTestApp, type TestApp } from '../../../platform/testing/app.ts';
import type { Sheet, SheetChange } from './sheet.shared.ts';

let house: TestApp;
let admin: Person;
let book: string;
const ids: Record<string, string> = {};
const cny = (amount: string) => ({ amount, currency: 'CNY' });
let count = 0;

beforeAll(async () => {
  house = await startTestApp();
  admin = house.administrator;
  const category = (await admin.create('product-categories', { name: '设备' })).id;
  const within = (await admin.create('product-categories', { name: '泵', parent: category })).id;
  Object.assign(ids, { category, within });
  const make = async (key: string, body: object) => {
    ids[key] = (await admin.create('products', body)).id;
  };
  await make('pump', {
    name: '水泵',
    code: 'P-1',
    barcode: '6901234567892',
    price: cny('100.00'),
    category: within,
  });
  await make('valve', { name: '阀门', code: 'V-1' });
  await make('twin', { name: '同名' });
  await make('twin2', { name: '同名', code: 'T-2' });
  await admin.create('product-units', {
    product: ids.pump,
    unit: 'box',
    factor: '12',
    barcode: '15400141288763',
  });
});
beforeEach(async () => {
  book = (
    await admin.create('price-books', { name: `价格表 ${++count}`, grades: ['VIP'], validFrom: '2026-01-01' })
  ).id;
  await admin.create('price-book-entries', {
    book,
    product: ids.pump,
    price: cny('95.00'),
    minimumPrice: cny('90.00'),
  });
  await admin.create('price-book-entries', { book, product: ids.valve, price: cny('10.00') });
});
afterAll(() => house?.stop());

const sheet = async (id = book, who = admin): Promise<Sheet> =>
  (await who.get(`/price-books/${id}/sheet`)).body;
const save = (rows: SheetChange[], who = admin) => who.post(`/price-books/${book}/sheet`, { rows });
const prices = async (id = book) =>
  (await sheet(id)).rows.map(({ product, unit, fromQuantity, price, minimumPrice }) => [
    product.title,
    unit,
    fromQuantity,
    price,
    minimumPrice,
  ]);
const row = async (title: string) => {
  const found = (await sheet()).rows.find(({ product }) => product.title === title);
  if (!found) throw new Error(title);
  return found;
};

describe('the grid of a price book', () => {
  test('shows all prices, product by product', async () => {
    expect(await sheet()).toMatchObject({
      currency: 'CNY',
      taxIncluded: true,
      more: false,
      rows: [
        { product: { title: '阀门' }, code: 'V-1', price: '10.00', listPrice: null },
        { product: { title: '水泵' }, price: '95.00', minimumPrice: '90.00', listPrice: '100.00' },
      ],
    });
  });

  test('saves what was changed, added and removed at once', async () => {
    const { id, version } = await row('水泵');
    const answer = await save([
      { id, version, price: '96.50', minimumPrice: null },
      { product: ids.pump, fromQuantity: '10', price: '88' },
      { product: ids.pump, unit: 'box', price: '1100' },
      { id: (await row('阀门')).id, remove: true },
    ]);
    expect(answer).toMatchObject({ status: 200, body: { created: 2, changed: 1, removed: 1 } });
    expect(await prices()).toEqual([
      ['水泵', 'piece', '1', '96.50', null],
      ['水泵', 'piece', '10', '88', null],
      ['水泵', 'box', '1', '1100', null],
    ]);
  });

  test('what is pasted finds its product by code, barcode or name, and the price that is there', async () => {
    const answer = await save([
      { find: ' P-1 ', price: '97.00' },
      { find: '15400141288763', price: '1000' },
      { find: '阀门', fromQuantity: '5', price: '9.50' },
      { find: 'T-2', price: '3' },
    ]);
    expect(answer.body).toEqual({ created: 3, changed: 1, removed: 0 });
    expect((await prices()).filter(([title]) => title === '水泵')).toEqual([
      ['水泵', 'piece', '1', '97.00', '90.00'],
      ['水泵', 'box', '1', '1000', null],
    ]);
  });

  test.each<[string, SheetChange, string, string]>([
    ['nobody knows', { find: '没有这个', price: '1' }, 'rows.1.product', 'product_not_found'],
    ['a name two have', { find: '同名', price: '1' }, 'rows.1.product', 'product_not_found'],
    ['a unit it has not', { find: 'V-1', unit: 'box', price: '1' }, 'rows.1.unit', 'unit_unknown'],
    [
      'a minimum above the price',
      { find: 'V-1', minimumPrice: '11' },
      'rows.1.minimumPrice',
      'minimum_above_price',
    ],
    ['no price', { find: 'T-2' }, 'rows.1.price', 'required'],
    ['another price for the same', { find: '水泵', price: '93' }, 'rows.1', 'price_twice'],
  ])('%s: the row is named and nothing is saved', async (_, change, path, code) => {
    const before = await prices();
    const { status, body } = await save([{ find: 'P-1', price: '94' }, change]);
    expect(status).toBe(422);
    expect(body.errors).toMatchObject([{ path, code }]);
    expect(await prices()).toEqual(before);
  });

  test('two new prices for the same are refused by their row', async () => {
    const twice = { find: 'T-2', fromQuantity: '7', price: '3' };
    const { status, body } = await save([twice, { find: 'P-1', price: '94' }, twice]);
    expect([status, body.errors]).toMatchObject([422, [{ path: 'rows.2', code: 'price_twice' }]]);
  });

  test('what somebody else has changed meanwhile is not written over', async () => {
    const { id, version } = await row('水泵');
    await save([{ id, price: '91' }]);
    const { status, body } = await save([{ id, version, price: '92' }]);
    expect([status, body.errors[0].code]).toEqual([422, 'price_changed_meanwhile']);
    expect((await row('水泵')).price).toBe('91');
  });

  test('a price of another book is not of this one', async () => {
    const { id } = await row('水泵');
    const other = (await admin.create('price-books', { name: `别的 ${count}` })).id;
    const { body } = await admin.post(`/price-books/${other}/sheet`, { rows: [{ id, price: '1' }] });
    expect(body.errors).toMatchObject([{ path: 'rows.0', code: 'price_gone' }]);
  });

  test('who may only read sees, and changes nothing; a hidden minimum stays hidden', async () => {
    const all = { read: 'all' } as const;
    const reader = await house.person({
      entities: {
        product: { actions: all },
        priceBook: { actions: all },
        priceBookEntry: { actions: all, fields: { minimumPrice: 'hidden' } },
      },
    });
    expect((await sheet(book, reader)).rows[1]).toMatchObject({ price: '95.00', minimumPrice: null });
    const { id } = await row('水泵');
    for (const change of [
      { id, price: '1' },
      { id, remove: true as const },
      { find: 'T-2', price: '1' },
    ])
      expect((await save([change], reader)).status).toBe(403);
    const none = await house.person({ entities: { product: { actions: all }, priceBook: { actions: all } } });
    expect((await none.get(`/price-books/${book}/sheet`)).status).toBe(403);
  });
});

describe('changing all prices', () => {
  test('by per cent, minimum along, rounded', async () => {
    const answer = await admin.post(`/price-books/${book}/reprice`, { percent: '3', step: '0.1' });
    expect(answer.body).toEqual({ changed: 2 });
    expect(await prices()).toEqual([
      ['阀门', 'piece', '1', '10.30', null],
      ['水泵', 'piece', '1', '97.90', '92.70'],
    ]);
  });

  test('of one category with all below it', async () => {
    await admin.post(`/price-books/${book}/reprice`, { percent: '-10', category: ids.category });
    expect((await row('水泵')).price).toBe('85.50');
    expect((await row('阀门')).price).toBe('10.00');
  });

  test.each(['-100', '1001', 'ten', '1.23456'])('by %s%% is refused', async (percent) => {
    expect((await admin.post(`/price-books/${book}/reprice`, { percent })).status).toBe(422);
  });
});

describe('a new period', () => {
  test('has the conditions and prices of the former, which ends the day before', async () => {
    const { body } = await admin.post(`/price-books/${book}/copyBook`, {
      name: `新一期 ${count}`,
      validFrom: '2027-01-01',
      percent: '10',
      endFormer: true,
    });
    expect(body.prices).toBe(2);
    expect((await admin.get(`/price-books/${body.id}`)).body).toMatchObject({
      grades: ['VIP'],
      validFrom: '2027-01-01',
      validTo: null,
    });
    expect(await prices(body.id)).toEqual([
      ['阀门', 'piece', '1', '11.00', null],
      ['水泵', 'piece', '1', '104.50', '99.00'],
    ]);
    expect((await admin.get(`/price-books/${book}`)).body.validTo).toBe('2026-12-31');
  });

  test('under a name there is already is refused, and nothing is left of it', async () => {
    const { name } = (await admin.get(`/price-books/${book}`)).body;
    const before = (await admin.get('/price-book-entries?count=true')).body.total;
    expect((await admin.post(`/price-books/${book}/copyBook`, { name })).status).toBe(409);
    expect((await admin.get('/price-book-entries?count=true')).body.total).toBe(before);
  });
});

describe('making variants', () => {
  test('makes those that are missing, each once', async () => {
    const main = (
      await admin.create('products', {
        name: '接头',
        code: 'J',
        unit: 'pack',
        attributes: '口径：15，20；材质：铜，钢',
      })
    ).id;
    await admin.create('products', { name: '旧的', variantOf: main, attributes: '口径：15；材质：钢' });
    expect((await admin.post(`/products/${main}/makeVariants`)).body).toEqual({ made: 3, there: 1 });
    expect((await admin.post(`/products/${main}/makeVariants`)).body).toEqual({ made: 0, there: 4 });
    const filter = encodeURIComponent(JSON.stringify({ field: 'variantOf', op: 'eq', value: main }));
    const { items } = (await admin.get(`/products?filter=${filter}&sort=code`)).body;
    expect(items).toContainEqual(
      expect.objectContaining({
        name: '接头 20 铜',
        code: 'J-20-铜',
        unit: 'pack',
        attributes: '口径：20；材质：铜',
        price: null,
      }),
    );
  });

  test.each([
    ['without attributes', { name: '无属性' }, 409, 'no_variants_to_make'],
    [
      'of too many values',
      { name: '太多', attributes: `甲：${numbers(15)}；乙：${numbers(15)}` },
      422,
      'too_many_variants',
    ],
  ])('%s is refused', async (_, body, status, code) => {
    const { id } = await admin.create('products', body);
    const answer = await admin.post(`/products/${id}/makeVariants`);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });
});

function numbers(count: number): string {
  return Array.from({ length: count }, (_, at) => `${at}`).join('，');
}
