import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ADMIN, beginJourney, confirmDialog, type Journey, type Visit } from './journey.ts';

let journey: Journey;
let admin: Visit;

beforeAll(async () => {
  journey = await beginJourney({ setup: true });
  admin = await journey.visit(ADMIN);
});
afterAll(() => journey?.end());

describe('an administrator’s own field', () => {
  it('is made with its options', async () => {
    const { page } = admin;
    await page.goto('/admin/fields');
    await page.getByRole('button', { name: '新增字段' }).click();
    await page.getByLabel('中文名称').fill('客户等级');
    await page.getByLabel('英文名称').fill('Grade');
    await page.getByLabel('类型', { exact: true }).click();
    await page.locator('.ant-select-item-option', { hasText: '单选' }).click();
    await page.getByLabel('选项').fill('A 级 | A\nB 级 | B');
    await page.getByText('出现在快速新建里').click();
    await confirmDialog(page);
    await expect.poll(() => page.locator('.admin-list').first().textContent()).toContain('客户等级');
  });

  it('is at once in the form, the file, the list and the filter', async () => {
    const { page } = admin;
    await page.goto('/r/customers');
    await page.locator('.head').getByRole('button', { name: '新建客户' }).click();
    await page.getByLabel('客户名称').fill('宁波长城机械');
    await page.getByLabel('客户等级').click();
    await page.locator('.ant-select-item-option', { hasText: 'A 级' }).click();
    await confirmDialog(page);
    await expect.poll(() => page.locator('h1').textContent()).toBe('宁波长城机械');
    await expect.poll(() => page.locator('.facts').textContent()).toContain('A 级');
    await page.goto('/r/customers');
    await page.getByRole('button', { name: '列', exact: true }).click();
    await page.locator('.columns-pop').getByText('客户等级').click();
    await page.keyboard.press('Escape');
    await expect.poll(() => page.locator('.grid-body .grid-row').first().textContent()).toContain('A 级');
    await page.getByText('＋ 条件').click();
    await page.locator('.pop .ant-select').first().click();
    await page.keyboard.type('客户等级');
    await page.keyboard.press('Enter');
    await page.locator('.pop .term-value .ant-select').click();
    await page.locator('.ant-select-item-option', { hasText: 'B 级' }).last().click();
    await page.getByRole('button', { name: '应用' }).click();
    await expect.poll(() => page.locator('.empty-page').textContent()).toContain('没有符合条件的客户');
  });
});

describe('an administrator’s own record type', () => {
  it('is made and stands in the menu without a restart', async () => {
    const { page } = admin;
    await page.goto('/admin/types');
    await page.locator('.head').getByRole('button', { name: '新建记录类型' }).click();
    await page.getByLabel('中文名称').fill('车辆');
    await page.getByRole('radio', { name: '汽车' }).click();
    await page.getByLabel('编号前缀').fill('cl');
    await confirmDialog(page);
    await expect.poll(() => page.locator('.nav').textContent()).toContain('车辆');
  });

  it('works like a built-in one: create, list, find', async () => {
    const { page } = admin;
    await page.locator('.nav').getByRole('link', { name: '车辆' }).click();
    await expect.poll(() => page.locator('.empty-page').textContent()).toContain('还没有车辆');
    await page.locator('.head').getByRole('button', { name: '新建车辆' }).click();
    await page.locator('.record-form input').first().fill('浙A12345');
    await confirmDialog(page);
    await expect.poll(() => page.locator('h1').textContent()).toBe('浙A12345');
    await page.locator('.nav').getByRole('link', { name: '车辆' }).click();
    await expect.poll(() => page.locator('.grid-body .grid-row').count()).toBe(1);
    await expect.poll(() => page.locator('.grid-body').textContent()).toMatch(/CL-\d{4}-000001/);
  });
});
