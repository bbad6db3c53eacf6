import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Person, startTestApp, type TestApp } from '../../../platform/testing/app.ts';
import { pagesOf } from '../../../platform/testing/pdf.ts';
import { trackedLink, trackingToken } from '../track/token.ts';

let house: TestApp;
let boss: Person;
let order: { id: string; number: string; lines: { id: string }[] };
let delivery: { id: string; number: string };

beforeAll(async () => {
  house = await startTestApp();
  boss = house.administrator;
  await boss.create('legal-entities', { name: '上海关系科技有限公司' });
  const customer = await boss.create('customers', { name: '杭州云帆科技有限公司' });
  order = (await boss.create('orders', {
    customer: customer.id,
    receiver: '王小明',
    address: '杭州市滨江区江南大道 1 号',
    lines: [{ name: '铝合金<型材>', quantity: '3', price: '33.333333', unit: 'piece' }],
  })) as unknown as typeof order;
  await boss.post(`/orders/${order.id}/confirm`);
  const lines = [{ orderLine: order.lines[0]?.id, quantity: '2' }];
  delivery = (await boss.create('deliveries', { order: order.id, lines })) as unknown as typeof delivery;
  await boss.post(`/deliveries/${delivery.id}/ship`, { carrier: '顺丰', trackingNumber: 'SF100' });
});
afterAll(() => house.stop());

const note = async (who: Person, query = '') => {
  const answer = await who.get(`/deliveries/${delivery.id}/pdf${query}`);
  expect([answer.status, answer.headers['content-type']]).toEqual([200, 'application/pdf']);
  return (await pagesOf(answer.raw.rawPayload)).join('');
};

describe('the delivery note', () => {
  test('tells what goes where, with prices only where they are asked for', async () => {
    const plain = await note(boss);
    for (const part of ['送货单', '上海关系科技有限公司', delivery.number, '王小明', '顺丰', '型材'])
      expect(plain).toContain(part);
    expect(plain).not.toContain('66.67');
    expect(await note(boss, '?prices=true')).toContain('66.67');
    const audit = (await boss.get(`/audit?recordId=${delivery.id}`)).body.items;
    expect(audit[0]).toMatchObject({ action: 'export', note: expect.stringContaining(delivery.number) });
  });

  test('tells nobody what he may not see of the delivery', async () => {
    const fields = { receiver: 'hidden' } as const;
    const actions = { read: 'all' } as const;
    const entities = {
      customer: { actions },
      delivery: { actions, fields },
      deliveryLine: { actions: {}, fields: { gross: 'hidden' } },
    };
    const reader = await house.person({ entities } as never, { name: '林小雨' });
    const text = await note(reader, '?prices=true');
    expect(text).not.toContain('王小明');
    const stranger = await house.person(
      { entities: { delivery: { actions: { read: 'self' } } } },
      { name: '赵磊' },
    );
    expect((await stranger.get(`/deliveries/${delivery.id}/pdf`)).status).toBe(404);
  });
});

describe('the customer', () => {
  const page = async (path: string) => {
    const { statusCode, body, headers } = await house.server.inject({
      method: 'GET',
      url: path,
      headers: { 'accept-language': 'zh-CN' },
    });
    return { statusCode, body, headers };
  };

  test('sees by the address he was sent how far his order has come, and no more', async () => {
    const { body } = await boss.post(`/orders/${order.id}/track`);
    const path = new URL(body.link).pathname;
    const seen = await page(path);
    expect(seen.statusCode).toBe(200);
    expect(seen.headers['content-security-policy']).toContain("default-src 'none'");
    for (const part of [order.number, '铝合金&lt;型材&gt;', '2 / 3', '顺丰 SF100', '已发货'])
      expect(seen.body).toContain(part);
    for (const part of ['33.33', '100.00', '王小明', '滨江', '云帆']) expect(seen.body).not.toContain(part);
    expect((await page(`${path.slice(0, -2)}xx`)).statusCode).toBe(404);
  });

  test('keeps one address until somebody ends it, and is told so', async () => {
    const link = async (who = boss) => (await who.get(`/orders/${order.id}/track`)).body;
    const { body } = await boss.post(`/orders/${order.id}/track`);
    expect((await boss.post(`/orders/${order.id}/track`)).body).toEqual(body);
    const path = new URL(body.link).pathname;
    const before = (await link()).last.opened;
    await page(path);
    expect(await link()).toMatchObject({ link: body.link, last: { opened: before + 1, revokedAt: null } });
    expect((await boss.delete(`/orders/${order.id}/track`)).status).toBe(200);
    const ended = await page(path);
    expect([ended.statusCode, ended.body]).toEqual([410, expect.stringContaining('这个链接已停用')]);
    expect(ended.body).not.toContain(order.number);
    expect(await link()).toMatchObject({
      link: null,
      last: { revokedAt: expect.any(String), revokedBy: expect.any(String) },
    });
    const { items } = (await boss.get(`/audit?entity=order&recordId=${order.id}`)).body;
    expect(items.some(({ action }: { action: string }) => action === 'endTrackLink')).toBe(true);
    const { body: again } = await boss.post(`/orders/${order.id}/track`);
    expect(again.link).not.toBe(body.link);
    expect((await page(new URL(again.link).pathname)).statusCode).toBe(200);
  });

  test('is told of no draft, and nobody gets an address for an order he does not see', async () => {
    const { id } = await boss.create('orders', {
      customer: (await boss.get(`/orders/${order.id}`)).body.customer.id,
    });
    expect((await boss.post(`/orders/${id}/track`)).status).toBe(409);
    const stranger = await house.person(
      { entities: { order: { actions: { read: 'self' } } } },
      { name: '钱多' },
    );
    expect((await stranger.post(`/orders/${order.id}/track`)).status).toBe(404);
  });

  test('is given an address only by who may change the order, and the order remembers it', async () => {
    const actions = { read: 'all' } as const;
    const reader = await house.person(
      { entities: { customer: { actions }, order: { actions } } },
      { name: '周读' },
    );
    expect((await reader.post(`/orders/${order.id}/track`)).status).toBe(403);
    expect((await reader.delete(`/orders/${order.id}/track`)).status).toBe(403);
    expect((await reader.get(`/orders/${order.id}/track`)).body.link).toBeNull();
    const { items } = (await boss.get(`/audit?entity=order&recordId=${order.id}`)).body;
    expect(items.some(({ action }: { action: string }) => action === 'trackLink')).toBe(true);
  });
});

test('an address is good only as this house signed it', () => {
  const link = '01a20646-66a9-7000-9006-0d8e866e4129';
  const token = trackingToken('s', link);
  expect(trackedLink('s', token)).toBe(link);
  expect(trackedLink('other', token)).toBeNull();
  expect(trackedLink('s', token.replace('4129', '4128'))).toBeNull();
});
