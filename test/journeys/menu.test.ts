import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { seriousIn } from './axe.ts';
import { ADMIN, beginJourney, type Journey } from './journey.ts';

let journey: Journey;
let page: Page;

beforeAll(async () => {
  journey = await beginJourney({ setup: true });
  ({ page } = await journey.visit(ADMIN));
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('/today');
});
afterAll(() => journey?.end());

const sheet = () => page.getByRole('dialog', { name: '菜单' });
const button = () => page.locator('.dock').getByRole('button', { name: '菜单' });

it('the phone reaches every page of the menu in a sheet', async () => {
  await button().click();
  await sheet().getByRole('heading', { name: '工作' }).waitFor();
  for (const name of ['客户', '日历', '通知', '我的', '设置'])
    expect(await sheet().getByText(name, { exact: true }).count(), name).toBe(1);
  expect(await seriousIn(page)).toEqual([]);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(wide).toBeLessThanOrEqual(0);
  await sheet().getByText('日历', { exact: true }).click();
  await expect.poll(() => new URL(page.url()).pathname).toBe('/calendar');
  await expect.poll(() => sheet().count()).toBe(0);
});

it('finds a page by its name, by the keyboard alone, and gives the focus back', async () => {
  await button().press('Enter');
  const search = sheet().getByRole('searchbox', { name: '在菜单里找' });
  await search.fill('联系');
  await expect.poll(() => sheet().getByText('日历', { exact: true }).count()).toBe(0);
  expect(await sheet().getByText('联系人', { exact: true }).count()).toBe(1);
  expect(await seriousIn(page)).toEqual([]);
  await search.fill('没有这一页');
  await expect.poll(() => sheet().getByRole('status').textContent()).toBe('没有找到');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect.poll(() => sheet().count()).toBe(0);
  expect(await button().evaluate((element) => element === document.activeElement)).toBe(true);
});

it('a link is read out by its word alone, not by the name of its icon', async () => {
  const link = (within: string, name: string) =>
    page.locator(within).getByRole('link', { name, exact: true });
  await expect.poll(() => link('.dock', '客户').count()).toBe(1);
  await page.setViewportSize({ width: 1440, height: 900 });
  await expect.poll(() => link('.nav', '日历').count()).toBe(1);
  expect(await link('.nav', '客户').count()).toBe(1);
  expect(await seriousIn(page)).toEqual([]);
});
