import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ADMIN, beginJourney, confirmDialog, type Journey, type Visit } from './journey.ts';
import { scrollThrough } from './scroll.ts';

/** Several times what is done while one waits, and dozens of screens: what holds here holds for more; see the bench. */
const COUNT = 3_400;
const LOADED = 3_300;

let journey: Journey;
let admin: Visit;

beforeAll(async () => {
  journey = await beginJourney({ setup: true });
  admin = await journey.visit(ADMIN);
  const lines = Array.from({ length: COUNT }, (_, at) => `滚动${at}号有限公司,${at % 2 ? '杭州' : '宁波'}`);
  const { page } = admin;
  await page.goto('/import/new?entity=customer');
  await page.locator('.drop-zone input[type=file]').setInputFiles({
    name: '很多.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(['客户名称,城市', ...lines].join('\r\n')),
  });
  await page.getByRole('button', { name: '检查', exact: true }).click();
  await page.getByRole('button', { name: /^导入 / }).click({ timeout: 60_000 });
  await page.getByRole('heading', { name: '导入完成' }).waitFor({ timeout: 120_000 });
}, 240_000);
afterAll(() => journey?.end());

const tray = () => admin.page.locator('.mass-tray');

describe('a list of thousands of loaded rows', () => {
  it('holds only the rows in sight, and answers at both ends', async () => {
    const { page } = admin;
    await page.goto('/r/customers');
    const { loaded, mostRows } = await scrollThrough(page, LOADED);
    expect(loaded).toBeGreaterThanOrEqual(LOADED);
    expect(mostRows).toBeLessThan(80);
    const shown = () =>
      page.locator('.grid-body .grid-row').evaluateAll((all) => all.map((row) => Number(row.ariaRowIndex)));
    const scrollTo = (share: number) =>
      page.locator('.grid').evaluate((grid, at) => {
        grid.scrollTop = grid.scrollHeight * at;
      }, share);
    await scrollTo(0);
    await expect.poll(async () => (await shown()).includes(2)).toBe(true);
    await scrollTo(0.5);
    await expect.poll(async () => Math.min(...(await shown()))).toBeGreaterThan(LOADED / 3);
    const first = page.locator('.grid-body .grid-row').nth(20);
    await first.locator('.row-check').check();
    expect(await first.getAttribute('aria-selected')).toBe('true');
    await page.keyboard.press('Escape');
  }, 180_000);
});

describe('an action on more records than one waits for', () => {
  it('goes on in the tray while one works elsewhere, and is taken back from there', async () => {
    const { page } = admin;
    await page.goto('/r/customers');
    await page.locator('.grid-row').first().waitFor();
    await page.getByRole('checkbox', { name: '全选已加载的' }).check();
    await page.locator('.selection-bar .link').first().click();
    await page.getByRole('button', { name: '删除' }).click();
    await confirmDialog(page);
    await tray().getByText('批量删除').waitFor();
    await page.getByRole('link', { name: '联系人' }).first().click();
    await expect.poll(() => tray().textContent(), { timeout: 90_000 }).toMatch(/3,?400 条已移到回收站/);
    expect(page.url()).toContain('/contacts');
    await tray().getByRole('button', { name: '撤销' }).click();
    await expect.poll(() => tray().textContent(), { timeout: 90_000 }).toMatch(/已恢复 3,?400 条/);
    const { total } = await admin.api<{ total: number }>('GET', '/customers?count=true&limit=1');
    expect(total).toBe(COUNT);
  }, 240_000);
});
