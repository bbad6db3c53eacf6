import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ADMIN, beginJourney, confirmDialog, type Journey, type Visit } from './journey.ts';

let journey: Journey;
let admin: Visit;

const NAMES = [
  '杭州海康电子有限公司',
  '宁波天天餐饮有限公司',
  '杭州智慧城物流有限公司',
  '宁波长城机械有限公司',
];

beforeAll(async () => {
  journey = await beginJourney({ setup: true });
  admin = await journey.visit(ADMIN);
  for (const name of NAMES)
    await admin.api('POST', '/customers', { name, city: name.slice(0, 2), phone: '0571-88001234' });
  await admin.api('POST', '/tags', { name: '重点' });
});
afterAll(() => journey?.end());

const row = (name: string) => admin.page.locator('.grid-body .grid-row', { hasText: name });
const rows = () => admin.page.locator('.grid-body .grid-row');

describe('the list of customers', () => {
  it('is searched by pinyin initials and filtered by a condition that is shown as a chip', async () => {
    const { page } = admin;
    await page.goto('/r/customers');
    await expect.poll(() => rows().count()).toBe(4);
    await page.getByLabel('搜索客户').fill('hzhk');
    await expect.poll(() => rows().allTextContents()).toEqual([expect.stringContaining('海康')]);
    await page.getByText('清空筛选').click();
    await page.getByText('＋ 条件').click();
    await page.locator('.pop .ant-select').first().click();
    await page.keyboard.type('城市');
    await page.keyboard.press('Enter');
    await page.locator('.pop .term-value .ant-select').click();
    await page.keyboard.type('宁波');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.getByRole('button', { name: '应用' }).click();
    await expect.poll(() => rows().count()).toBe(2);
    await expect.poll(() => page.locator('.chip').textContent()).toContain('宁波');
    await expect.poll(() => page.locator('.list-total').textContent()).toBe('共 2');
  });

  it('keeps what is shown as a view', async () => {
    const { page } = admin;
    await page.getByText('＋ 保存视图').click();
    await page.getByLabel('名称').fill('宁波客户');
    await confirmDialog(page);
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    const chosen = (name: string) => page.getByRole('tab', { name, selected: true }).count();
    await expect.poll(() => chosen('宁波客户')).toBe(1);
    await page.getByRole('tab', { name: '全部客户' }).click();
    await expect.poll(() => chosen('全部客户')).toBe(1);
    await expect.poll(() => rows().count()).toBe(4);
    await page.getByRole('tab', { name: '宁波客户' }).click();
    await expect.poll(() => chosen('宁波客户')).toBe(1);
    await expect.poll(() => rows().count()).toBe(2);
    await page.getByRole('tab', { name: '全部客户' }).click();
    await expect.poll(() => chosen('全部客户')).toBe(1);
  });

  it('edits a value in its cell', async () => {
    const { page } = admin;
    await row('海康').locator('.grid-cell').nth(2).dblclick();
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('0571-99990000');
    await page.keyboard.press('Enter');
    await expect.poll(() => row('海康').textContent()).toContain('0571-99990000');
    // The screen shows the new value before the server has it.
    const stored = async () =>
      (await admin.api<{ items: { phone: string }[] }>('GET', '/customers?q=hzhk')).items[0]?.phone;
    await expect.poll(stored).toBe('0571-99990000');
  });

  it('tags many at once and takes it back', async () => {
    const { page } = admin;
    await row('海康').getByRole('checkbox').click();
    await row('天天').getByRole('checkbox').click();
    await expect.poll(() => page.locator('.selection-bar').textContent()).toContain('已选 2');
    await page.getByRole('button', { name: '打标签' }).click();
    await page.getByLabel('加上').fill('重点');
    await page.locator('.ant-select-item-option', { hasText: '重点' }).click();
    await page.locator('.ant-modal-title').click();
    await confirmDialog(page);
    await expect.poll(() => rows().filter({ hasText: '重点' }).count()).toBe(2);
    await page.locator('.toast').getByRole('button', { name: '撤销' }).last().click();
    await expect.poll(() => rows().filter({ hasText: '重点' }).count()).toBe(0);
  });

  it('changes a field of many at once, not before it is chosen, and takes it back', async () => {
    const { page } = admin;
    await row('海康').getByRole('checkbox').click();
    await row('天天').getByRole('checkbox').click();
    await expect.poll(() => page.locator('.selection-bar').textContent()).toContain('已选 2');
    await page.getByRole('button', { name: '批量修改' }).click();
    const dialog = page.getByRole('dialog');
    const go = dialog.getByRole('button', { name: '修改 2 条' });
    await expect.poll(() => go.isDisabled()).toBe(true);
    await dialog.getByRole('combobox', { name: '字段' }).click();
    await page.keyboard.type('备注');
    await page.keyboard.press('Enter');
    await dialog.locator('.term-value').getByRole('textbox').fill('年底回访');
    await go.click();
    await dialog.waitFor({ state: 'hidden' });
    const remarks = async () =>
      (await admin.api<{ items: { remark: string | null }[] }>('GET', '/customers?limit=10')).items
        .map(({ remark }) => remark)
        .filter(Boolean);
    await expect.poll(remarks).toEqual(['年底回访', '年底回访']);
    await page.locator('.toast').getByRole('button', { name: '撤销' }).last().click();
    await expect.poll(remarks).toEqual([]);
  });

  it('moves a deleted record to the recycle bin and back', async () => {
    const { page } = admin;
    await row('长城').getByRole('checkbox').click();
    await page.locator('.selection-bar').getByRole('button', { name: '删除' }).click();
    await page.getByRole('button', { name: '删除 1 条' }).click();
    await expect.poll(() => rows().count()).toBe(3);
    await page.goto('/r/customers?bin=true');
    await row('长城').getByRole('checkbox').click();
    await page.getByRole('button', { name: '恢复' }).click();
    await expect.poll(() => rows().count()).toBe(0);
    await page.goto('/r/customers');
    await expect.poll(() => rows().count()).toBe(4);
  });

  it('is walked by keyboard', async () => {
    const { page } = admin;
    await page.goto('/r/customers?sort=name');
    await expect.poll(() => rows().count()).toBe(4);
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('x');
    await expect.poll(() => page.locator('.selection-bar').textContent()).toContain('已选 1');
    await page.keyboard.press('Escape');
    const second = await rows().nth(1).locator('.title-link').textContent();
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('h1').textContent()).toBe(second);
    await page.keyboard.press('k');
    await expect.poll(() => page.locator('h1').textContent()).not.toBe(second);
  });

  it('a stale save shows both versions and keeps what is chosen', async () => {
    const { page } = admin;
    await page.goto('/r/customers?q=hzhk');
    await expect.poll(() => rows().count()).toBe(1);
    const { items } = await admin.api<{ items: { id: string; version: number }[] }>(
      'GET',
      '/customers?q=hzhk',
    );
    const record = items[0] as { id: string; version: number };
    await page.goto(`/r/customers/${record.id}/edit`);
    await page.getByLabel('地址', { exact: true }).fill('物联网街 518 号');
    const other = await journey.visit(ADMIN);
    await other.context.request.patch(`${journey.url}/api/v1/customers/${record.id}`, {
      headers: { 'x-guanxi': '1', 'if-match': `"${record.version}"`, origin: journey.url },
      data: { address: '江南大道 1 号' },
    });
    await other.context.close();
    await page.getByRole('button', { name: '保存' }).click();
    const dialog = page.getByRole('dialog');
    await expect.poll(() => dialog.textContent()).toContain('江南大道 1 号');
    expect(await dialog.textContent()).toContain('物联网街 518 号');
    await page.getByRole('button', { name: '按选择保存' }).click();
    await expect.poll(() => page.locator('.facts').textContent()).toContain('物联网街 518 号');
  });
});
