import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ADMIN, beginJourney, type Journey, type Visit } from './journey.ts';

let journey: Journey;
let admin: Visit;

beforeAll(async () => {
  journey = await beginJourney({ setup: true });
  admin = await journey.visit(ADMIN);
});
afterAll(() => journey?.end());

/** As an accounting program writes it: headers that nobody could guess. */
const FILE = ['F001,F002,F003', 'C-1,杭州海康电子,杭州', 'C-2,宁波天天餐饮,宁波'].join('\r\n');
const LATER = ['F003,F001,F002', '绍兴,C-2,宁波天天餐饮集团', '温州,C-3,温州长城机械', '嘉兴,C-4,'].join(
  '\r\n',
);

const choose = async (name: string, text: string) => {
  await admin.page.goto('/import/new?entity=customer');
  await admin.page
    .locator('.drop-zone input[type=file]')
    .setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
  await expect.poll(() => admin.page.locator('.map-table tbody tr').count()).toBe(3);
};
const becomes = async (header: string, field: string) => {
  const { page } = admin;
  await page.getByLabel(`“${header}”对应字段`).fill(field);
  await page.locator('.ant-select-dropdown:visible').getByText(field, { exact: true }).first().click();
};
const upsertBy = async (field: string) => {
  const { page } = admin;
  await page.getByText('有则更新，无则新建').click();
  await page.getByLabel('按哪一列认人').click();
  await page.locator('.ant-select-dropdown:visible').getByText(field, { exact: true }).click();
};
const names = async () => {
  const { items } = await admin.api<{ items: { title: string; city: string }[] }>(
    'GET',
    '/customers?sort=name',
  );
  return items.map(({ title, city }) => `${title} ${city}`).sort();
};

describe('the list of the accounting program, every month', () => {
  it('the first time its columns are told, and the telling is saved', async () => {
    const { page } = admin;
    await admin.api('POST', '/custom-fields', {
      entity: 'customer',
      label: '财务编码',
      kind: 'text',
      unique: true,
    });
    await choose('财务.csv', FILE);
    await becomes('F001', '财务编码');
    await becomes('F002', '客户名称');
    await becomes('F003', '城市');
    await page.getByRole('button', { name: '保存对应' }).click();
    await page.getByLabel('名称，例如').fill('财务导出');
    await page.locator('.pop').getByRole('button', { name: '保存', exact: true }).click();
    await expect.poll(() => page.locator('.toasts').textContent()).toContain('财务导出');
    await page.getByRole('button', { name: '检查', exact: true }).click();
    await page.getByRole('button', { name: '导入 2 行' }).click();
    await expect.poll(() => page.locator('h2').first().textContent()).toBe('导入完成');
    expect(await names()).toEqual(['宁波天天餐饮 宁波', '杭州海康电子 杭州']);
  });

  it('a month later the saved mapping fits columns in another order, and the code decides who is who', async () => {
    const { page } = admin;
    await choose('财务-12月.csv', LATER);
    await page.getByRole('button', { name: '用保存的对应' }).click();
    await page.getByRole('menuitem', { name: '财务导出' }).click();
    await upsertBy('财务编码');
    await page.getByRole('button', { name: '检查', exact: true }).click();
    await expect.poll(() => page.locator('.outcome.updated').textContent()).toBe('1将更新');
    expect(await page.locator('.outcome.created').textContent()).toBe('1将新建');
    expect(await page.locator('.outcome.failed').textContent()).toBe('1有问题');
    await page.getByRole('button', { name: '导入 2 行' }).click();
    await expect.poll(() => page.locator('h2').first().textContent()).toBe('导入完成');
    expect(await names()).toEqual(['宁波天天餐饮集团 绍兴', '杭州海康电子 杭州', '温州长城机械 温州']);
  });

  it('the failed row comes back with its reason, is mended and imported', async () => {
    const { page } = admin;
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByText('下载失败的 1 行').click(),
    ]);
    const path = await download.path();
    const file = await readFile(path, 'utf8');
    expect(file).toContain('C-4');
    const [head, row] = file.replace('\uFEFF', '').trim().split('\r\n') as [string, string];
    await admin.page.goto('/import/new?entity=customer');
    await page.locator('.drop-zone input[type=file]').setInputFiles({
      name: download.suggestedFilename(),
      mimeType: 'text/csv',
      buffer: Buffer.from(`${head}\r\n${row.replace('C-4,', 'C-4,嘉兴南湖纸业')}`),
    });
    await page.getByRole('button', { name: '用保存的对应' }).click();
    await page.getByRole('menuitem', { name: '财务导出' }).click();
    await upsertBy('财务编码');
    await page.getByRole('button', { name: '检查', exact: true }).click();
    await page.getByRole('button', { name: '导入 1 行' }).click();
    await expect.poll(() => page.locator('h2').first().textContent()).toBe('导入完成');
    expect(await names()).toContain('嘉兴南湖纸业 嘉兴');
  });
});
