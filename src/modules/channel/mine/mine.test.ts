import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkImport, runImport } from '../../../platform/imports/import.ts';
import { csv, enter, fileOf } from '../../../platform/imports/testing/files.ts';
import type { Person } from '../../../platform/testing/app.ts';
import { periodOf } from '../results/routes.ts';
import { type ChannelHouse, type Side, startChannel } from '../testing/partners.ts';

let house: ChannelHouse;
let east: Side;
let west: Side;
let seller: Person;
let hinge: string;
let screw: string;
let bare: string;

const yuan = (amount: string) => ({ amount, currency: 'CNY' });

beforeAll(async () => {
  house = await startChannel();
  const admin = house.administrator;
  const category = await admin.create('product-categories', { name: '五金' });
  const made = async (name: string, more: object = {}) =>
    (await admin.create('products', { name, category: category.id, ...more })).id;
  hinge = await made('铰链', { price: yuan('10.00'), cost: yuan('6.00') });
  screw = await made('螺丝', { price: yuan('0.50') });
  bare = await made('无价样品');
  await admin.create('products', { name: '机密新品', price: yuan('999') });
  const book = await admin.create('price-books', { name: '经销价', channel: 'dealer' });
  await admin.create('price-book-entries', { book: book.id, product: hinge, price: yuan('7.20') });
  east = await house.partner('东海经销', 1, { categories: [category.id], level: 'first' });
  west = await house.partner('西岭代理', 1, { kind: 'agent', level: 'first' });
  seller = east.people[0]!;
});
afterAll(() => house.stop());

describe('a partner', () => {
  test('knows its own terms and who looks after it', async () => {
    const { body } = await seller.get('/channel/mine');
    expect(body).toMatchObject({
      name: '东海经销',
      kind: 'dealer',
      manager: { name: '顾渠' },
      results: { of: 2 },
    });
    expect((await house.manager.get('/channel/mine')).status).toBe(403);
  });

  test('sees what it may sell at its own price, and no other', async () => {
    const { body, raw } = await seller.get('/channel/mine/goods');
    expect(body.items.map(({ name, price }: { name: string; price: string }) => [name, price])).toEqual([
      ['铰链', '7.20'],
      ['螺丝', '0.50'],
      ['无价样品', null],
    ]);
    for (const secret of ['机密', '10.00', '6.00']) expect(raw.body).not.toContain(secret);
    const agent = await west.people[0]!.get('/channel/mine/goods?q=铰链');
    expect(agent.body.items).toMatchObject([{ price: '10.00' }]);
  });
});

describe('ordering', () => {
  test('makes a draft for the channel manager at the partner’s prices', async () => {
    const placed = await seller.post('/channel/mine/orders', {
      lines: [
        { product: hinge, quantity: '100' },
        { product: screw, quantity: '1000' },
      ],
    });
    expect(placed.status).toBe(201);
    const order = (await house.manager.get(`/orders/${placed.body.id}`)).body;
    expect(order).toMatchObject({
      status: 'draft',
      customer: { id: east.customer },
      total: { amount: '1220.00' },
      performer: { id: house.manager.id },
    });
    await house.manager.post(`/orders/${placed.body.id}/confirm`, {});
    const { items } = (await seller.get('/channel/mine/orders')).body;
    expect(items).toMatchObject([{ status: 'confirmed', total: '1220.00', lines: [{ delivered: '0' }, {}] }]);
    expect((await west.people[0]!.get('/channel/mine/orders')).body.items).toEqual([]);
    expect((await seller.get('/channel/mine')).body.results).toMatchObject({ ordered: '1220.00', rank: 1 });
  });

  test('is nothing where nobody could be told of it', async () => {
    const { db } = house.services;
    await sql`create function no_word() returns trigger language plpgsql as 'begin raise exception ''full''; end'`.execute(
      db,
    );
    await sql`create trigger no_word before insert on notification for each row when (new.kind = 'partner.ordered')
      execute function no_word()`.execute(db);
    const orders = async () => (await house.manager.get('/orders?count=true')).body.total;
    const before = await orders();
    const lines = [{ product: hinge, quantity: '1' }];
    expect((await seller.post('/channel/mine/orders', { lines })).status).toBe(500);
    await sql`drop trigger no_word on notification`.execute(db);
    expect(await orders()).toBe(before);
  });

  test.each([
    ['without a price', () => bare, 'partner_without_price'],
    ['not among what it may sell', () => 'secret', 'not_for_partner'],
  ])('what is %s is refused', async (_what, which, code) => {
    const { items } = (await house.administrator.get('/products?q=机密新品')).body;
    const product = which() === 'secret' ? items[0].id : which();
    const refused = await seller.post('/channel/mine/orders', { lines: [{ product, quantity: '1' }] });
    expect([refused.status, refused.body.errors]).toMatchObject([422, [{ path: 'lines.0.product', code }]]);
  });
});

describe('stock', () => {
  const declare = (month: string, lines: object[]) => seller.put(`/channel/mine/stock/${month}`, { lines });
  const line = (opening: string, inflow: string, outflow: string, closing?: string) => ({
    product: hinge,
    opening,
    inflow,
    outflow,
    ...(closing ? { closing } : {}),
  });

  test.each([
    ['what does not close', () => line('10', '5', '3', '11'), 'lines.0.closing', 'stock_does_not_close'],
    ['more sold than there was', () => line('1', '1', '3'), 'lines.0.outflow', 'stock_below_zero'],
  ])('%s is refused, and nothing is saved', async (_what, second, path, code) => {
    const { status, body } = await declare('2026-08', [
      { product: screw, opening: '0', inflow: '5', outflow: '0' },
      second(),
    ]);
    expect([status, body.errors]).toMatchObject([422, [{ path: path.replace('0', '1'), code }]]);
    const rest = (await seller.get('/stock-declarations?count=true')).body;
    expect(rest.total).toBe(0);
  });

  test('is worked out, begins with how the month before ended, and can be put right', async () => {
    expect((await declare('2026-09', [line('0', '100.5', '40')])).body).toEqual({ saved: 1 });
    const { items } = (await seller.get('/channel/mine/stock/2026-10')).body;
    expect(items[0]).toMatchObject({ product: hinge, before: '60.5', closing: null });
    await declare('2026-10', [line('60.5', '0', '20.5', '40')]);
    await declare('2026-10', [line('60.5', '10', '20.5')]);
    const list = (await house.manager.get('/stock-declarations?sort=month')).body.items;
    expect(list.map(({ month, closing }: Record<string, string>) => [month, closing])).toEqual([
      ['2026-09', '60.5'],
      ['2026-10', '50'],
    ]);
    expect((await west.people[0]!.get('/stock-declarations')).body.items).toEqual([]);
    expect((await seller.patch(`/stock-declarations/${list[0].id}`, { outflow: '1' })).status).toBe(403);
  });

  test('is declared of what the partner is shown, and of nothing else', async () => {
    const { items } = (await house.administrator.get('/products?q=机密新品')).body;
    const { status, body, raw } = await declare('2026-10', [
      line('60.5', '10', '20.5'),
      { product: items[0].id, opening: '0', inflow: '1', outflow: '0' },
    ]);
    expect([status, body.errors]).toMatchObject([
      422,
      [{ path: 'lines.1.product', code: 'not_for_partner' }],
    ]);
    expect(raw.body).not.toContain('机密');
    expect((await declare('2026-10', [line('1', '0', '0'), line('2', '0', '0')])).status).toBe(422);
    expect((await seller.get('/channel/mine/stock/2026-10')).raw.body).not.toContain('机密');
  });

  test('written by the house stands with the partner', async () => {
    const made = await house.manager.create('stock-declarations', {
      partner: west.id,
      month: '2026-10',
      product: screw,
      inflow: '8',
    });
    expect(made).toMatchObject({ closing: '8' });
    expect((await west.people[0]!.get(`/stock-declarations/${made.id}`)).status).toBe(200);
    const bad = await house.manager.post('/stock-declarations', {
      partner: west.id,
      month: '10月',
      product: hinge,
    });
    expect(bad.body.errors[0].code).toBe('bad_month');
  });
});

describe('a month’s stock from a table', () => {
  const upload = (person: Person, content: Buffer | string, month = '2026-11') => {
    const boundary = 'a-boundary-of-the-tests';
    const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="stock.csv"\r\n\r\n`;
    const body = Buffer.concat([
      Buffer.from(head),
      Buffer.from(content as string),
      Buffer.from(`\r\n--${boundary}--\r\n`),
    ]);
    return person.send('POST', `/channel/mine/stock/${month}/table`, body, {
      'content-type': `multipart/form-data; boundary=${boundary}`,
    });
  };

  test('is read row by row: what adds up is handed back, of the rest is told why not', async () => {
    const rows = [
      '产品,期初,进货,销售,期末',
      '铰链,,20,30,40',
      '螺丝,5,1,0,7',
      '机密新品,0,1,0,1',
      '螺丝,0,十个,0,',
      '无价样品,1,0,2,',
      '螺丝,0,3,1,',
      '螺丝,0,3,1,',
    ];
    const { body } = await upload(seller, rows.join('\n'));
    expect(body.lines).toEqual([
      { product: hinge, opening: '50', inflow: '20', outflow: '30' },
      { product: screw, opening: '0', inflow: '3', outflow: '1' },
    ]);
    expect(body.refused.map(({ line }: { line: number }) => line)).toEqual([3, 4, 5, 6, 8]);
    expect(body.refused[0].reason).toContain('期末应为 6');
    expect((await seller.get('/stock-declarations?count=true')).body.total).toBe(2);
    expect((await upload(seller, '甲,乙\n1,2')).body.code).toBe('stock_table_unknown');
    expect((await upload(house.manager, rows.join('\n'))).status).toBe(403);
  });

  test('comes with the products and what they begin with, and is read back', async () => {
    const file = await seller.get('/channel/mine/stock/2026-10/file');
    const { body } = await upload(seller, file.raw.rawPayload, '2026-10');
    expect(body).toEqual({
      refused: [],
      lines: [{ product: hinge, opening: '60.5', inflow: '10', outflow: '20.5' }],
    });
  });
});

test('results stand in the order of the level, for who may see the partners', async () => {
  const { body } = await house.manager.get('/channel/results?from=2026-01-01&to=2026-12-31');
  const rows = body.items.map(({ name, rank, sold }: Record<string, string>) => [name, rank, sold]);
  expect(rows).toEqual([
    ['东海经销', 1, '60.5'],
    ['西岭代理', 2, '0'],
  ]);
  expect(body.items[0].turnover).not.toBeNull();
  expect((await seller.get('/channel/results')).status).toBe(403);
  const blind = await house.person({ entities: { partner: { actions: { read: 'all' } } } });
  expect((await blind.get('/channel/results')).body.items).toMatchObject([
    { name: '东海经销', rank: 1, ordered: null, brought: null, sold: null, turnover: null, deals: null },
    { name: '西岭代理' },
  ]);
});

test('its people are told to who sees the partner, what they sign in with to who sees that of anybody', async () => {
  const { body } = await house.manager.get(`/partners/${east.id}/people`);
  expect(body.items).toMatchObject([{ id: seller.id, login: expect.stringMatching(/^hb/) }]);
  const blind = await house.person({
    entities: {
      partner: { actions: { read: 'all' }, fields: { unit: 'hidden' } },
      user: { actions: { read: 'all' }, fields: { username: 'hidden' } },
    },
  });
  const seen = await blind.get(`/partners/${east.id}/people`);
  expect([seen.status, seen.body.items]).toMatchObject([200, [{ id: seller.id, login: null }]]);
});

test.each([
  [1, '2026-01-01'],
  [4, '2025-04-01'],
])('the year that begins with month %i is told from %s on', (yearBegins, from) => {
  const now = '2026-02-28T16:30:00Z';
  expect(periodOf({ timeZone: 'Asia/Shanghai', now, yearBegins }, {})).toEqual({ from, to: '2026-03-01' });
});

test('partners come by file, each with its department; what is only checked, or fails, leaves none', async () => {
  await house.administrator.create('customers', { name: '奉化铜件（伙伴）' });
  const ctx = await house.context();
  const file = fileOf(
    csv(
      ['伙伴名称', '对应客户', '类型'],
      ['奉化铜件', '奉化铜件（伙伴）', '经销商'],
      ['无此客户', '谁也不认识', '经销商'],
    ),
  );
  const units = async () =>
    (
      await sql<{ name: string }>`select name from department where name in ('奉化铜件', '无此客户')`.execute(
        house.services.db,
      )
    ).rows.map(({ name }) => name);
  const { id } = await enter(ctx, 'partner', file, { createMissing: [] });
  await checkImport(ctx, house.services, id);
  expect(await units()).toEqual([]);
  await runImport(ctx, house.services, id);
  expect(await units()).toEqual(['奉化铜件']);
  const made = (await house.administrator.get('/partners?q=奉化')).body.items;
  expect(made).toMatchObject([{ name: '奉化铜件', unit: { title: '奉化铜件' } }]);
});

test('a partner is compared with those of its level only', async () => {
  const second = await house.partner('南山零售', 1, { kind: 'retailer', level: 'second' });
  expect((await second.people[0]!.get('/channel/mine')).body.results).toMatchObject({ rank: 1, of: 1 });
  expect((await seller.get('/channel/mine')).body.results).toMatchObject({ rank: 1, of: 2 });
});
