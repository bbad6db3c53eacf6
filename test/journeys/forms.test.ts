import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pagesOf } from '../../src/platform/testing/pdf.ts';
import { seriousIn } from './axe.ts';
import { ADMIN, beginJourney, confirmDialog, type Journey, type Visit } from './journey.ts';

const REVIEWER = { name: '周主管', email: 'zhou@example.cn', password: 'Quiet-River-88' };

let journey: Journey;
let admin: Visit;
let form: string;

beforeAll(async () => {
  journey = await beginJourney({ setup: true });
  admin = await journey.visit(ADMIN);
  const customer = await admin.api<{ id: string }>('POST', '/customers', { name: '宁波海潮包装' });
  await admin.api('POST', '/promises', { what: '补发备件', customer: customer.id, dueDate: '2026-01-05' });
  const roles = await admin.api<{ items: { id: string; code: string }[] }>('GET', '/roles');
  const reviewer = await admin.api<{ id: string }>('POST', '/users', {
    name: REVIEWER.name,
    email: REVIEWER.email,
    roles: roles.items.filter(({ code }) => code === 'administrator').map(({ id }) => id),
  });
  const { link } = await admin.api<{ link: string }>('POST', `/users/${reviewer.id}/invite`, {});
  const guest = await journey.visit();
  await guest.api('POST', `/invitations/${link.split('/').at(-1)}`, { password: REVIEWER.password });
  await guest.context.close();
});
afterAll(() => journey?.end());

const step = (visit: Visit, name: string) => visit.page.locator('.sheet-signs li.now', { hasText: name });
const press = (visit: Visit, name: string) =>
  visit.page.locator('.sheet-verbs').getByRole('button', { name }).click();
const sign = async (visit: Visit, name: string) => {
  await press(visit, name);
  await confirmDialog(visit.page);
};

describe('the six forms', () => {
  it('begins one of a quarter in a dialog, which opens as a sheet', async () => {
    const { page } = admin;
    await page.goto('/forms');
    await page.getByRole('button', { name: '问题客户对策表' }).first().click();
    await page.getByRole('button', { name: '新建报表' }).click();
    const dialog = page.locator('.ant-modal').last();
    await dialog.getByText('年', { exact: true }).click();
    await dialog.getByLabel('审核人').fill('周主管');
    await page.locator('.ant-select-item-option', { hasText: '周主管' }).click();
    await dialog.getByRole('button', { name: '开始编制' }).click();
    await expect.poll(() => page.locator('.sheet-paper tbody tr').count()).toBe(1);
    form = new URL(page.url()).pathname.split('/').at(-1) ?? '';
    expect(await page.locator('.sheet-paper').textContent()).toContain('承诺未兑现 1 项');
    expect(await seriousIn(page)).toEqual([]);
  });

  it('takes judgements by the keyboard, and keeps them', async () => {
    const { page } = admin;
    const cause = page.getByLabel('宁波海潮包装 · 原因');
    await cause.fill('备件缺货');
    await page.keyboard.press('Tab');
    await page.keyboard.type('改由上海仓直发');
    await page.keyboard.press('Enter');
    const written = async () =>
      (
        await admin.api<{ filled: Record<string, Record<string, string>> }>(
          'GET',
          `/customer-forms/${form}/sheet`,
        )
      ).filled;
    await expect
      .poll(async () => Object.values(await written())[0])
      .toEqual({
        cause: '备件缺货',
        countermeasure: '改由上海仓直发',
      });
    await page.reload();
    await expect.poll(() => page.getByLabel('宁波海潮包装 · 原因').inputValue()).toBe('备件缺货');
  });

  it('shows who was quicker at a cell, and lets one choose', async () => {
    const { page } = admin;
    const result = page.getByLabel('宁波海潮包装 · 结果');
    await result.fill('我的话');
    const { rows } = await admin.api<{ rows: { key: string }[] }>('GET', `/customer-forms/${form}/sheet`);
    const cells = [{ row: rows[0]?.key, column: 'result', value: '别人的话', base: null }];
    await admin.api('PUT', `/customer-forms/${form}/cells`, { cells });
    await result.blur();
    await expect.poll(() => page.locator('.sheet-conflict').textContent()).toContain('别人的话');
    await page.getByRole('button', { name: '用我的' }).click();
    await expect.poll(() => page.locator('.sheet-conflict').count()).toBe(0);
    await expect.poll(() => result.inputValue()).toBe('我的话');
  });

  it('is signed by its maker, handed in, and can be changed no more', async () => {
    await sign(admin, '编制签字');
    await expect.poll(() => step(admin, '填写').count()).toBe(1);
    await sign(admin, '填写签字并提交');
    await expect.poll(() => step(admin, '审核').count()).toBe(1);
    await expect.poll(() => admin.page.locator('.sheet-paper textarea').count()).toBe(0);
    expect(await admin.page.locator('.sheet-verbs').count()).toBe(0);
  });

  it('is locked by its reviewer, and hangs on the wall with all three names', async () => {
    const reviewer = await journey.visit(REVIEWER);
    await reviewer.page.goto('/today');
    await reviewer.page
      .locator('.today-line', { hasText: '问题客户对策表' })
      .getByRole('button', { name: '去审核' })
      .click();
    await press(reviewer, '审核签字并锁定');
    await expect.poll(() => reviewer.page.locator('.head .tag', { hasText: '锁定' }).count()).toBe(1);
    const href = await reviewer.page.getByRole('link', { name: '打印 PDF' }).getAttribute('href');
    const pdf = await reviewer.context.request.get(`${journey.url}${href}`);
    const text = (await pagesOf(await pdf.body())).join('');
    for (const part of [
      '问题客户对策表',
      ADMIN.company,
      '宁波海潮包装',
      '备件缺货',
      '改由上海仓直发',
      '我的话',
    ])
      expect(text).toContain(part);
    expect(text).toMatch(new RegExp(`编制：${ADMIN.name}.*填写：${ADMIN.name}.*审核：${REVIEWER.name}`));
    await reviewer.page.getByRole('button', { name: '历史' }).click();
    await expect
      .poll(() => reviewer.page.locator('.sheet-history li', { hasText: '已锁定' }).count())
      .toBe(1);
    await reviewer.context.close();
  });

  it('is read on a phone as cards', async () => {
    const { page } = admin;
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(`/forms/${form}`);
    await expect.poll(() => page.locator('.sheet-paper tbody tr').count()).toBe(1);
    expect(await page.locator('.sheet-paper thead').isVisible()).toBe(false);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    expect(await seriousIn(page)).toEqual([]);
  });
});
