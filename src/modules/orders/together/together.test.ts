import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { executeJob } from '../../../platform/jobs/execute.ts';
import { type Person, startTestApp, type TestApp } from '../../../platform/testing/app.ts';
import { countTogether, togetherJob } from './count.ts';

let house: TestApp;
let boss: Person;
const ids: Record<string, string> = {};
const TODAY = Temporal.Now.plainDateISO('Asia/Shanghai').toString();

beforeAll(async () => {
  house = await startTestApp();
  boss = house.administrator;
  for (const name of ['水泵', '滤芯', '螺丝', '冷门', '长水泵', '纸箱'])
    ids[name] = (await boss.create('products', { name, price: { amount: '10.00', currency: 'CNY' } })).id;
  const order = async (customer: string, products: string[], date = TODAY, confirm = true) => {
    const made = await boss.create('orders', {
      customer,
      date,
      lines: products.map((name) => ({ product: ids[name], quantity: '1' })),
    });
    if (confirm) expect((await boss.post(`/orders/${made.id}/confirm`)).status).toBe(200);
  };
  // Six buy pump and filter, four of ten others something else: of 12 buyers of a pump half buy a filter, of all only six of 20.
  for (let at = 0; at < 20; at++) {
    const { id } = await boss.create('customers', { name: `客户 ${at}` });
    ids[`c${at}`] = id;
    if (at < 6) {
      await order(id, ['水泵']);
      await order(id, ['滤芯', '滤芯']);
    } else if (at < 12) await order(id, ['水泵']);
    else await order(id, ['螺丝']);
    if (at < 4) await order(id, ['冷门']);
  }
  // Neither drafts nor what was long ago counts.
  for (let at = 12; at < 18; at++) {
    await order(ids[`c${at}`] as string, ['纸箱'], TODAY, false);
    await order(ids[`c${at}`] as string, ['长水泵'], '2020-01-01');
  }
  await countTogether(house.services.db, TODAY);
}, 120_000);
afterAll(() => house.stop());

const next = async (customer: string, who = boss) =>
  (await who.get(`/customers/${customer}/next-products`)).body;

describe('what is bought together', () => {
  test('is counted over customers, with support, confidence and lift; what few share is left out', async () => {
    const { items } = (await boss.get('/products-together')).body;
    expect(items).toMatchObject([
      {
        bought: { title: expect.any(String) },
        together: 6,
        customers: 20,
        support: '0.3000',
        lift: '1.67',
      },
      { together: 6, customers: 20, support: '0.3000', lift: '1.67' },
    ]);
    const pump = items.find(({ bought }: { bought: { id: string } }) => bought.id === ids.水泵);
    expect(pump).toMatchObject({ offer: { id: ids.滤芯 }, buyers: 12, confidence: '0.5000' });
    expect(items.find(({ bought }: { bought: { id: string } }) => bought.id === ids.滤芯)).toMatchObject({
      buyers: 6,
      confidence: '1.0000',
    });
    expect((await boss.get(`/products-together?product=${ids.水泵}`)).body.items).toHaveLength(1);
  });

  test('counting again gives the same, and nothing twice', async () => {
    expect(await countTogether(house.services.db, TODAY)).toBe(2);
    expect(await countTogether(house.services.db, '2040-01-01')).toBe(0);
    expect(await countTogether(house.services.db, TODAY)).toBe(2);
  });

  test('is counted at once for whoever makes rules of it', async () => {
    await countTogether(house.services.db, '2040-01-01');
    const reads = await house.person({ entities: { product: { actions: { read: 'all' } } } });
    expect((await reads.post('/products-together/count', {})).status).toBe(403);
    const { status, body } = await boss.post('/products-together/count', {});
    expect(status).toBe(202);
    await executeJob(house.services, togetherJob, body.jobId, new AbortController().signal);
    expect((await boss.get('/products-together')).body.items).toHaveLength(2);
  });

  test('is offered to who has one without the other, with the numbers as the reason', async () => {
    expect(await next(ids.c8 as string)).toMatchObject([
      {
        product: ids.滤芯,
        because: null,
        from: ['水泵'],
        together: { both: 6, buyers: 12, confidence: '0.5000', lift: '1.67' },
        price: '10.00',
      },
    ]);
    expect(await next(ids.c1 as string)).toEqual([]);
    expect(await next(ids.c15 as string)).toEqual([]);
  });

  test('a rule of the company says it better', async () => {
    await boss.create('product-rules', { bought: [ids.水泵], offer: ids.滤芯, because: '滤芯半年要换' });
    expect(await next(ids.c8 as string)).toMatchObject([
      { product: ids.滤芯, because: '滤芯半年要换', together: null },
    ]);
  });

  test('is not offered to who does not want it, until the day, or it is taken back', async () => {
    const path = `/customers/${ids.c8}/unwanted-products`;
    const { status, body } = await boss.post(path, { product: ids.滤芯, reason: 'hasOther', months: 3 });
    expect([status, body.until > TODAY]).toEqual([200, true]);
    expect(await next(ids.c8 as string)).toEqual([]);
    expect(await next(ids.c9 as string)).toHaveLength(1);
    expect((await boss.get(`/audit?entity=customer&recordId=${ids.c8}`)).body.items[0].action).toBe(
      'product_unwanted',
    );
    expect((await boss.post(path, { product: ids.滤芯, reason: 'whatever' })).status).toBe(422);
    expect((await boss.delete(`${path}/${ids.滤芯}`)).status).toBe(200);
    expect(await next(ids.c8 as string)).toHaveLength(1);
  });

  test('stays unwanted when its customer is merged into another', async () => {
    const path = `/customers/${ids.c10}/unwanted-products`;
    expect((await boss.post(path, { product: ids.滤芯, reason: 'tooDear' })).status).toBe(200);
    expect(await next(ids.c11 as string)).toHaveLength(1);
    await boss.post('/customers/merge', { ids: [ids.c10, ids.c11], into: ids.c11 });
    expect(await next(ids.c11 as string)).toEqual([]);
  });

  test('tells nobody of orders he does not see, nor lets him put off what is not his', async () => {
    const all = { read: 'all' } as const;
    const blind = await house.person(
      { entities: { customer: { actions: all }, product: { actions: all } } },
      { name: '周读' },
    );
    expect(await next(ids.c9 as string, blind)).toEqual([]);
    expect((await blind.get('/products-together')).status).toBe(200);
    const put = await blind.post(`/customers/${ids.c9}/unwanted-products`, {
      product: ids.滤芯,
      reason: 'later',
    });
    expect(put.status).toBe(403);
    const stranger = await house.person(
      { entities: { customer: { actions: { read: 'self' } } } },
      { name: '赵磊' },
    );
    expect((await stranger.get('/products-together')).status).toBe(403);
    expect((await stranger.get(`/customers/${ids.c9}/next-products`)).status).toBe(404);
    expect(
      (await stranger.post(`/customers/${ids.c9}/unwanted-products`, { product: ids.滤芯, reason: 'later' }))
        .status,
    ).toBe(404);
  });

  test('is counted anew once products have become one, however many at once', async () => {
    const { db } = house.services;
    const { id: kept } = await boss.create('products', {
      name: '滤芯（新）',
      price: { amount: '10.00', currency: 'CNY' },
    });
    const { id: spare } = await boss.create('products', { name: '滤芯（旧）' });
    for (const gone of [ids.滤芯, spare])
      expect((await boss.post('/products/merge', { ids: [gone, kept], into: kept })).status).toBe(200);
    await house.follow();
    const { rows } =
      await sql`select key from job where name = 'orders.together' and state = 'queued'`.execute(db);
    expect(rows).toEqual([{ key: 'merged' }]);
    await countTogether(db, TODAY);
    const { items } = (await boss.get(`/products-together?product=${ids.水泵}`)).body;
    expect(items).toMatchObject([{ offer: { id: kept } }]);
  });
});
