import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Person, startTestApp, type TestApp } from '../../platform/testing/app.ts';

/** What becomes of amounts in a currency of which nobody has told a rate: kept with a warning, or refused where it is booked. */
let house: TestApp;
let boss: Person;
const ids: Record<string, string> = {};

beforeAll(async () => {
  house = await startTestApp();
  boss = house.administrator;
  ids.customer = (await boss.create('customers', { name: '伦敦贸易' })).id;
});
afterAll(() => house.stop());

const pounds = (amount: string) => ({ amount, currency: 'GBP' });
const day = '2026-03-05';
const lines = [{ name: '泵', quantity: '1', price: '100' }];
const totalOf = async (plural: string) => (await boss.get(`/${plural}?count=true`)).body.items.length;

describe('an amount in a currency without a rate', () => {
  test.each<[string, object, string]>([
    ['customers', { name: '曼城机械', annualRevenue: pounds('100') }, 'annualRevenue'],
    ['opportunities', { name: '泵站', amount: pounds('100') }, 'amount'],
    ['products', { name: '进口泵', price: pounds('100') }, 'price'],
  ])('is kept in %s, with a warning that says what to do', async (plural, body, path) => {
    const made = await boss.post(`/${plural}`, body);
    expect(made.status).toBe(201);
    expect(made.body[path]).toEqual(pounds('100'));
    expect(made.body.warnings).toMatchObject([
      {
        path,
        code: 'currency_unrated',
        message: expect.stringMatching(/GBP.*没有汇率.*暂不计入合计.*基础资料 → 汇率/),
      },
    ]);
    const version = { 'if-match': `"${made.body.version}"` };
    const other = await boss.send('PATCH', `/${plural}/${made.body.id}`, { name: '改名' }, version);
    expect(other.body.warnings).toBeUndefined();
    const next = { 'if-match': `"${other.body.version}"` };
    const dearer = await boss.send('PATCH', `/${plural}/${made.body.id}`, { [path]: pounds('200') }, next);
    expect(dearer.body.warnings).toMatchObject([{ path, code: 'currency_unrated' }]);
  });

  test.each<[string, () => object, string]>([
    ['quotes', () => ({ customer: ids.customer, currency: 'GBP', date: day, lines }), 'currency'],
    ['orders', () => ({ customer: ids.customer, currency: 'GBP', date: day, lines }), 'currency'],
    ['contracts', () => ({ customer: ids.customer, currency: 'GBP', date: day, amount: '100' }), 'currency'],
    [
      'invoices',
      () => ({ customer: ids.customer, kind: 'normal', currency: 'GBP', date: day, lines }),
      'currency',
    ],
    ['receipts', () => ({ customer: ids.customer, date: day, amount: pounds('100') }), 'amount'],
  ])('is refused in %s: the rate comes first, and nothing is booked', async (plural, body, path) => {
    const before = await totalOf(plural);
    const refused = await boss.post(`/${plural}`, body());
    expect(refused.status).toBe(422);
    expect(refused.body.errors).toMatchObject([
      {
        path,
        code: 'currency_without_rate',
        message: expect.stringMatching(/GBP 在 2026-03-05 没有汇率.*汇率/),
      },
    ]);
    expect(await totalOf(plural)).toBe(before);
  });

  test('is told with what it is worth in the company’s currency, by the rate it was stored with', async () => {
    await boss.create('exchange-rates', { currency: 'NZD', validFrom: '2026-03-01', rate: '4.200' });
    const made = await boss.create('receipts', {
      customer: ids.customer,
      amount: { amount: '1000', currency: 'NZD' },
      date: '2026-03-05',
    });
    await boss.create('exchange-rates', { currency: 'NZD', validFrom: '2026-03-04', rate: '4.5' });
    const { body } = await boss.get(`/receipts/${made.id}`);
    expect(body.inOwn).toMatchObject({
      amount: { amount: '4200.00', currency: 'CNY', rate: '4.2', day: '2026-03-05' },
    });
    const home = await boss.create('receipts', {
      customer: ids.customer,
      amount: { amount: '1000', currency: 'CNY' },
    });
    expect(home.inOwn).toBeUndefined();
  });

  test('is refused where the day of a document goes back before its rate', async () => {
    await boss.create('exchange-rates', { currency: 'CHF', validFrom: '2026-06-01', rate: '9' });
    const made = await boss.create('orders', {
      customer: ids.customer,
      currency: 'CHF',
      date: '2026-06-02',
      lines,
    });
    const moved = await boss.send(
      'PATCH',
      `/orders/${made.id}`,
      { date: '2026-05-31' },
      { 'if-match': `"${made.version}"` },
    );
    expect(moved.body.errors).toMatchObject([{ path: 'currency', code: 'currency_without_rate' }]);
    expect((await boss.get(`/orders/${made.id}`)).body.date).toBe('2026-06-02');
  });
});
