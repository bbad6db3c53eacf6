import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ADMIN, beginJourney, confirmDialog, type Journey, type Visit } from './journey.ts';

let journey: Journey;
let admin: Visit;
let boss: Visit;
let expert: Visit;

const PASSWORD = 'Tingyu-2026!';

/** A colleague who can sign in, invited and welcomed. */
async function colleague(name: string, email: string): Promise<Visit> {
  const role = await admin.api<{ id: string }>('POST', '/roles', {
    name: `${name}的角色`,
    permissions: { entities: { user: { actions: { read: 'all' } } } },
  });
  const user = await admin.api<{ id: string }>('POST', '/users', { name, email, roles: [role.id] });
  const { link } = await admin.api<{ link: string }>('POST', `/users/${user.id}/invite`, {});
  const token = new URL(link).pathname.split('/').at(-1);
  await journey.visit().then((guest) => guest.api('POST', `/invitations/${token}`, { password: PASSWORD }));
  const visit = await journey.visit({ email, password: PASSWORD });
  await visit.page.setViewportSize({ width: 390, height: 844 });
  return visit;
}

beforeAll(async () => {
  journey = await beginJourney({ setup: true });
  admin = await journey.visit(ADMIN);
  for (const name of ['海康电子', '天天餐饮', '智慧城物流']) await admin.api('POST', '/customers', { name });
  boss = await colleague('高总', 'gao@example.cn');
  expert = await colleague('钱专员', 'qian@example.cn');
});
afterAll(() => journey?.end());

const path = () => new URL(admin.page.url()).pathname;

describe('an export that needs approval', () => {
  it('gets a flow, built by hand', async () => {
    const { page } = admin;
    await page.goto('/admin/flows');
    await page.getByRole('button', { name: '新建流程' }).click();
    await confirmDialog(page);
    await page.getByRole('button', { name: '在这里添加' }).click();
    await page.getByRole('menuitem', { name: '条件分支' }).click();
    await expect.poll(() => page.getByText('没有填条件').count()).toBeGreaterThan(0);
    await page.locator('.flow-panel').getByRole('button', { name: /条件/ }).click();
    await page.locator('.flow-term input[role=spinbutton]').fill('3');
    await page.getByRole('button', { name: '在这里添加' }).nth(1).click();
    await page.getByRole('menuitem', { name: '审批人' }).click();
    await page.getByLabel('节点名称').fill('总经理');
    await page.locator('.flow-panel').getByLabel('指定的人').click();
    await page.keyboard.type('高总');
    await page.locator('.ant-select-item-option', { hasText: '高总' }).click();
    await expect.poll(() => page.getByRole('status').filter({ hasText: '流程完整' }).count()).toBe(1);
    await page.getByRole('button', { name: '启用' }).click();
    await expect.poll(() => page.getByText('使用中').count()).toBe(1);
  });

  it('is submitted from the list', async () => {
    const { page } = admin;
    await page.goto('/r/customers');
    await admin.api('POST', '/exports', { entity: 'customer', format: 'csv' });
    await page.goto('/approvals?box=mine');
    await page.locator('.approval-line').click();
    await expect.poll(path).toMatch(/^\/approvals\/.+/);
    await expect.poll(() => page.locator('.approval-path .now').textContent()).toContain('高总');
  });

  it('is passed to an expert first, who sends it back, all on the phone', async () => {
    const { page } = boss;
    await page.goto('/approvals');
    await page.locator('.approval-line').click();
    await page.getByRole('button', { name: '更多' }).click();
    await page.getByRole('menuitem', { name: '加签' }).click();
    await page.getByLabel('加谁').click();
    await page.keyboard.type('钱');
    await page.locator('.ant-select-item-option', { hasText: '钱专员' }).click();
    await page.keyboard.press('Escape');
    await confirmDialog(page);
    await expect.poll(() => page.locator('.approval-path .now').textContent()).toContain('钱专员');
    await expert.page.goto('/approvals');
    await expert.page.locator('.approval-line').click();
    await expert.page.getByRole('button', { name: '驳回' }).click();
    await expert.page.getByLabel('原因').fill('请说明用途');
    await confirmDialog(expert.page);
    await expect.poll(() => expert.page.locator('.approval-sheet .tag').first().textContent()).toBe('已退回');
  });

  it('is submitted again and approved by thumb; then the file is there', async () => {
    const { page } = admin;
    await page.reload();
    await expect.poll(() => page.getByText('请说明用途').count()).toBe(1);
    await page.getByRole('button', { name: '重新提交' }).click();
    await boss.page.goto('/approvals');
    await boss.page.locator('.approval-line').click();
    await boss.page.getByLabel('审批意见').fill('同意，注意保管');
    const button = boss.page.getByRole('button', { name: '同意' });
    const box = await button.boundingBox();
    // Where the thumb is, and big enough for it.
    expect(box?.height).toBeGreaterThanOrEqual(40);
    expect(box?.y).toBeGreaterThan(500);
    await button.click();
    await expect.poll(() => boss.page.locator('.approval-sheet .tag').first().textContent()).toBe('已通过');
    await page.reload();
    await expect.poll(() => page.getByText('同意，注意保管').count()).toBe(1);
    const wide = await boss.page.evaluate('document.documentElement.scrollWidth');
    expect(wide).toBeLessThanOrEqual(390);
  });
});
