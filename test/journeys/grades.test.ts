import { afterAll, beforeAll, expect, it } from 'vitest';
import { ADMIN, beginJourney, type Journey, type Visit } from './journey.ts';

let journey: Journey;
let admin: Visit;
let large = '';

beforeAll(async () => {
  journey = await beginJourney({ setup: true });
  admin = await journey.visit(ADMIN);
  for (const [name, amount] of [
    ['云台机械有限公司', '90000000'],
    ['天目餐饮有限公司', '2000000'],
    ['莫干物流有限公司', null],
  ] as const) {
    const { id } = await admin.api<{ id: string }>('POST', '/customers', {
      name,
      ...(amount ? { annualRevenue: { amount, currency: 'CNY' } } : {}),
    });
    if (name.startsWith('云台')) large = id;
  }
  for (const hours of [24, 48])
    await admin.api('POST', '/activities', {
      customer: large,
      kind: 'visit',
      content: '谈了年度框架',
      occurredAt: Temporal.Now.instant().subtract({ hours }).toString(),
    });
});
afterAll(() => journey?.end());

const picture = async (name: string) => {
  const folder = process.env.GUANXI_PICTURES;
  if (folder) await admin.page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
};

it('a scheme begins with a template, shows what it makes of customers, and is switched on', async () => {
  const { page } = admin;
  await page.goto('/grades');
  await page.locator('.grade-gallery li', { hasText: 'VIP' }).getByRole('button').click();
  await expect.poll(() => page.locator('.grade-preview').textContent()).toContain('云台机械有限公司VIP');
  await page.getByRole('button', { name: '看全部客户的变化' }).click();
  await expect.poll(() => page.locator('.grade-matrix').textContent()).toContain('无等级');
  await picture('scheme');
  await page
    .getByRole('button', { name: '启 用' })
    .or(page.getByRole('button', { name: '启用' }))
    .first()
    .click();
  await page.waitForURL('**/grades');
  await expect
    .poll(async () => {
      await page.reload();
      await page.locator('.grade-bars').first().waitFor();
      return page.locator('.grade-bars').first().textContent();
    })
    .toContain('VIP1 位');
  await picture('grades');
});

it('the count leads to the customers, whose list shows the grade', async () => {
  const { page } = admin;
  await page.getByRole('link', { name: '1 位' }).first().click();
  await expect.poll(() => page.locator('main').textContent()).toContain('云台机械有限公司');
  await expect.poll(() => page.locator('main').textContent()).not.toContain('天目');
  await picture('list');
});

it('the file says the grade, why, how to serve, and it can be held', async () => {
  const { page } = admin;
  await page.goto(`/r/customers/${large}`);
  await page.locator('.grade-badge', { hasText: 'VIP' }).click();
  await expect.poll(() => page.locator('.grade-why').textContent()).toContain('近 90 天联系次数 ≥ 2');
  await expect.poll(() => page.locator('.grade-policy').textContent()).toContain('每 14 天');
  await picture('why');
  await page.getByRole('button', { name: '锁定等级' }).click();
  await page.getByRole('textbox', { name: '原因' }).fill('总裁的老客户');
  await page.locator('.grade-lock').getByRole('button', { name: '锁定等级' }).click();
  await expect.poll(() => page.locator('.grade-badge').textContent()).toContain('🔒');
});

it('the scores of a template can be weighed anew, on a phone too', async () => {
  const { page } = admin;
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('/grades');
  await page.locator('.grade-gallery li', { hasText: 'A／B／C／D' }).getByRole('button').click();
  await expect.poll(() => page.locator('.grade-preview').textContent()).toContain('云台机械有限公司');
  const weight = page.getByRole('spinbutton', { name: '权重' }).first();
  await weight.fill('400');
  await expect.poll(() => page.locator('.grade-term').first().textContent()).toContain('87%');
  await picture('phone');
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(wide).toBeLessThanOrEqual(390);
});
