import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seriousIn } from './axe.ts';
import { ADMIN, beginJourney, confirmDialog, type Journey, type Visit } from './journey.ts';

const PASSWORD = 'Yunshan-2026!';
let journey: Journey;
let admin: Visit;
let seller: Visit;
let department: string;

/** A colleague who can sign in, invited and welcomed. */
async function colleague(name: string, email: string): Promise<string> {
  const { items: roles } = await admin.api<{ items: { id: string; code: string; title: string }[] }>(
    'GET',
    '/roles',
  );
  const role = roles.find((each) => each.title === '销售');
  const user = await admin.api<{ id: string }>('POST', '/users', {
    name,
    email,
    department,
    roles: [role?.id],
  });
  const { link } = await admin.api<{ link: string }>('POST', `/users/${user.id}/invite`, {});
  const token = new URL(link).pathname.split('/').at(-1);
  await journey.visit().then((guest) => guest.api('POST', `/invitations/${token}`, { password: PASSWORD }));
  return user.id;
}

beforeAll(async () => {
  journey = await beginJourney({ setup: true });
  admin = await journey.visit(ADMIN);
  department = (await admin.api<{ id: string }>('POST', '/departments', { name: '华东销售部' })).id;
  await colleague('赵磊', 'zhao@example.cn');
  seller = await journey.visit({ email: 'zhao@example.cn', password: PASSWORD });
});
afterAll(() => journey?.end());

describe('the pool', () => {
  it('is made in the settings, with its rules', async () => {
    const { page } = admin;
    await page.goto('/admin/pools');
    await page.getByRole('button', { name: '新建公海' }).click();
    const dialog = page.locator('.ant-modal');
    await dialog.getByLabel('名称').fill('华东公海');
    await dialog.getByLabel('每人最多持有').fill('2');
    await confirmDialog(page);
    await expect.poll(() => page.locator('.record-table').textContent()).toContain('华东公海');
    const [pool] = (
      await admin.api<{ items: { id: string; unit: { id: string }; version: number }[] }>('GET', '/pools')
    ).items;
    await admin.api('POST', '/pools/mass-update', {
      ids: [pool?.id],
      set: { memberDepartments: [department] },
    });
    for (const [at, name] of ['宁波海潮包装', '绍兴轻纺', '嘉兴电器'].entries())
      await admin.api('POST', '/customers', {
        name,
        phone: `1381234567${at}`,
        city: '宁波市',
        department: pool?.unit.id,
      });
  });

  it('is looked through and taken from on a phone, numbers masked until then', async () => {
    const { page } = seller;
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto('/pools');
    await expect.poll(() => page.locator('.pool-list > li').count()).toBe(3);
    expect(await page.locator('.pool-list').textContent()).toContain('138****5670');
    expect(await seriousIn(page)).toEqual([]);
    await page.getByRole('link', { name: /绍兴轻纺/ }).click();
    await expect.poll(() => page.locator('.pool-banner').textContent()).toContain('华东公海');
    await page.locator('.pool-banner').getByRole('button', { name: '查看' }).first().click();
    await expect.poll(() => page.locator('.pool-banner').textContent()).toContain('13812345671');
    await page.locator('.pool-banner').getByRole('button', { name: '认领' }).click();
    await expect.poll(() => page.locator('.pool-banner').count()).toBe(0);
    await page.goto('/pools');
    await expect.poll(() => page.locator('.pool-limits').textContent()).toContain('持有 1 / 2');
    await page.getByRole('button', { name: '认领宁波海潮包装' }).click();
    await expect.poll(() => page.locator('.pool-list > li').count()).toBe(1);
    await page.getByRole('button', { name: '认领嘉兴电器' }).click();
    await expect.poll(() => page.locator('.toasts').textContent()).toContain('上限');
  });
});

describe('a salesperson leaves', () => {
  it('waits to be handed over, is planned, previewed and handed over, and it can be undone', async () => {
    await colleague('钱敏', 'qian@example.cn');
    const { items } = await admin.api<{ items: { id: string; title: string }[] }>('GET', '/users');
    const leaver = items.find((each) => each.title === '赵磊')?.id;
    await admin.api('POST', `/users/${leaver}/deactivate`, {});
    const { page } = admin;
    await page.goto('/handover');
    await expect.poll(() => page.locator('.handover-page').textContent()).toContain('客户 2');
    expect(await seriousIn(page)).toEqual([]);
    await page.locator('.handover-list').getByRole('button', { name: '交接' }).click();
    await page.getByLabel('接手的人').click();
    await page.keyboard.type('钱敏');
    await page.locator('.ant-select-item-option').getByText('钱敏').click();
    await page.getByRole('button', { name: '预览' }).click();
    await expect.poll(() => page.locator('.plain-table').textContent()).toContain('→ 钱敏2');
    await page.getByRole('button', { name: '交接 2 项' }).click();
    await expect.poll(() => page.locator('.empty-page').textContent()).toContain('赵磊的工作已交接');

    const receiver = await journey.visit({ email: 'qian@example.cn', password: PASSWORD });
    await receiver.page.goto('/handover');
    await receiver.page.getByRole('link', { name: '看简报' }).click();
    await expect.poll(() => receiver.page.locator('h1').textContent()).toBe('接手的 2 个客户');

    await page.getByRole('button', { name: '返回交接' }).click();
    await page.locator('.handover-list').getByRole('button', { name: '撤销' }).click();
    await confirmDialog(page);
    await expect.poll(() => page.locator('.handover-page').textContent()).toContain('待交接 1 人');
  });
});
