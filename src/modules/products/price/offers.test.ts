import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Person, startTestApp, type TestApp } from '../../../platform/testing/app.ts';
import type { Offer } from './offer.shared.ts';

let house: TestApp;
let admin: Person;
const cny = (amount: string) => ({ amount, currency: 'CNY' });

beforeAll(async () => {
  house = await startTestApp();
  admin = house.administrator;
  const pump = await admin.create('products', {
    name: '离心水泵',
    code: 'LXB-100',
    barcode: '6901234567892',
    specification: '380V',
    price: cny('1200.00'),
  });
  await admin.create('product-units', {
    product: pump.id,
    unit: 'box',
    factor: '4',
    barcode: '15400141288763',
  });
  await admin.create('products', { name: '离心风机', code: 'LXF-1', price: cny('900.00') });
  await admin.create('products', { name: '离心水泵（老款）', code: 'LXB-1', active: false });
  const book = await admin.create('price-books', { name: '直销价', channel: 'direct' });
  await admin.create('price-book-entries', { book: book.id, product: pump.id, price: cny('1100.00') });
});
afterAll(() => house?.stop());

const offers = async (query: string, who = admin): Promise<Offer[]> =>
  (await who.get(`/products/offers?${query}`)).body;

describe('a picker of products', () => {
  test.each([
    ['its name', '水泵'],
    ['pinyin', 'lixinshuibeng'],
    ['its number', 'LXB-100'],
    ['its barcode', '6901234567892'],
  ])('finds by %s, and tells the price', async (_, q) => {
    expect(await offers(`q=${encodeURIComponent(q)}`)).toMatchObject([
      {
        title: '离心水泵',
        code: 'LXB-100',
        unit: 'piece',
        units: [
          { unit: 'piece', factor: '1' },
          { unit: 'box', factor: '4' },
        ],
        price: '1200.00',
        currency: 'CNY',
        problems: [],
      },
    ]);
  });

  test.each<[string, string, object]>([
    ['the product', '6901234567892', { product: { title: '离心水泵' }, unit: 'piece' }],
    ['the unit that bears it', '15400141288763', { product: { title: '离心水泵' }, unit: 'box' }],
  ])('a scanned code is %s', async (_, code, found) => {
    expect((await admin.get(`/products/scanned?code=${code}`)).body).toMatchObject(found);
  });

  test('a code that is on nothing on sale is told, as is one nobody may see', async () => {
    const { status, body } = await admin.get('/products/scanned?code=4006381333931');
    expect([status, body.code]).toEqual([404, 'barcode_unknown']);
    expect(body.detail).toContain('4006381333931');
    const blind = await house.person({
      entities: { product: { actions: { read: 'all' }, fields: { barcode: 'hidden' } } },
    });
    for (const code of ['6901234567892', '15400141288763'])
      expect((await blind.get(`/products/scanned?code=${code}`)).status).toBe(404);
  });

  test('the barcode of a box offers the box', async () => {
    expect(await offers('q=15400141288763')).toMatchObject([
      { title: '离心水泵', unit: 'box', price: '4800.00' },
    ]);
  });

  test('prices are those of whom and how it is sold to', async () => {
    expect(await offers('q=LXB-100&channel=direct')).toMatchObject([{ price: '1100.00' }]);
  });

  test('without a word: those last changed, on sale', async () => {
    expect((await offers('')).map(({ title }) => title)).toEqual(['离心风机', '离心水泵']);
    expect(await offers('limit=1')).toHaveLength(1);
  });

  test('a code one may not see is not told, and nobody without sight of products gets an offer', async () => {
    const person = await house.person({
      entities: { product: { actions: { read: 'all' }, fields: { code: 'hidden' } } },
    });
    expect((await offers(`q=${encodeURIComponent('风机')}`, person))[0]).toMatchObject({
      code: null,
      price: '900.00',
    });
    expect((await (await house.person({ entities: {} })).get('/products/offers')).status).toBe(403);
  });
});
