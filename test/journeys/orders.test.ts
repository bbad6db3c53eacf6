import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seriousIn } from './axe.ts';
import { ADMIN, beginJourney, type Journey, type Visit } from './journey.ts';

let journey: Journey;
let admin: Visit;
let contract: string;
let order: string;

type Told = { status: string; effectiveTotal: { amount: string } | null; lines: { delivered: string }[] };
const told = (plural: string, id: string) => admin.api<Told>('GET', `/${plural}/${id}`);
const press = (name: string) => admin.page.getByRole('button', { name, exact: true }).click();
const inDialog = (name: string) =>
  admin.page.getByRole('dialog').getByRole('button', { name, exact: true }).click();
const idIn = (plural: string) =>
  new URL(admin.page.url()).pathname.match(`^/r/${plural}/([0-9a-f-]{36})$`)?.[1];

beforeAll(async () => {
  journey = await beginJourney({ setup: true });
  admin = await journey.visit(ADMIN);
  const { id: customer } = await admin.api<{ id: string }>('POST', '/customers', { name: '宁波海潮包装' });
  const made = await admin.api<{ id: string }>('POST', '/contracts', {
    customer,
    name: '包装机合同',
    lines: [{ name: '包装机', quantity: '3', price: '100' }],
    instalments: [
      { percent: '30', event: 'signed' },
      { percent: '70', event: 'arrival', days: 15 },
    ],
  });
  contract = made.id;
});
afterAll(() => journey?.end());

describe('from a contract to goods that come back', () => {
  it('a contract comes into force and becomes an order', async () => {
    const { page } = admin;
    await page.goto(`/r/contracts/${contract}`);
    await press('提交生效');
    await expect.poll(async () => (await told('contracts', contract)).status).toBe('effective');
    expect(await seriousIn(page)).toEqual([]);
    await press('生成订单');
    await expect.poll(() => idIn('orders')).toBeTruthy();
    order = idIn('orders') as string;
    await press('确认订单');
    await expect.poll(async () => (await told('orders', order)).status).toBe('confirmed');
  });

  it('goes in two deliveries until all has gone', async () => {
    const { page } = admin;
    for (const [quantity, status] of [
      ['2', 'partlyDelivered'],
      ['1', 'delivered'],
    ] as const) {
      await page.goto(`/r/orders/${order}`);
      await press('安排发货');
      await page.getByLabel('包装机的数量').fill(quantity);
      await inDialog('安排发货');
      await expect.poll(() => idIn('deliveries')).toBeTruthy();
      await press('发货');
      await page.getByRole('dialog').getByLabel('承运商').fill('顺丰');
      await inDialog('发货');
      await expect.poll(async () => (await told('orders', order)).status).toBe(status);
    }
  });

  it('the contract says how much has arrived, as long as not all has', async () => {
    const { page } = admin;
    const { items } = await admin.api<{ items: { id: string; total: { amount: string } }[] }>(
      'GET',
      '/deliveries',
    );
    const first = items.find(({ total }) => total.amount === '200.00');
    await page.goto(`/r/deliveries/${first?.id}`);
    await press('确认收到');
    await inDialog('确认收到');
    await expect.poll(async () => (await told('deliveries', first?.id ?? '')).status).toBe('received');
    await page.goto(`/r/contracts/${contract}`);
    await expect.poll(() => page.getByText('待到货 2/3').count()).toBe(1);
  });

  it('the customer sees on his phone how far it has come', async () => {
    const { link } = await admin.api<{ link: string }>('POST', `/orders/${order}/track`);
    const { page } = admin;
    await page.goto(link);
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain('DD-');
    expect(await page.getByText('3 / 3').count()).toBe(1);
    expect(await seriousIn(page)).toEqual([]);
  });

  it('what comes back lowers the order and its contract', async () => {
    const { page } = admin;
    await page.goto(`/r/orders/${order}`);
    await press('退货');
    await page.getByLabel('包装机的数量').fill('1');
    await inDialog('退货');
    await expect.poll(() => idIn('return-orders')).toBeTruthy();
    await press('确认收到');
    await inDialog('确认收到');
    await expect.poll(async () => (await told('orders', order)).effectiveTotal?.amount).toBe('200.00');
    expect((await told('contracts', contract)).effectiveTotal?.amount).toBe('200.00');
  });

  it('an amended contract says what is new in it, and what is owed follows at once', async () => {
    const { page } = admin;
    await page.goto(`/r/contracts/${contract}`);
    const money = page.locator('.money-card');
    await expect.poll(() => money.textContent()).toContain('¥200.00');
    await admin.api('POST', `/contracts/${contract}/amend`, { reason: '涨价' });
    const { version, lines } = await admin.api<{ version: number; lines: { id: string }[] }>(
      'GET',
      `/contracts/${contract}`,
    );
    const changed = await admin.context.request.patch(`/api/v1/contracts/${contract}`, {
      headers: { 'x-guanxi': '1', origin: journey.url, 'if-match': String(version) },
      data: {
        terms: '三年质保',
        lines: lines.map(({ id }) => ({ id, name: '包装机', quantity: '3', price: '120' })),
      },
    });
    expect(changed.status()).toBe(200);
    await admin.api('POST', `/contracts/${contract}/submit`, {});
    await expect.poll(() => money.textContent()).toContain('¥260.00');
    await page.getByRole('tab', { name: '版本' }).click();
    const newest = page.getByRole('group').filter({ hasText: '第 2 版' });
    await expect
      .poll(() => newest.getByRole('listitem').allTextContents())
      .toEqual(
        expect.arrayContaining([
          expect.stringMatching(/^修改 条款.*三年质保/),
          expect.stringMatching(/^新增 包装机.*120/),
          expect.stringMatching(/^去掉 包装机.*100/),
        ]),
      );
  });
});
