import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ADMIN, beginJourney, confirmDialog, type Journey, type Visit } from './journey.ts';

let journey: Journey;
let visit: Visit;

beforeAll(async () => {
  journey = await beginJourney({ setup: false });
  visit = await journey.visit();
});
afterAll(() => journey?.end());

const heading = () => visit.page.locator('h1').first().textContent();

describe('the first day', () => {
  it('leads through company and administrator, and refuses a weak password beside the field', async () => {
    const { page } = visit;
    await page.goto('/');
    await page.getByLabel('公司名称').fill(ADMIN.company);
    await page.getByLabel('姓名').fill(ADMIN.name);
    await page.getByLabel('邮箱').fill(ADMIN.email);
    await page.getByLabel('密码').fill('12345678');
    await page.getByRole('button', { name: '建立公司' }).click();
    await expect.poll(() => page.locator('.entry-field.invalid').count()).toBe(1);
    await page.getByLabel('密码').fill(ADMIN.password);
    await page.getByRole('button', { name: '建立公司' }).click();
    await expect.poll(heading).toBe('准备好了');
    await expect
      .poll(() => page.locator('.choices h2').allTextContents())
      .toEqual(['导入我的文件', '先看示例', '从空白开始']);
  });

  it('an empty list offers the first step', async () => {
    const { page } = visit;
    await page.getByRole('button', { name: '直接进入' }).click();
    await page.goto('/r/customers');
    await expect.poll(() => page.locator('.empty-page').textContent()).toContain('还没有客户');
    await page.locator('.empty-page').getByRole('button', { name: '新建客户' }).click();
    await confirmDialog(page);
    await expect.poll(() => page.locator('.field-error').textContent()).toContain('请填写客户名称');
    await page.getByLabel('客户名称').fill('杭州海康电子股份有限公司');
    await page.getByLabel('电话', { exact: true }).fill('0571-88001234');
    await confirmDialog(page);
    await expect.poll(heading).toBe('杭州海康电子股份有限公司');
  });

  it('a person is added on the customer’s page', async () => {
    const { page } = visit;
    await page.getByRole('button', { name: '＋ 加人' }).click();
    await page.getByRole('dialog').getByLabel('姓名').fill('陈芳');
    await confirmDialog(page);
    await expect.poll(() => page.locator('.people').first().textContent()).toContain('陈芳');
  });

  it('a follow-up with a person, a file and a next date stands in the timeline and makes a task', async () => {
    const { page } = visit;
    await page.locator('.follow-kinds').getByText('拜访').click();
    await page.getByLabel('内容', { exact: true }).fill('弄清了付款流程');
    await page.locator('.follow-up').getByLabel('和谁').click();
    await page.locator('.ant-select-item-option', { hasText: '陈芳' }).click();
    await page.getByLabel('下次跟进').fill('2030-01-02');
    await page.keyboard.press('Enter');
    await page.getByLabel('下一步做什么').fill('送第二版报价');
    await page
      .locator('.follow-up input[type=file]')
      .last()
      .setInputFiles({ name: '报价.txt', mimeType: 'text/plain', buffer: Buffer.from('第二版') });
    await page.getByRole('button', { name: '记下' }).click();
    const entry = page.locator('.timeline li', { hasText: '弄清了付款流程' }).first();
    await expect.poll(() => entry.textContent()).toContain('陈芳');
    await expect.poll(() => entry.textContent()).toContain('报价.txt');
    await expect.poll(() => page.locator('.open-tasks').textContent()).toContain('送第二版报价');
    await page.locator('.open-tasks').getByRole('checkbox').click();
    await expect.poll(() => page.locator('.open-tasks').textContent()).toContain('没有待办');
  });

  it('a fact is changed where it stands, and the change is on record', async () => {
    const { page } = visit;
    await page.getByRole('button', { name: '编辑电话' }).click();
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('0571-99990000');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('.facts').textContent()).toContain('0571-99990000');
    await page.getByRole('tab', { name: '变更' }).click();
    await expect
      .poll(() => page.locator('.change-list').textContent())
      .toContain('0571-88001234 → 0571-99990000');
  });

  it('Ctrl-K finds by initials, marks what matched, and opens with Enter', async () => {
    const { page } = visit;
    await page.goto('/r/products');
    await expect.poll(heading).toBe('产品');
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: '查找' }).fill('海康');
    await expect.poll(() => page.locator('.palette mark').first().textContent()).toBe('海康');
    await page.getByRole('combobox', { name: '查找' }).fill('hzhk');
    await expect.poll(() => page.locator('.palette [role=option]').count()).toBe(1);
    await page.keyboard.press('Enter');
    await expect.poll(heading).toBe('杭州海康电子股份有限公司');
  });

  it('what is typed into a form survives a closed page', async () => {
    const { page } = visit;
    await page.goto('/r/customers/new');
    await page.getByLabel('客户名称').fill('宁波天天餐饮');
    await page.waitForFunction(() => Object.keys(localStorage).some((key) => key.endsWith('customer.new')));
    await page.goto('/r/customers');
    await page.goto('/r/customers/new');
    await expect.poll(() => page.getByLabel('客户名称').inputValue()).toBe('宁波天天餐饮');
    await page.getByRole('button', { name: '不要了' }).click();
    await expect.poll(() => page.getByLabel('客户名称').inputValue()).toBe('');
  });

  it('what others do appears without reloading', async () => {
    const { page } = visit;
    await page.goto('/r/customers');
    await expect.poll(() => page.locator('.grid-row').count()).toBeGreaterThan(1);
    const { items } = await visit.api<{ items: { id: string; version: number }[] }>('GET', '/customers');
    const record = items[0] as { id: string; version: number };
    const other = await journey.visit(ADMIN);
    await other.context.request.patch(`${journey.url}/api/v1/customers/${record.id}`, {
      headers: { 'x-guanxi': '1', 'if-match': `"${record.version}"`, origin: journey.url },
      data: { phone: '13800001200' },
    });
    await other.context.close();
    await expect.poll(() => page.locator('.grid-body').textContent()).toContain('13800001200');
  });

  it('English is complete: the same page in the other language', async () => {
    const { page } = visit;
    await page.getByRole('button', { name: '林晓 的菜单' }).click();
    await page.getByRole('menuitemradio', { name: 'English' }).click();
    await expect.poll(heading).toBe('Customers');
    await expect.poll(() => page.locator('.nav').textContent()).not.toMatch(/[客联任]/);
    await expect.poll(() => page.locator('.grid-head').textContent()).not.toMatch(/\p{Script=Han}/u);
  });
});
