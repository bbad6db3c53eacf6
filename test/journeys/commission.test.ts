import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seriousIn } from './axe.ts';
import { ADMIN, beginJourney, type Journey, type Visit } from './journey.ts';

let journey: Journey;
let admin: Visit;
let plan: string;
let batch: string;

interface Made {
  id: string;
}
const make = (plural: string, body: object) => admin.api<Made>('POST', `/${plural}`, body);
const press = (name: string) => admin.page.getByRole('button', { name, exact: true }).click();
const mine = () => admin.api<{ open: string; paid: string }>('GET', '/commission/mine');
const today = () => Temporal.Now.plainDateISO('Asia/Shanghai').toString();

beforeAll(async () => {
  journey = await beginJourney({ setup: true });
  admin = await journey.visit(ADMIN);
  plan = (await make('commission-plans', { name: '回款提成', validFrom: '2026-01-01' })).id;
  const customer = (await make('customers', { name: '绍兴晨光纺织' })).id;
  const lines = [{ name: '定型机', quantity: '1', price: '113000', taxRate: '0.13' }];
  const order = (await make('orders', { name: '定型机订单', customer, lines })).id;
  await admin.api('POST', `/orders/${order}/confirm`, {});
  const amount = { amount: '56500', currency: 'CNY' };
  const receipt = (await make('receipts', { customer, order, amount })).id;
  await admin.api('POST', `/receipts/${receipt}/confirm`, {});
});
afterAll(() => journey?.end());

describe('from a receipt to what is paid out', () => {
  it('a plan is written, tried on the receipt, and put into force', async () => {
    const { page } = admin;
    await page.goto(`/r/commission-plans/${plan}`);
    await page.getByRole('tab', { name: '计算规则' }).click();
    await page.getByLabel('第 1 档比例').fill('3');
    await page.getByLabel('选一笔回款').click();
    await page.locator('.ant-select-item-option', { hasText: '绍兴晨光纺织' }).click();
    await expect.poll(() => page.getByText('¥1,500.00', { exact: true }).count()).toBe(1);
    expect(await seriousIn(page)).toEqual([]);
    await press('保存');
    await expect.poll(() => page.getByText('规则已保存').count()).toBe(1);
    await press('启用方案');
    await expect.poll(async () => (await mine()).open).toBe('1500.00');
  });

  it('each amount says how it came, also on the phone', async () => {
    const { page } = admin;
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto('/commission');
    await expect.poll(() => page.getByText('回款 ¥56,500.00；不含税 88.5%').count()).toBe(1);
    expect(await seriousIn(page)).toEqual([]);
    await page.setViewportSize({ width: 1440, height: 900 });
  });

  it('it is settled, adjusted, approved and paid', async () => {
    const { page } = admin;
    batch = (await make('commission-batches', { name: '十一月提成', until: today() })).id;
    await page.goto(`/r/commission-batches/${batch}`);
    await page.getByRole('tab', { name: '结算明细' }).click();
    await page.getByRole('button', { name: '林晓 · 1 条' }).click();
    await expect.poll(() => page.getByText('不含税 88.5%', { exact: false }).count()).toBe(1);
    await press('手工调整');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('给谁').click();
    await page.locator('.ant-select-item-option', { hasText: '林晓' }).click();
    await dialog.getByLabel('金额', { exact: false }).fill('-100');
    await dialog.getByLabel('原因').fill('样品损坏');
    await dialog.getByRole('button', { name: '手工调整', exact: true }).click();
    await expect.poll(() => page.getByRole('button', { name: '林晓 · 2 条' }).count()).toBe(1);
    expect(await seriousIn(page)).toEqual([]);
    await press('提交结算单');
    await press('登记发放');
    await page.getByRole('dialog').getByRole('button', { name: '登记发放', exact: true }).click();
    await expect.poll(mine).toMatchObject({ open: '0.00', paid: '1400.00' });
  });
});

it('a rebate tells how far it is, and is set off with one click', async () => {
  const { page, api } = admin;
  const on = Temporal.Now.plainDateISO('Asia/Shanghai').subtract({ months: 1 }).with({ day: 1 });
  const customer = (await make('customers', { name: '嘉兴恒通机电' })).id;
  const tiers = [
    { from: '0', rate: '1' },
    { from: '1000', rate: '2' },
  ];
  const validFrom = on.toString();
  const terms = { name: '月度返利', customer, validFrom, period: 'month', tiers };
  const { id } = await make('rebate-agreements', terms);
  await api('POST', `/rebate-agreements/${id}/rebate-start`, {});
  const lines = [{ name: '电机', quantity: '1', price: '1500' }];
  const order = await make('orders', { name: '电机订单', customer, date: validFrom, lines });
  await api('POST', `/orders/${order.id}/confirm`, {});
  const progress = () => api<{ periods: { amount: string }[] }>('GET', `/rebate-agreements/${id}/progress`);
  await expect.poll(progress).toMatchObject({ periods: [{ amount: '20.00' }] });
  const until = on.add({ months: 1 }).subtract({ days: 1 }).toString();
  const { id: paid } = await make('rebate-batches', { name: '上月返利', until, agreements: [id] });
  for (const verb of ['submit', 'pay']) await api('POST', `/rebate-batches/${paid}/rebate-${verb}`, {});
  await page.goto(`/r/rebate-agreements/${id}`);
  await page.getByRole('tab', { name: '进度与档位' }).click();
  const panel = page.getByRole('tabpanel');
  await expect.poll(() => panel.textContent()).toMatch(/¥1,500\.00.*¥20\.00/);
  await panel.getByRole('button', { name: '一键抵扣' }).click();
  await expect.poll(() => page.getByText('已抵扣 1 笔', { exact: false }).count()).toBe(1);
  await expect.poll(() => panel.getByRole('button', { name: '一键抵扣' }).count()).toBe(0);
});
