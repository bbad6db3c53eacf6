import { afterAll, beforeAll, expect, it } from 'vitest';
import { ADMIN, beginJourney, type Journey, type Visit } from './journey.ts';

let journey: Journey;
let admin: Visit;
let id = '';

beforeAll(async () => {
  journey = await beginJourney({ setup: true });
  admin = await journey.visit(ADMIN);
  ({ id } = await admin.api<{ id: string }>('POST', '/customers', { name: '云台机械有限公司' }));
  await admin.api('POST', '/customers', { name: '天目餐饮有限公司' });
  await admin.api('POST', '/activities', {
    customer: id,
    kind: 'visit',
    content: '看了样品',
    occurredAt: Temporal.Now.instant().subtract({ hours: 20 }).toString(),
  });
});
afterAll(() => journey?.end());

const picture = async (name: string) => {
  const folder = process.env.GUANXI_PICTURES;
  if (folder) await admin.page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
};

it('both models are switched on, and every customer stands somewhere', async () => {
  const { page } = admin;
  for (const code of ['life', 'relation']) {
    await page.goto(`/lifecycle/${code}`);
    await page.locator('.stage-one').first().waitFor();
    if (code === 'life') await picture('model');
    await page.locator('.head .ant-btn-primary').click();
    await page.waitForURL('**/lifecycle');
  }
  await expect.poll(() => page.locator('.stage-flow').first().textContent()).toContain('培养1');
  await expect.poll(() => page.locator('.stage-flow').last().textContent()).toContain('培育2');
  await page.locator('.stage-moves li', { hasText: '获取 → 培养' }).getByRole('button').click();
  await expect.poll(() => page.locator('.stage-behind').textContent()).toContain('云台机械有限公司');
  await picture('lifecycle');
});

it('the file shows the stage with its evidence, and its work becomes tasks', async () => {
  const { page } = admin;
  await page.goto(`/r/customers/${id}`);
  await page.locator('.stage-chip', { hasText: '培养' }).click();
  await expect.poll(() => page.locator('.stage-why').textContent()).toContain('有过一次有内容的联系');
  await picture('stage');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: '建好这 2 项任务' }).click();
  await expect.poll(() => page.locator('.stage-work').first().textContent()).toContain('✓ 上门拜访一次');
  await expect.poll(() => page.locator('.open-tasks').textContent()).toContain('上门拜访一次');
});

it('a stage is set by hand with evidence', async () => {
  const { page } = admin;
  await page.locator('.stage-chip', { hasText: '培养' }).click();
  await page.getByRole('button', { name: '调整阶段' }).click();
  await page.getByRole('combobox', { name: '阶段' }).click();
  await page.locator('.ant-select-item-option', { hasText: '挽留' }).click();
  await page.getByRole('textbox', { name: '依据' }).fill('对方在比价');
  await page.locator('.stage-form').getByRole('button', { name: '调整阶段' }).click();
  await expect.poll(() => page.locator('.stage-chip').first().textContent()).toBe('挽留 🔒');
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('/lifecycle');
  await expect.poll(() => page.locator('.stage-flow').first().textContent()).toContain('挽留1');
  await picture('lifecycle-phone');
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
});
