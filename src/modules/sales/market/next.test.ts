import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Person, startTestApp, type TestApp } from '../../../platform/testing/app.ts';
import type { NextOffer } from './next.shared.ts';

let house: TestApp;
let admin: Person;
const ids: Record<string, string> = {};
const cny = (amount: string) => ({ amount, currency: 'CNY' });

beforeAll(async () => {
  house = await startTestApp();
  admin = house.administrator;
  const make = async (key: string, plural: string, body: object) => {
    ids[key] = (await admin.create(plural, body)).id;
  };
  await make('customer', 'customers', { name: '杭州云栖' });
  await make('pump', 'products', { name: '水泵', price: cny('900.00') });
  await make('filter', 'products', { name: '滤芯', price: cny('45.00') });
  await make('care', 'products', { name: '年度保养', price: cny('600.00') });
  await make('old', 'products', { name: '老滤芯', active: false });
  await make('probe', 'products', { name: '探头', attributes: '长度：短，长' });
  await make('probeLong', 'products', { name: '长探头', variantOf: ids.probe, attributes: '长度：长' });
  await make('cable', 'products', { name: '信号线' });
  const rule = (has: string, offer: string, because: string, more: object = {}) =>
    admin.create('product-rules', { bought: [ids[has]], offer: ids[offer], because, ...more });
  await rule('pump', 'filter', '滤芯半年要换');
  await rule('pump', 'care', '保修期后要保养', { afterDays: 365 });
  await rule('pump', 'old', '停产的不推荐');
  await rule('pump', 'cable', '停用的规则', { active: false });
  await rule('probe', 'cable', '探头要配线');
});
afterAll(() => house?.stop());

const offers = async (who = admin) =>
  (await who.get(`/customers/${ids.customer}/next-products`)).body as NextOffer[];
const stages = async () =>
  Object.fromEntries(
    (await admin.get('/stages')).body.items.map(({ id, code }: { id: string; code: string }) => [code, id]),
  ) as Record<string, string>;
const won = async (products: string[], closeDate: string) =>
  admin.create('opportunities', {
    name: `赢单 ${products.join()}`,
    customer: ids.customer,
    products: products.map((key) => ids[key]),
    stage: (await stages()).Won,
    amount: cny('1.00'),
    closeDate,
  });

describe('what a customer could be offered next', () => {
  test('nothing while he has bought nothing', async () => {
    await admin.create('opportunities', { name: '在谈', customer: ids.customer, products: [ids.pump] });
    expect(await offers()).toEqual([]);
  });

  test('what follows from what he has, with reason and price; not what comes later, has ended or is his already', async () => {
    const today = Temporal.Now.plainDateISO('Asia/Shanghai').toString();
    await won(['pump'], today);
    expect(await offers()).toEqual([
      {
        product: ids.filter,
        name: '滤芯',
        because: '滤芯半年要换',
        from: ['水泵'],
        together: null,
        price: '45.00',
        currency: 'CNY',
      },
    ]);
    await won(['filter'], today);
    expect(await offers()).toEqual([]);
  });

  test('a rule with a time waits for it; one on a main product holds for its variants', async () => {
    await won(['pump', 'probeLong'], '2020-01-01');
    const next = (await offers()).map(({ name, from }) => [name, from]);
    expect(next).toEqual([
      ['年度保养', ['水泵']],
      ['信号线', ['长探头']],
    ]);
  });

  test('business out of sight tells nothing; a customer out of sight is not there', async () => {
    const all = { read: 'all' } as const;
    const entities = { product: { actions: all }, productRule: { actions: all } };
    const blind = await house.person({ entities: { ...entities, customer: { actions: all } } });
    expect(await offers(blind)).toEqual([]);
    const stranger = await house.person({
      entities: { ...entities, customer: { actions: { read: 'self' } } },
    });
    expect((await stranger.get(`/customers/${ids.customer}/next-products`)).status).toBe(404);
  });

  test('a rule that offers what it says one has is told so', async () => {
    const { warnings } = await admin.create('product-rules', {
      bought: [ids.pump],
      offer: ids.pump,
      because: '再买一台',
    });
    expect(warnings).toMatchObject([{ path: 'offer', code: 'rule_offers_what_is_had' }]);
  });

  test('what competitors ask is dated today unless somebody knows better', async () => {
    const competitor = (await admin.create('competitors', { name: '远山' })).id;
    const price = await admin.create('competitor-prices', {
      theirProduct: '远山泵',
      competitor,
      price: cny('850.00'),
      product: ids.pump,
    });
    expect(price.day).toMatch(/^\d{4}-\d\d-\d\d$/);
    const note = await admin.create('market-notes', {
      subject: '华东降价',
      day: '2026-11-01',
      competitors: [competitor],
    });
    expect(note.day).toBe('2026-11-01');
  });
});
