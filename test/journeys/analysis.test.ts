import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seriousIn } from './axe.ts';
import { ADMIN, beginJourney, type Journey, type Visit } from './journey.ts';

let journey: Journey;
let admin: Visit;

/** Two deals in 杭州, one in 宁波. */
beforeAll(async () => {
  journey = await beginJourney({ setup: true });
  admin = await journey.visit(ADMIN);
  for (const [name, city, amount] of [
    ['云台机械有限公司', '杭州', '120000'],
    ['天目餐饮有限公司', '杭州', '30000'],
    ['海潮包装有限公司', '宁波', '50000'],
  ] as const) {
    const { id } = await admin.api<{ id: string }>('POST', '/customers', { name, city });
    await admin.api('POST', '/opportunities', {
      customer: id,
      name: `${name}的生意`,
      amount: { amount, currency: 'CNY' },
    });
  }
});
afterAll(() => journey?.end());

const add = async (field: string, well: string) => {
  const { page } = admin;
  await page.getByRole('textbox', { name: '找字段' }).fill(field);
  await page
    .getByRole('button', { name: `加入“${field}”` })
    .first()
    .click();
  await page.getByRole('menuitem', { name: well }).click();
};
const row = (name: string) => admin.page.getByRole('row', { name: new RegExp(name) });

describe('a report', () => {
  it('is built from fields, and says at once what they say', async () => {
    const { page } = admin;
    await page.goto('/analysis');
    await page.getByRole('link', { name: '新建报表' }).click();
    await add('城市', '放到行');
    await add('金额', '放到数值');
    await expect.poll(() => row('杭州').allTextContents()).toEqual(['杭州2¥150,000.00']);
    await expect.poll(() => row('^合计').allTextContents()).toEqual(['合计3¥200,000.00']);
    expect(await seriousIn(page)).toEqual([]);
  });

  it('is kept under a name', async () => {
    const { page } = admin;
    await page.getByRole('textbox', { name: '报表名称' }).fill('各城市的商机');
    await page.getByRole('button', { name: '保存' }).click();
    await expect.poll(() => page.getByRole('heading', { level: 1 }).textContent()).toBe('各城市的商机');
  });

  it('leads from a number to its records', async () => {
    const { page } = admin;
    await row('杭州').getByRole('link', { name: '2', exact: true }).click();
    await expect.poll(() => page.url()).toContain('/r/opportunities');
    await expect.poll(() => page.getByText('云台机械有限公司的生意').count()).toBeGreaterThan(0);
    expect(await page.getByText('海潮包装有限公司的生意').count()).toBe(0);
  });
});

describe('a dashboard', () => {
  it('shows reports that were put there, with their age', async () => {
    const { page } = admin;
    await page.goto('/dashboards');
    await page.getByRole('button', { name: '新建仪表盘' }).click();
    const tile = (name: string) => page.getByRole('region', { name }).first();
    for (const name of ['各城市的商机', '销售漏斗']) {
      await page.getByRole('button', { name: '加报表' }).first().click();
      await page
        .getByRole('dialog')
        .getByRole('button', { name: new RegExp(name) })
        .click();
      await expect.poll(() => tile(name).count()).toBe(1);
    }
    await page.getByRole('button', { name: '前移“销售漏斗”' }).click();
    await page.getByRole('button', { name: '保存' }).click();
    const names = () => page.getByRole('heading', { level: 2 }).allTextContents();
    await expect.poll(names).toEqual(['销售漏斗', '各城市的商机']);
    await expect.poll(() => tile('各城市的商机').textContent()).toContain('刚刚算的');
    await page.getByRole('button', { name: '调整' }).click();
    const heads = { sourcePosition: { x: 40, y: 12 }, targetPosition: { x: 40, y: 60 } };
    await tile('各城市的商机').dragTo(tile('销售漏斗'), heads);
    await expect.poll(names).toEqual(['各城市的商机', '销售漏斗']);
    await page.getByRole('button', { name: '取消' }).click();
    await expect.poll(names).toEqual(['销售漏斗', '各城市的商机']);
    expect(await seriousIn(page)).toEqual([]);
  });
});
