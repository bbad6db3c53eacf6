import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Person, startTestApp, type TestApp } from '../../../platform/testing/app.ts';
import { type Earning, isBelow, marginOf } from './margin.shared.ts';

describe('what lines earn', () => {
  const line = (net: string | null, cost: string | null, quantity = '1'): Earning => ({
    net,
    cost,
    quantity,
  });
  test.each<[string, Earning[], string | null, string | null]>([
    ['a quarter', [line('100', '75')], '25.00', '25'],
    ['several together', [line('100', '75'), line('300', '50', '3')], '175.00', '43.75'],
    ['less than nothing', [line('10', '15')], '-5.00', '-50'],
    ['given away', [line('0', '5')], '-5.00', null],
  ])('%s', (_, lines, earned, rate) => {
    expect(marginOf(lines)).toMatchObject({ earned, rate });
  });

  test.each<[string, Earning[]]>([
    ['without a cost', [line('100', '75'), line('10', null)]],
    ['without an amount', [line(null, '75')]],
    ['of nothing', []],
  ])('%s is not known', (_, lines) => {
    expect(marginOf(lines)).toBeNull();
  });

  test.each<[string, Earning, string | null, boolean]>([
    ['at the least', line('100', '80'), '20', false],
    ['below it', line('100', '80.01'), '20', true],
    ['where nobody set one', line('100', '200'), null, false],
    ['given away', line('0', '5'), '0', true],
    ['a gift that cost nothing', line('0', '0'), '10', false],
  ])('%s', (_, earning, minimum, below) => {
    const margin = marginOf([earning]);
    expect(margin && isBelow(margin, minimum)).toBe(below);
  });
});

describe('the least to earn', () => {
  let house: TestApp;
  let boss: Person;
  const ids: Record<string, string> = {};
  const cny = (amount: string) => ({ amount, currency: 'CNY' });

  beforeAll(async () => {
    house = await startTestApp();
    boss = house.administrator;
    ids.customer = (await boss.create('customers', { name: '杭州云帆科技有限公司' })).id;
    const pumps = await boss.create('product-categories', { name: '泵', minimumMargin: '30' });
    const small = await boss.create('product-categories', { name: '小泵', parent: pumps.id });
    const product = async (name: string, more: object) => {
      ids[name] = (
        await boss.create('products', { name, price: cny('113.00'), cost: cny('80.00'), ...more })
      ).id;
    };
    await product('plain', {});
    await product('pump', { category: pumps.id });
    await product('smallPump', { category: small.id });
    await product('dear', { category: pumps.id, minimumMargin: '15' });
    await boss.put('/margin-rules', { minimum: 10 });
  });
  afterAll(() => house.stop());

  const quoted = (product: string, price: string, who = boss) =>
    who.post('/quotes', {
      customer: ids.customer,
      lines: [{ product: ids[product], quantity: '1', price, taxRate: '0.13' }],
    });

  // 113 is 100 without tax, and 20 % of that is left.
  test.each<[string, string, string, boolean]>([
    ['the company’s, where nobody says otherwise', 'plain', '113', false],
    ['the company’s, undercut', 'plain', '99', true],
    ['its category’s', 'pump', '113', true],
    ['that of a category above', 'smallPump', '113', true],
    ['its own before its category’s', 'dear', '113', false],
    ['its own, undercut', 'dear', '105', true],
  ])('is %s', async (_, product, price, below) => {
    const { body } = await quoted(product, price);
    expect(body.belowMargin).toBe(below);
    const told = (body.warnings ?? []).map(({ code }: { code: string }) => code);
    expect(told).toEqual(below ? ['margin_low'] : []);
  });

  test('asks for approval of a quote, and tells who may not see costs no cost', async () => {
    const all = { read: 'all', create: 'all', update: 'all' } as const;
    const seller = await house.person({
      entities: {
        customer: { actions: { read: 'all' } },
        product: { actions: { read: 'all' }, fields: { cost: 'hidden', minimumMargin: 'hidden' } },
        quote: { actions: all },
        quoteLine: { actions: {}, fields: { cost: 'hidden' } },
      },
    });
    const { status, body } = await quoted('pump', '113', seller);
    expect([status, body.belowMargin]).toEqual([201, true]);
    expect(JSON.stringify(body)).not.toMatch(/"cost"|"80(\.0+)?"|20 ?%/);
    expect((await seller.get(`/quotes/${body.id}/standing`)).body.over).toBe(true);
    expect((await seller.post(`/quotes/${body.id}/submit`, {})).body.status).toBe('approving');
    expect((await seller.put('/margin-rules', { minimum: 0 })).status).toBe(403);
    expect((await seller.get('/margin-rules')).status).toBe(403);
  });

  test('is marked on an order too', async () => {
    const { body } = await boss.post('/orders', {
      customer: ids.customer,
      lines: [{ product: ids.pump, quantity: '2', price: '100' }],
    });
    expect(body).toMatchObject({ belowMargin: true, warnings: [{ code: 'margin_low' }] });
  });
});
