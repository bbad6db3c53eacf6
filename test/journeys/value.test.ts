import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seriousIn } from './axe.ts';
import { ADMIN, beginJourney, type Journey, type Visit } from './journey.ts';

let journey: Journey;
let admin: Visit;
let customer: string;
let today: string;

const make = async (plural: string, body: object) =>
  (await admin.api<{ id: string }>('POST', `/${plural}`, body)).id;
const costs = async () =>
  (await admin.api<{ items: { id: string; amount: { amount: string } }[] }>('GET', '/cost-entries')).items;

beforeAll(async () => {
  journey = await beginJourney({ setup: true });
  admin = await journey.visit(ADMIN);
  today = Temporal.Now.plainDateISO('Asia/Shanghai').toString();
  customer = await make('customers', { name: '宁波海潮包装' });
  await make('customers', { name: '台州众兴纸业' });
  const visit = await make('visits', { objective: '看产线', customer, date: today });
  await admin.api('POST', `/visits/${visit}/finish`, { minutes: '谈了交期' });
});
afterAll(() => journey?.end());

describe('what customers cost and are worth', () => {
  it('lists what the visit cost, and how profit is reckoned', async () => {
    const { page } = admin;
    await expect.poll(async () => (await costs()).length, { timeout: 60_000 }).toBe(1);
    await page.goto('/profit');
    await expect.poll(() => page.locator('.profit-note').textContent()).toContain('盈利 = 毛利');
    const row = page.locator('.profit-table tbody tr', { hasText: '宁波海潮包装' });
    expect(await row.textContent()).toContain('¥110.00');
    expect(await page.locator('.profit-table thead').textContent()).toContain('盈利');
    expect(await seriousIn(page)).toEqual([]);
    await page.locator('.ant-segmented-item', { hasText: '经手人' }).click();
    await expect.poll(() => page.locator('.profit-note').textContent()).toContain('只看成本');
    await page.locator('.profit-table tbody').getByRole('link', { name: '¥110.00' }).first().click();
    await expect.poll(() => page.getByText('看产线').or(page.getByText('拜访')).count()).toBeGreaterThan(0);
  });

  it('takes a cost by hand and a judgement on the file, and tells how it is reckoned', async () => {
    const { page } = admin;
    await page.goto(`/r/customers/${customer}`);
    const card = page.locator('.value-card');
    await card.getByRole('button', { name: '记成本' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('事由').fill('寄样品');
    await dialog.getByLabel('金额').fill('80');
    await dialog.getByLabel('日期').fill(today);
    await dialog.getByLabel('日期').press('Enter');
    await dialog.getByRole('button', { name: '保存' }).click();
    await expect.poll(() => card.textContent()).toContain('¥190.00');
    await make('value-judgements', {
      customer,
      day: '2026-01-01',
      influence: 4,
      showcase: ['name', 'tour'],
      wordOfMouth: 3,
      reason: '省内同行都看它',
    });
    await page.reload();
    await card.getByText('怎么算的').click();
    await expect.poll(() => card.textContent()).toContain('得分 68%');
    expect(await card.textContent()).toContain('省内同行都看它');
    expect(await seriousIn(page)).toEqual([]);
  });

  it('leads from a cost by rule to the visit that caused it', async () => {
    const { page } = admin;
    const [entry] = (await costs()).filter(({ amount }) => Number(amount.amount) === 110);
    await page.goto(`/r/cost-entries/${entry?.id}`);
    await page.getByRole('link', { name: '看产线' }).first().click();
    await expect.poll(() => page.url()).toContain('/r/visits/');
  });

  it('reckons the costs anew when an administrator changes the rules', async () => {
    const { page } = admin;
    await page.goto('/admin/costs');
    const each = page.getByLabel('拜访 · 每次', { exact: true });
    await each.fill('200');
    await each.blur();
    expect(await seriousIn(page)).toEqual([]);
    await page.getByRole('button', { name: '保存成本规则' }).click();
    await expect
      .poll(async () => (await costs()).map(({ amount }) => Number(amount.amount)).sort((a, b) => a - b), {
        timeout: 60_000,
      })
      .toEqual([80, 260]);
  });

  it('is a list of cards on a phone, and nothing runs out of the screen', async () => {
    const { page } = admin;
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto('/profit');
    const row = page.locator('.profit-table tbody tr', { hasText: '宁波海潮包装' });
    await expect.poll(() => row.textContent()).toContain('¥340.00');
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(wide).toBeLessThanOrEqual(0);
    await page.setViewportSize({ width: 1440, height: 900 });
  });
});
