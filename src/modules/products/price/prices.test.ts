import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asSystem } from '../../../platform/context/context.ts';
import { checkImport, runImport } from '../../../platform/imports/import.ts';
import { csv, enter, fileOf } from '../../../platform/imports/testing/files.ts';
import { type Person, startTestApp, type TestApp } from '../../../platform/testing/app.ts';
import { type PricedLine, type PriceRequest, pricesFor, splitOverParts } from '../public.ts';

let house: TestApp;
let admin: Person;
const ids: Record<string, string> = {};
const DAY = '2026-11-23';

const cny = (amount: string) => ({ amount, currency: 'CNY' });
const make = async (key: string, plural: string, body: object) => {
  ids[key] = (await admin.create(plural, body)).id;
  return ids[key] as string;
};
const entry = (book: string, product: string, price: string, more: object = {}) =>
  admin.create('price-book-entries', { book: ids[book], product: ids[product], price: cny(price), ...more });

beforeAll(async () => {
  house = await startTestApp();
  admin = house.administrator;
  await make('hangzhou', 'customers', { name: '杭州云栖科技', city: '杭州市', province: '浙江省' });
  await make('beijing', 'customers', { name: '北京远山贸易', city: '北京市', province: '北京市' });
  await sql`insert into customer_fact (id, grade) values (${ids.hangzhou}, 'VIP')
    on conflict (id) do update set grade = excluded.grade`.execute(house.services.db);
  await make('segment', 'segments', {
    name: '北京客户',
    definition: { field: 'city', op: 'eq', value: '北京市' },
  });

  await make('pump', 'products', { name: '水泵', code: 'P-1', price: cny('100.00'), cost: cny('61.50') });
  await admin.create('product-units', { product: ids.pump, unit: 'box', factor: '12' });
  await make('bare', 'products', { name: '没有价格的' });
  await make('old', 'products', { name: '老型号', price: cny('9.99'), active: false });
  await make('shirt', 'products', { name: '工装', price: cny('80.00'), attributes: '尺寸：S，M' });
  await make('shirtS', 'products', { name: '工装 S', variantOf: ids.shirt, attributes: '尺寸：S' });
  await make('shirtM', 'products', {
    name: '工装 M',
    variantOf: ids.shirt,
    attributes: '尺寸：M',
    price: cny('85.00'),
  });
  await make('abroad', 'products', { name: '进口阀', price: { amount: '50.00', currency: 'USD' } });

  await make('general', 'price-books', { name: '通用价', validFrom: '2026-01-01' });
  await make('former', 'price-books', {
    name: '去年价',
    validFrom: '2025-01-01',
    validTo: '2025-12-31',
    priority: 9,
  });
  await make('off', 'price-books', { name: '停用价', active: false, priority: 9 });
  await make('vip', 'price-books', { name: 'VIP 价', grades: ['VIP'] });
  await make('north', 'price-books', { name: '北京细分价', segment: ids.segment });
  await make('dealer', 'price-books', { name: '经销价', channel: 'dealer', taxIncluded: false });
  await entry('general', 'pump', '95.00', { minimumPrice: cny('90.00') });
  await entry('general', 'pump', '88.00', { fromQuantity: '24', minimumPrice: cny('85.00') });
  await entry('general', 'pump', '1000.00', { unit: 'box', fromQuantity: '5' });
  await entry('general', 'shirt', '70.00');
  await entry('general', 'shirtM', '75.00');
  await entry('former', 'pump', '60.00');
  await entry('off', 'pump', '1.00');
  await entry('vip', 'pump', '85.00');
  await entry('vip', 'shirt', '60.00');
  await entry('north', 'pump', '92.00');
  await entry('dealer', 'pump', '70.00', { minimumPrice: cny('65.00') });
});
afterAll(() => house?.stop());

const lineFor = async (line: PriceRequest['lines'][number], request: Partial<PriceRequest> = {}) => {
  const { lines } = await pricesFor(await house.context(), { date: DAY, ...request, lines: [line] });
  return lines[0] as PricedLine;
};
const codes = ({ problems }: PricedLine) => problems.map(({ code }) => code);

describe('which price holds', () => {
  test.each<[string, string, string, string | null, Partial<PriceRequest>, string | null, string | null]>([
    ['the book for everyone', 'pump', '1', null, {}, '95.00', '通用价'],
    ['from a quantity on', 'pump', '24', null, {}, '88.00', '通用价'],
    ['just below it', 'pump', '23.999', null, {}, '95.00', '通用价'],
    ['below the first tier there is the list price', 'pump', '0.5', null, {}, '100.00', null],
    ['a further unit costs its base units', 'pump', '1', 'box', {}, '1140.00', '通用价'],
    ['whose tiers count base units', 'pump', '2', 'box', {}, '1056.00', '通用价'],
    ['a price of the unit itself goes before', 'pump', '5', 'box', {}, '1000.00', '通用价'],
    ['of two books the more particular one', 'pump', '1', null, { customer: 'hangzhou' }, '85.00', 'VIP 价'],
    ['by segment', 'pump', '1', null, { customer: 'beijing' }, '92.00', '北京细分价'],
    ['its tiers only where it has some', 'pump', '24', null, { customer: 'beijing' }, '92.00', '北京细分价'],
    ['by channel, without tax in the book', 'pump', '1', null, { channel: 'dealer' }, '79.10', '经销价'],
    ['on an earlier day', 'pump', '1', null, { date: '2025-06-01' }, '60.00', '去年价'],
    ['before all books', 'pump', '1', null, { date: '2024-06-01' }, '100.00', null],
    ['a variant as its main product', 'shirtS', '1', null, {}, '70.00', '通用价'],
    ['a variant with a price of its own', 'shirtM', '1', null, {}, '75.00', '通用价'],
    [
      'the book goes before whose price it is',
      'shirtM',
      '1',
      null,
      { customer: 'hangzhou' },
      '60.00',
      'VIP 价',
    ],
    ['nothing', 'bare', '1', null, {}, null, null],
  ])('%s', async (_, product, quantity, unit, { customer, ...asked }, price, book) => {
    const line = await lineFor(
      { product: ids[product] as string, quantity, unit },
      { ...asked, ...(customer ? { customer: ids[customer] } : {}) },
    );
    expect(line).toMatchObject({ price, source: price === null ? null : book ? 'book' : 'list' });
    expect(line.book?.name ?? null).toBe(book);
    expect(codes(line).includes('no_price')).toBe(price === null);
  });

  test('a line tells all there is to know of it', async () => {
    const line = await lineFor({ product: ids.pump as string, unit: 'box', quantity: '2' });
    expect(line).toMatchObject({
      name: '水泵',
      code: 'P-1',
      unit: 'box',
      factor: '12',
      quantity: '2',
      price: '1056.00',
      listPrice: '1200.00',
      minimumPrice: '1020.00',
      cost: '738.00',
      book: { id: ids.general, taxIncluded: true, price: '1056.00', fromQuantity: '24' },
      tax: { name: '13%', rate: '0.13' },
      parts: [],
      problems: [],
    });
  });

  test('minimum and price of a book without tax are told with tax', async () => {
    const line = await lineFor({ product: ids.pump as string, quantity: '1' }, { channel: 'dealer' });
    expect(line).toMatchObject({
      price: '79.10',
      minimumPrice: '73.45',
      book: { taxIncluded: false, price: '70.00' },
    });
  });

  test('a partner pays the price of his kind on the documents of the house too, until it ends', async () => {
    const firm = async (name: string) => (await admin.create('customers', { name })).id;
    const [dealer, retailer, nobody] = [
      await firm('宁波经销'),
      await firm('台州零售'),
      await firm('温州机械'),
    ];
    const partner = await admin.create('partners', { name: '宁波经销', customer: dealer, kind: 'dealer' });
    await admin.create('partners', { name: '台州零售', customer: retailer, kind: 'retailer' });
    const direct = await admin.create('price-books', { name: '直销价', channel: 'direct', priority: 1 });
    await admin.create('price-book-entries', { book: direct.id, product: ids.pump, price: cny('97.00') });
    const priceFor = async (customer: string) =>
      (await lineFor({ product: ids.pump as string, quantity: '1' }, { customer })).price;
    expect(await Promise.all([dealer, retailer, nobody].map(priceFor))).toEqual(['79.10', '95.00', '97.00']);
    // The caller may name another way.
    const named = await lineFor(
      { product: ids.pump as string, quantity: '1' },
      { customer: dealer, channel: 'direct' },
    );
    expect(named.price).toBe('97.00');
    const line = [{ product: ids.pump, quantity: '2' }];
    for (const plural of ['quotes', 'orders', 'contracts']) {
      const made = await admin.create(plural, { name: '订货', customer: dealer, lines: line });
      const [priced] = made.lines as { price: string }[];
      expect([plural, priced?.price]).toEqual([plural, expect.stringMatching(/^79\.10*$/)]);
    }
    await sql`update partner set status = 'ended' where id = ${partner.id}`.execute(house.services.db);
    expect(await priceFor(dealer)).toBe('97.00');
    await admin.delete(`/price-books/${direct.id}`);
  });

  test('many lines come in the order asked, the same product twice included', async () => {
    const asked = ['shirtM', 'pump', 'shirtM', 'bare'].map((key) => ({
      product: ids[key] as string,
      quantity: '1',
    }));
    const { lines, currency } = await pricesFor(await house.context(), { date: DAY, lines: asked });
    expect(currency).toBe('CNY');
    expect(lines.map(({ price }) => price)).toEqual(['75.00', '95.00', '75.00', null]);
  });
});

describe('what is wrong with a line is told with it', () => {
  test.each<[string, object, Partial<PriceRequest>, string[]]>([
    ['a product there is not', { product: '00000000-0000-7000-8000-000000000000' }, {}, ['product_unknown']],
    ['no longer sold', { product: 'old' }, {}, ['product_retired']],
    ['a main product', { product: 'shirt' }, {}, ['variant_needed']],
    ['a unit it has not', { product: 'pump', unit: 'tonne' }, {}, ['unit_unknown']],
    ['no price', { product: 'bare' }, {}, ['no_price']],
    ['a currency without rate', { product: 'abroad' }, {}, ['currency_without_rate']],
    ['a currency nobody has a book for', { product: 'pump' }, { currency: 'EUR' }, ['currency_without_rate']],
    ['no tax rate on that day', { product: 'pump' }, { date: '2018-01-01' }, ['tax_rate_missing']],
  ])('%s', async (_, line, asked, problems) => {
    const { product, ...rest } = line as { product: string };
    const told = await lineFor({ product: ids[product] ?? product, quantity: '1', ...rest }, asked);
    expect(codes(told)).toEqual(problems);
  });

  test('what is retired has a price all the same', async () => {
    expect(await lineFor({ product: ids.old as string, quantity: '1' })).toMatchObject({ price: '9.99' });
  });

  test('with a rate the list price is converted, as of the day', async () => {
    await admin.create('exchange-rates', { currency: 'USD', validFrom: '2026-11-01', rate: '7.1' });
    await admin.create('exchange-rates', { currency: 'USD', validFrom: '2026-11-20', rate: '7.2051' });
    const of = (date: string) => lineFor({ product: ids.abroad as string, quantity: '1' }, { date });
    expect(await of(DAY)).toMatchObject({ price: '360.26', source: 'list', problems: [] });
    expect(await of('2026-11-19')).toMatchObject({ price: '355.00' });
    expect(codes(await of('2026-10-31'))).toEqual(['currency_without_rate']);
    expect(await lineFor({ product: ids.pump as string, quantity: '1' }, { currency: 'USD' })).toMatchObject({
      price: '13.88',
    });
  });
});

describe('bundles', () => {
  beforeAll(async () => {
    await make('nine', 'tax-rates', { name: '9% 安装', rate: '9' });
    await make('install', 'products', { name: '安装', price: cny('33.33'), unit: 'hour', taxRate: ids.nine });
    await make('kit', 'products', { name: '水泵套餐', bundle: 'sum', bundleDiscount: '10' });
    await make('offer', 'products', { name: '开业套餐', bundle: 'fixed', price: cny('199.99') });
    await make('hollow', 'products', { name: '空套餐', bundle: 'fixed', price: cny('10.00') });
    for (const bundle of ['kit', 'offer']) {
      await admin.create('bundle-parts', { bundle: ids[bundle], part: ids.pump, quantity: '2', position: 1 });
      await admin.create('bundle-parts', {
        bundle: ids[bundle],
        part: ids.install,
        quantity: '3',
        position: 2,
      });
    }
  });

  test('by its parts: the sum at their prices less the discount, split to the cent', async () => {
    const line = await lineFor({ product: ids.kit as string, quantity: '1' });
    // 2 × 95.00 + 3 × 33.33 = 289.99, less 10%
    expect(line).toMatchObject({
      price: '260.99',
      listPrice: '269.99',
      minimumPrice: '162.00',
      source: 'parts',
      problems: [],
    });
    expect(line.parts).toMatchObject([
      { name: '水泵', quantity: '2', price: '95.00', amount: '171.00', tax: { rate: '0.13' } },
      { name: '安装', quantity: '3', unit: 'hour', price: '33.33', amount: '89.99', tax: { rate: '0.09' } },
    ]);
  });

  test('cost what their parts cost us, whatever is taken off for the buyer', async () => {
    await make('pair', 'products', { name: '双泵套餐', bundle: 'sum', bundleDiscount: '10' });
    await admin.create('bundle-parts', { bundle: ids.pair, part: ids.pump, quantity: '2' });
    const line = await lineFor({ product: ids.pair as string, quantity: '1' });
    expect(line).toMatchObject({ price: '171.00', cost: '123.00' });
  });

  test('parts reach their tiers by the quantity of the whole line', async () => {
    const line = await lineFor({ product: ids.kit as string, quantity: '12' });
    expect(line.parts[0]).toMatchObject({ quantity: '24', price: '88.00' });
    expect(line.price).toBe('248.39');
  });

  test('at its own price: the same parts share that', async () => {
    const line = await lineFor({ product: ids.offer as string, quantity: '3' });
    expect(line).toMatchObject({ price: '199.99', source: 'list' });
    const [pump, install] = line.parts;
    expect([pump?.amount, install?.amount]).toEqual(splitOverParts('599.97', 'CNY', line.parts));
    expect(line.parts.map(({ quantity }) => quantity)).toEqual(['6', '9']);
  });

  test('a part without a price leaves the sum open and says which', async () => {
    await make('broken', 'products', { name: '缺价套餐', bundle: 'sum' });
    await admin.create('bundle-parts', { bundle: ids.broken, part: ids.bare });
    const line = await lineFor({ product: ids.broken as string, quantity: '1' });
    expect(line).toMatchObject({
      price: null,
      source: null,
      problems: [{ code: 'no_price', params: { part: '没有价格的' } }],
    });
  });

  test('a bundle without parts is told', async () => {
    expect(codes(await lineFor({ product: ids.hollow as string, quantity: '1' }))).toEqual(['bundle_empty']);
  });

  test.each([
    ['a bundle', 'offer', 'bundle_in_bundle'],
    ['itself', 'kit', 'bundle_in_bundle'],
  ])('%s is no part of it', async (_, part, code) => {
    const { status, body } = await admin.post('/bundle-parts', { bundle: ids.kit, part: ids[part] });
    expect([status, body.errors?.[0]?.code]).toEqual([422, code]);
  });
});

describe('who asks', () => {
  const ask = (who: Person, more: object = {}, product = 'pump') =>
    who.post('/products/prices', { date: DAY, lines: [{ product: ids[product], quantity: '1' }], ...more });
  const all = { read: 'all' } as const;

  test('a customer out of sight is refused, so that his grade cannot be guessed', async () => {
    const seller = await house.person({
      entities: {
        product: { actions: all },
        priceBookEntry: { actions: all },
        customer: { actions: { read: 'self' } },
      },
    });
    expect((await ask(seller, { customer: ids.hangzhou })).status).toBe(404);
    expect((await ask(seller)).body.lines[0]).toMatchObject({ price: '95.00', book: null });
  });

  test('hidden is the list price, the cost, the minimum, the prices of books, each by its own right', async () => {
    const person = await house.person({
      entities: {
        product: { actions: all, fields: { price: 'hidden', cost: 'hidden' } },
        priceBookEntry: { actions: all, fields: { minimumPrice: 'hidden' } },
        priceBook: { actions: all },
      },
    });
    expect((await ask(person)).body.lines[0]).toMatchObject({
      price: '95.00',
      listPrice: null,
      cost: null,
      minimumPrice: null,
      book: { name: '通用价' },
    });
    expect((await ask(person, {}, 'old')).body.lines[0]).toMatchObject({
      price: null,
      problems: [{ code: 'product_retired' }, { code: 'price_hidden' }],
    });
    const without = await house.person({ entities: { product: { actions: all } } });
    expect((await ask(without)).body.lines[0]).toMatchObject({
      price: null,
      problems: [{ code: 'price_hidden' }],
    });
    const { lines } = await pricesFor(asSystem(await house.contextOf(without), 'test'), {
      date: DAY,
      lines: [{ product: ids.pump as string, quantity: '1' }],
    });
    expect(lines[0]).toMatchObject({ price: '95.00', minimumPrice: '90.00' });
  });

  test('nobody without sight of products', async () => {
    expect((await ask(await house.person({ entities: {} }))).status).toBe(403);
  });

  test.each([
    [{ lines: [] }],
    [{ lines: [{ product: 'pump', quantity: '1' }] }],
    [{ date: '2026-02-30' }],
    [{ currency: 'RMB' }],
    [{ customer: 'him' }],
  ])('%j is not understood', async (more) => {
    expect((await ask(admin, more)).status).toBe(422);
  });

  test.each(['0', '0.000', '-1', '1e3', '', '1.1234567'])('%j is no quantity', async (quantity) => {
    expect((await ask(admin, { lines: [{ product: ids.pump, quantity }] })).status).toBe(422);
  });
});

test('a file of tax rates that is only checked leaves the standard where it is', async () => {
  const standard = async () =>
    (
      await sql<{ name: string }>`select name from tax_rate where standard and deleted_at is null`.execute(
        house.services.db,
      )
    ).rows.map(({ name }) => name);
  const [before] = await standard();
  const ctx = await house.context();
  const { id } = await enter(
    ctx,
    'taxRate',
    fileOf(csv(['名称', '税率 %（空为免税）', '默认税率'], ['12%', '12', '是'])),
  );
  await checkImport(ctx, house.services, id);
  expect(await standard()).toEqual([before]);
  await runImport(ctx, house.services, id);
  expect(await standard()).toEqual(['12%']);
});
