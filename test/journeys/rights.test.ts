import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ADMIN, beginJourney, confirmDialog, type Journey, type Visit } from './journey.ts';

let journey: Journey;
let admin: Visit;
let seller: Visit;

beforeAll(async () => {
  journey = await beginJourney({ setup: true });
  admin = await journey.visit(ADMIN);
});
afterAll(() => journey?.end());

describe('a salesperson who sees his own customers only, and no phones', () => {
  it('gets a role in the permission editor', async () => {
    const { page } = admin;
    await page.goto('/admin/roles');
    await page.getByRole('button', { name: '新建角色' }).click();
    await page.getByLabel('角色名称').or(page.getByLabel('名称')).first().fill('外勤');
    await confirmDialog(page);
    const scope = (type: string, action: string) => page.getByLabel(`${type}: ${action}`);
    await scope('客户', '修改').selectOption('self');
    await scope('客户', '新建').selectOption('self');
    await expect.poll(() => scope('客户', '查看').inputValue()).toBe('self');
    const line = page.locator('.matrix tbody tr').filter({ has: page.getByLabel('客户: 查看') });
    await line.getByRole('button', { name: '字段权限' }).click();
    await page.locator('.field-rights').getByLabel('电话', { exact: true }).selectOption('masked');
    await page.getByRole('button', { name: '保存' }).click();
    await expect.poll(() => page.locator('.toasts').textContent()).toContain('“外勤”已保存');
    const { items } = await admin.api<{ items: { permissions: object }[] }>('GET', '/roles?sort=name');
    expect(items.map((role) => role.permissions)).toContainEqual({
      entities: {
        customer: { actions: { read: 'self', update: 'self', create: 'self' }, fields: { phone: 'masked' } },
      },
    });
  });

  it('is invited by link, chooses a password and is in', async () => {
    const { items: roles } = await admin.api<{ items: { id: string; title: string }[] }>('GET', '/roles');
    const role = roles.find((item) => item.title === '外勤');
    const user = await admin.api<{ id: string }>('POST', '/users', {
      name: '赵磊',
      email: 'zhao@example.cn',
      roles: [role?.id],
    });
    await admin.api('POST', '/customers', { name: '杭州海康电子', phone: '13800001200', owner: user.id });
    await admin.api('POST', '/customers', { name: '宁波天天餐饮', phone: '13800001237' });
    const { link } = await admin.api<{ link: string }>('POST', `/users/${user.id}/invite`, {});
    seller = await journey.visit();
    await seller.page.goto(new URL(link).pathname);
    await seller.page.getByLabel('密码').fill('Waiqin-2026!');
    await seller.page.getByRole('button', { name: '设置密码并进入' }).click();
    await expect.poll(() => seller.page.locator('h1').textContent()).toBe('今天');
  });

  it('sees only his own in the list, with masked phones', async () => {
    const { page } = seller;
    await page.goto('/r/customers');
    const rows = page.locator('.grid-body .grid-row');
    await expect.poll(() => rows.count()).toBe(1);
    const text = await rows.first().textContent();
    expect(text).toContain('杭州海康电子');
    expect(text).toContain('138****1200');
    expect(await page.locator('.list-total').textContent()).toBe('共 1');
    expect(await page.locator('.nav').textContent()).not.toContain('设置');
    expect(await page.getByRole('link', { name: '导入' }).count()).toBe(0);
  });

  it('does not find others by search, nor open them by address', async () => {
    const { page } = seller;
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: '查找' }).fill('天天');
    await expect.poll(() => page.locator('.palette').textContent()).toContain('没有找到');
    await page.keyboard.press('Escape');
    const { items } = await admin.api<{ items: { id: string }[] }>('GET', '/customers?q=天天');
    await page.goto(`/r/customers/${items[0]?.id}`);
    await expect.poll(() => page.getByRole('alert').first().textContent()).toContain('没有这个页面');
    await page.goto('/admin/users');
    await expect.poll(() => page.getByRole('alert').first().textContent()).toContain('您没有这个权限');
  });

  it('cannot edit the masked field, and edits another', async () => {
    const { page } = seller;
    await page.goto('/r/customers');
    await page.locator('.grid-body .title-link').first().click();
    await page.getByRole('link', { name: '编辑' }).click();
    await expect.poll(() => page.getByLabel('客户名称').inputValue()).toBe('杭州海康电子');
    expect(await page.getByLabel('电话', { exact: true }).count()).toBe(0);
    await page.getByLabel('备注').fill('周三下午到访');
    await page.keyboard.press('Control+s');
    await expect.poll(() => page.locator('.facts').textContent()).toContain('周三下午到访');
  });

  it('is out at once when deactivated', async () => {
    await admin.page.goto('/admin/users');
    await admin.page.getByRole('button', { name: '赵磊 的操作' }).click();
    await admin.page.getByRole('menuitem', { name: '停用' }).click();
    await confirmDialog(admin.page);
    await expect.poll(() => admin.page.locator('.toasts').textContent()).toContain('赵磊 已停用');
    await seller.page.goto('/r/customers');
    await expect.poll(() => seller.page.locator('h1').textContent()).toBe('登录');
    await seller.page.getByLabel('邮箱、手机号或用户名').fill('zhao@example.cn');
    await seller.page.getByLabel('密码').fill('Waiqin-2026!');
    await seller.page.getByRole('button', { name: '登录' }).click();
    await expect.poll(() => seller.page.getByRole('alert').count()).toBeGreaterThan(0);
  });
});
