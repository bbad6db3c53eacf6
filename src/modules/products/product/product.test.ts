import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Answer, type Person, startTestApp, type TestApp } from '../../../platform/testing/app.ts';

let house: TestApp;
let admin: Person;
const cny = (amount: string) => ({ amount, currency: 'CNY' });

beforeAll(async () => {
  house = await startTestApp();
  admin = house.administrator;
});
afterAll(() => house?.stop());

const product = async (body: object) => (await admin.create('products', body)).id;
const refused = ({ status, body }: Answer) => [
  status,
  body.errors?.[0]?.path ?? null,
  body.errors?.[0]?.code ?? body.code,
];

describe('barcodes', () => {
  beforeAll(async () => {
    const id = await product({ name: '有码的', barcode: '6901234 567892' });
    await admin.create('product-units', {
      product: id,
      unit: 'box',
      factor: '12',
      barcode: '15400141288763',
    });
  });

  test('are found as a scanner reads them', async () => {
    const { body } = await admin.get('/lookup/product?q=6901234567892');
    expect(body.items.map(({ title }: { title: string }) => title)).toEqual(['有码的']);
  });

  test.each([
    ['a wrong check digit', '6901234567829', 'barcode_mistyped'],
    ['one another product has', '6901234567892', 'not_unique'],
    ['one a unit has', '15400141288763', 'barcode_taken'],
  ])('%s is refused', async (_, barcode, code) => {
    const answer = await admin.post('/products', { name: `另一个 ${barcode}`, barcode });
    expect([answer.status, answer.body.errors?.[0]?.code]).toEqual([answer.status === 409 ? 409 : 422, code]);
  });

  test('a unit takes none of a product', async () => {
    const id = await product({ name: '没码的' });
    const answer = await admin.post('/product-units', {
      product: id,
      unit: 'box',
      factor: '6',
      barcode: '6901234567892',
    });
    expect(refused(answer)).toEqual([422, 'barcode', 'barcode_taken']);
  });
});

describe('units', () => {
  test('the base unit is no further unit, and a unit stands once', async () => {
    const id = await product({ name: '螺丝', unit: 'piece' });
    expect(refused(await admin.post('/product-units', { product: id, unit: 'piece', factor: '1' }))).toEqual([
      422,
      'unit',
      'unit_is_base',
    ]);
    await admin.create('product-units', { product: id, unit: '百件', factor: '100' });
    expect((await admin.post('/product-units', { product: id, unit: '百件', factor: '10' })).status).toBe(
      409,
    );
    expect((await admin.post('/product-units', { product: id, unit: 'box', factor: '0' })).status).toBe(422);
  });

  test('the base unit stays once something is counted in it', async () => {
    const id = await product({ name: '电缆', unit: 'metre' });
    expect((await admin.patch(`/products/${id}`, { unit: 'roll' })).status).toBe(200);
    const book = await admin.create('price-books', { name: '电缆价' });
    await admin.create('price-book-entries', { book: book.id, product: id, price: cny('3.50') });
    expect(refused(await admin.patch(`/products/${id}`, { unit: 'metre' }))).toEqual([
      422,
      'unit',
      'product_unit_counted',
    ]);
    expect((await admin.patch(`/products/${id}`, { unit: 'roll', remark: '同一单位' })).status).toBe(200);
  });
});

describe('variants', () => {
  let main: string;
  beforeAll(async () => {
    main = await product({ name: '安全帽', attributes: '颜色: 红, 黄; 尺码: M, L' });
    await admin.create('products', { name: '安全帽 红 M', variantOf: main, attributes: '尺码：M；颜色：红' });
  });

  test('are stored in the main product’s order', async () => {
    const { body } = await admin.get(
      `/products?filter=${encodeURIComponent(JSON.stringify({ field: 'variantOf', op: 'eq', value: main }))}`,
    );
    expect(body.items).toMatchObject([{ name: '安全帽 红 M', attributes: '颜色：红；尺码：M' }]);
  });

  test.each<[string, string | null, string]>([
    ['the same again', '颜色：红；尺码：M', 'variant_twice'],
    ['a value there is not', '颜色：蓝；尺码：M', 'variant_attributes'],
    ['one attribute only', '颜色：黄', 'variant_attributes'],
    ['none', null, 'variant_attributes'],
    ['what nobody understands', '黄 L', 'attributes_unclear'],
  ])('%s is refused', async (_, attributes, code) => {
    const { status, body } = await admin.post('/products', {
      name: `变体 ${code} ${attributes}`,
      variantOf: main,
      attributes,
    });
    expect([status, body.errors?.map((each: { code: string }) => each.code)]).toEqual([
      422,
      expect.arrayContaining([code]),
    ]);
  });

  test('a variant has no variants, and what has some becomes none', async () => {
    const { body } = await admin.get('/products?sort=-name&limit=200');
    const variant = body.items.find(({ title }: { title: string }) => title === '安全帽 红 M').id;
    expect(refused(await admin.post('/products', { name: '孙', variantOf: variant })).slice(1)).toEqual([
      'variantOf',
      'variant_of_variant',
    ]);
    const other = await product({ name: '帽子' });
    expect(
      refused(await admin.patch(`/products/${main}`, { variantOf: other, attributes: null })).slice(1),
    ).toEqual(['variantOf', 'variant_has_variants']);
  });
});

describe('deleting', () => {
  test('what records name stays, and which kind of record is told', async () => {
    const used = await product({ name: '卖过的' });
    const customer = await admin.create('customers', { name: '杭州云栖' });
    await admin.create('opportunities', { name: '机会', customer: customer.id, products: [used] });
    const answer = await admin.delete(`/products/${used}`);
    expect([answer.status, answer.body.code]).toEqual([409, 'product_in_use']);
    expect(answer.body.detail).toContain('卖过的');
    expect(answer.body.detail).toContain('商机');
    expect((await admin.patch(`/products/${used}`, { active: false })).status).toBe(200);
  });

  test('a main product stays while it has variants, a part while a bundle holds it', async () => {
    const main = await product({ name: '主' });
    await product({ name: '主的规格', variantOf: main });
    const bundle = await product({ name: '套', bundle: 'sum' });
    const part = await product({ name: '件' });
    await admin.create('bundle-parts', { bundle, part });
    for (const id of [main, part])
      expect((await admin.delete(`/products/${id}`)).body.code).toBe('product_in_use');
    expect((await admin.delete(`/products/${bundle}`)).status).toBe(204);
  });

  test('its own units and prices do not hold it', async () => {
    const id = await product({ name: '写错的' });
    await admin.create('product-units', { product: id, unit: 'box', factor: '2' });
    const book = await admin.create('price-books', { name: '写错的价' });
    await admin.create('price-book-entries', { book: book.id, product: id, price: cny('1.00') });
    expect((await admin.delete(`/products/${id}`)).status).toBe(204);
  });

  test('the administrator’s own record types count as well', async () => {
    const made = await admin.post('/record-types', {
      label: '样机',
      scope: 'own',
      fields: [{ label: '产品', kind: 'reference', to: 'product' }],
    });
    const id = await product({ name: '借出的' });
    const { plural, fields } = made.body;
    await admin.create(plural, { name: '一号', [fields[0].name]: id });
    const { body } = await admin.delete(`/products/${id}`);
    expect(body).toMatchObject({ code: 'product_in_use', detail: expect.stringContaining('样机') });
  });
});

describe('categories and tax rates', () => {
  test('a category goes into none of its own, and stays while something is in it', async () => {
    const top = await admin.create('product-categories', { name: '设备' });
    const inner = await admin.create('product-categories', { name: '泵', parent: top.id });
    expect(refused(await admin.patch(`/product-categories/${top.id}`, { parent: inner.id }))).toEqual([
      422,
      'parent',
      'category_circle',
    ]);
    expect((await admin.delete(`/product-categories/${top.id}`)).body.code).toBe('category_not_empty');
    await product({ name: '有类别的', category: inner.id });
    expect((await admin.delete(`/product-categories/${inner.id}`)).body.code).toBe('category_not_empty');
  });

  test('the rates of the law are there, one of them the standard', async () => {
    const { body } = await admin.get('/tax-rates?sort=-rate&limit=20');
    const rates = body.items.map(({ name, rate }: { name: string; rate: string | null }) => [name, rate]);
    expect(rates).toEqual(
      expect.arrayContaining([
        ['13%', '13'],
        ['9%', '9'],
        ['6%', '6'],
        ['3%', '3'],
        ['1%', '1'],
        ['0%', '0'],
        ['免税', null],
      ]),
    );
    const made = await admin.create('tax-rates', { name: '12%', rate: '12', standard: true });
    const after = (await admin.get('/tax-rates?limit=20')).body.items;
    expect(after.filter(({ standard }: { standard: boolean }) => standard)).toMatchObject([{ id: made.id }]);
  });

  test('rates do not follow each other in a circle, and a named one stays', async () => {
    const first = await admin.create('tax-rates', { name: '甲', rate: '5', validTo: '2026-12-31' });
    const second = await admin.create('tax-rates', { name: '乙', rate: '4', successor: first.id });
    expect(refused(await admin.patch(`/tax-rates/${first.id}`, { successor: second.id }))).toEqual([
      422,
      'successor',
      'tax_rate_circle',
    ]);
    expect((await admin.delete(`/tax-rates/${first.id}`)).body.code).toBe('tax_rate_in_use');
    await product({ name: '有税率的', taxRate: second.id });
    expect((await admin.delete(`/tax-rates/${second.id}`)).body.code).toBe('tax_rate_in_use');
  });
});

describe('price books', () => {
  test.each([
    ['an unknown currency', { currency: 'ABC' }, 'currency', 'money_currency_unknown'],
    [
      'an end before its beginning',
      { validFrom: '2026-02-01', validTo: '2026-01-31' },
      'validTo',
      'ends_before_it_begins',
    ],
  ])('%s is refused', async (name, more, path, code) => {
    expect(refused(await admin.post('/price-books', { name, ...more }))).toEqual([422, path, code]);
  });

  test('a price is in the book’s currency, in a unit there is, once for a quantity, not below its minimum', async () => {
    const book = (await admin.create('price-books', { name: '美元价', currency: 'usd' })).id;
    const id = await product({ name: '出口泵' });
    const price = (body: object) =>
      admin.post('/price-book-entries', {
        book,
        product: id,
        price: { amount: '10.00', currency: 'USD' },
        ...body,
      });
    expect((await price({})).body).toMatchObject({ unit: 'piece', fromQuantity: '1' });
    expect((await price({})).status).toBe(409);
    expect(refused(await price({ price: cny('70.00') }))).toEqual([422, 'price', 'price_in_book_currency']);
    expect(refused(await price({ unit: 'box' }))).toEqual([422, 'unit', 'unit_unknown']);
    expect(
      refused(await price({ fromQuantity: '9', minimumPrice: { amount: '10.01', currency: 'USD' } })),
    ).toEqual([422, 'minimumPrice', 'minimum_above_price']);
    expect(
      (await price({ fromQuantity: '10', minimumPrice: { amount: '9.50', currency: 'USD' } })).status,
    ).toBe(201);
  });
});
