import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ADMIN, beginJourney, confirmDialog, type Journey, type Visit } from './journey.ts';

let journey: Journey;
let admin: Visit;
let seller: Visit;
let sellerId: string;
const customers: Record<string, string> = {};

const PASSWORD = 'Waiqin-2026!';
const ids = async (visit: Visit, path: string) =>
  (await visit.api<{ items: { id: string; title: string }[] }>('GET', path)).items.map((item) => item.title);

beforeAll(async () => {
  journey = await beginJourney({ setup: true });
  admin = await journey.visit(ADMIN);
  const { id: east } = await admin.api<{ id: string }>('POST', '/departments', { name: '华东部' });
  await admin.api('POST', '/departments', { name: '华南部' });
  const own = { read: 'self', update: 'self', create: 'self' };
  const { id: role } = await admin.api<{ id: string }>('POST', '/roles', {
    name: '外勤',
    permissions: { entities: { customer: { actions: own } } },
  });
  ({ id: sellerId } = await admin.api<{ id: string }>('POST', '/users', {
    name: '赵磊',
    email: 'zhao@example.cn',
    department: east,
    roles: [role],
  }));
  for (const [name, owner] of [
    ['杭州海康电子', sellerId],
    ['宁波天天餐饮', null],
  ] as const) {
    const made = await admin.api<{ id: string }>('POST', '/customers', { name, ...(owner ? { owner } : {}) });
    customers[name] = made.id;
  }
  const { link } = await admin.api<{ link: string }>('POST', `/users/${sellerId}/invite`, {});
  seller = await journey.visit();
  await seller.page.goto(new URL(link).pathname);
  await seller.page.getByLabel('密码').fill(PASSWORD);
  await seller.page.getByRole('button', { name: '设置密码并进入' }).click();
  await seller.page.waitForURL('**/today');
});
afterAll(() => journey?.end());

describe('sharing one customer', () => {
  it('with a colleague, to read, until a day', async () => {
    const { page } = admin;
    await page.goto(`/r/customers/${customers.宁波天天餐饮}`);
    await page.getByRole('button', { name: '更多' }).click();
    await page.getByRole('menuitem', { name: '共享…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('共享给谁').fill('赵磊');
    await page.locator('.ant-select-item-option', { hasText: '赵磊' }).click();
    await dialog.getByLabel('到期时间').fill('2099-12-31 18:00');
    await page.keyboard.press('Enter');
    await dialog.getByRole('button', { name: '共享', exact: true }).click();
    await expect.poll(() => dialog.locator('.plain-list').textContent()).toMatch(/赵磊.*只能看.*2099/s);
  });

  it('lets him see it and nothing else, without changing it', async () => {
    const { page } = seller;
    await page.goto('/r/customers');
    await expect.poll(() => page.locator('.grid-body .grid-row').count()).toBe(2);
    await page.getByRole('link', { name: '宁波天天餐饮' }).click();
    await expect.poll(() => page.locator('h1').textContent()).toBe('宁波天天餐饮');
    expect(await page.getByRole('link', { name: '编辑' }).count()).toBe(0);
  });

  it('ends at once when taken back', async () => {
    await admin.page.getByRole('button', { name: '取消共享' }).click();
    await expect.poll(() => admin.page.getByText('还没有单独共享给谁').count()).toBe(1);
    await seller.page.goto('/r/customers');
    await expect.poll(() => seller.page.locator('.grid-body .grid-row').count()).toBe(1);
  });
});

describe('moving a person to another department', () => {
  it('asks whether the customers come along, and takes them', async () => {
    const { page } = admin;
    await page.goto('/admin/users');
    await page.getByRole('button', { name: '赵磊 的操作' }).click();
    await page.getByRole('menuitem', { name: '调动部门' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.locator('#move-department').fill('华南');
    await page.locator('.ant-select-item-option', { hasText: '华南部' }).click();
    expect(await page.locator('.ant-modal-footer .ant-btn-primary').isDisabled()).toBe(true);
    await dialog.getByText('客户跟着走').click();
    await confirmDialog(page);
    await expect.poll(() => page.locator('.toasts').textContent()).toContain('赵磊 已调到华南部');
    const customer = await admin.api<{ department: { title: string } }>(
      'GET',
      `/customers/${customers.杭州海康电子}`,
    );
    expect(customer.department.title).toBe('华南部');
  });
});

describe('the recycle bin', () => {
  it('gets what was deleted, and erases it for good when told the count', async () => {
    const { page } = admin;
    await admin.api('DELETE', `/customers/${customers.宁波天天餐饮}`);
    await page.goto('/r/customers?bin=true');
    await expect.poll(() => page.locator('.grid-body .grid-row').count()).toBe(1);
    await page.getByLabel('选中 宁波天天餐饮').check();
    await page.getByRole('button', { name: '彻底删除' }).click();
    await expect.poll(() => page.getByRole('dialog').textContent()).toContain('彻底删除 1 条客户？');
    await confirmDialog(page);
    await expect.poll(() => page.locator('.empty-page').textContent()).toContain('回收站是空的');
    expect(await ids(admin, '/customers?deleted=true')).toEqual([]);
    expect(await ids(admin, '/customers')).toEqual(['杭州海康电子']);
  });
});
