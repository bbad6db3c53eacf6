import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ADMIN, beginJourney, confirmDialog, type Journey, type Visit } from './journey.ts';

let journey: Journey;
let admin: Visit;

beforeAll(async () => {
  journey = await beginJourney({ setup: true });
  admin = await journey.visit(ADMIN);
});
afterAll(() => journey?.end());

const FILE = [
  '客户名称,联系电话,城市,备注',
  '杭州海康电子股份有限公司,0571-88001234,杭州,老客户',
  '宁波天天餐饮管理有限公司,13800001237,宁波,',
  ',13800001238,宁波,没有名称',
].join('\r\n');

const choose = (name: string, text: string) =>
  admin.page
    .locator('.drop-zone input[type=file]')
    .setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });

describe('the import guide', () => {
  it('matches the columns, checks without writing, and says what will happen', async () => {
    const { page } = admin;
    await page.goto('/import/new?entity=customer');
    await choose('客户.csv', FILE);
    await expect.poll(() => page.locator('.map-table tbody tr').count()).toBe(4);
    await expect.poll(() => page.locator('.map-table').textContent()).toContain('客户名称');
    await page.getByRole('button', { name: '检查', exact: true }).click();
    await expect.poll(() => page.locator('.outcome.created').textContent()).toBe('2将新建');
    expect(await page.locator('.outcome.failed').textContent()).toBe('1有问题');
    const { items } = await admin.api<{ items: unknown[] }>('GET', '/customers');
    expect(items).toEqual([]);
  });

  it('imports, offers the failed rows, and the records are there', async () => {
    const { page } = admin;
    await page.getByRole('button', { name: '导入 2 行' }).click();
    await expect.poll(() => page.locator('h2').first().textContent()).toBe('导入完成');
    await expect.poll(() => page.getByText('下载失败的 1 行').count()).toBe(1);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByText('下载失败的 1 行').click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/\.(csv|xlsx)$/);
    await page.getByRole('link', { name: '查看客户' }).click();
    await expect.poll(() => page.locator('.grid-body .grid-row').count()).toBe(2);
  });

  it('the same file again creates nothing twice', async () => {
    const { page } = admin;
    await page.goto('/import/new?entity=customer');
    await choose('客户.csv', FILE);
    await page.getByRole('button', { name: '检查', exact: true }).click();
    await expect.poll(() => page.locator('.outcome.skipped').textContent()).toBe('2将跳过');
  });

  it('the whole import is undone from its history', async () => {
    const { page } = admin;
    await page.goto('/import');
    await page.locator('tbody tr', { hasText: '完成' }).getByRole('link').click();
    await page.getByRole('button', { name: '撤销这次导入' }).click();
    await confirmDialog(page);
    await expect.poll(() => page.locator('h2').first().textContent()).toContain('已撤销');
    await expect.poll(() => page.locator('.outcome-rows tbody tr').count()).toBeGreaterThan(0);
    // What is gone cannot be opened.
    expect(await page.locator('.outcome-rows a').count()).toBe(0);
    const { items } = await admin.api<{ items: unknown[] }>('GET', '/customers');
    expect(items).toEqual([]);
  });

  it('says which departments come along, and takes amounts in the currency chosen', async () => {
    const { page } = admin;
    await page.goto('/import/new?entity=user');
    await choose('同事.csv', '姓名,部门\r\n周敏,华东区\r\n吴刚,华北区');
    await page.getByRole('button', { name: '检查', exact: true }).click();
    await expect
      .poll(() => page.locator('main').textContent())
      .toContain('部门还会新建 2 个：华东区、华北区');
    await page.goto('/import/new?entity=customer');
    await choose('外商.csv', '客户名称,年营业额\r\n海外一号,1200');
    await page.getByLabel('金额的币种').click();
    await page.locator('.ant-select-item-option', { hasText: 'USD' }).click();
    await page.getByRole('button', { name: '检查', exact: true }).click();
    await expect.poll(() => page.locator('main').textContent()).toContain('USD 没有汇率：1 行');
    await page.getByRole('button', { name: '导入 1 行' }).click();
    await expect.poll(() => page.locator('h2').first().textContent()).toBe('导入完成');
    const { items } = await admin.api<{ items: { annualRevenue: unknown }[] }>('GET', '/customers');
    expect(items.map(({ annualRevenue }) => annualRevenue)).toEqual([{ amount: '1200.00', currency: 'USD' }]);
  });

  it('shows for which record a name is taken that is written otherwise', async () => {
    const { page } = admin;
    await page.goto('/import/new?entity=customer');
    await choose('子公司.csv', '客户名称,上级公司\r\n海外二号,海外 一号\r\n海外三号,海外 一号');
    await page.getByRole('button', { name: '检查', exact: true }).click();
    const matched = page.getByRole('region', { name: '写法不同的名称' });
    await expect.poll(() => matched.textContent()).toContain('海外 一号 → 海外一号 2 行');
  });

  it('a file that is none is refused in plain words', async () => {
    const { page } = admin;
    await page.goto('/import/new?entity=customer');
    await choose('空.csv', '');
    await expect.poll(() => page.getByRole('alert').textContent()).toMatch(/\p{Script=Han}/u);
  });
});
