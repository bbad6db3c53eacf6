import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seriousIn } from './axe.ts';
import { ADMIN, beginJourney, type Journey, type Visit } from './journey.ts';

let journey: Journey;
let admin: Visit;
let customer: string;
let today: string;

beforeAll(async () => {
  journey = await beginJourney({ setup: true });
  admin = await journey.visit(ADMIN);
  today = Temporal.Now.plainDateISO('Asia/Shanghai').toString();
  const make = async (plural: string, body: object) =>
    (await admin.api<{ id: string }>('POST', `/${plural}`, body)).id;
  customer = await make('customers', { name: '宁波海潮包装' });
  const contact = await make('contacts', {
    name: '欧阳明',
    customer,
    sex: 'male',
    birthday: 'lunar:1980-08-15',
  });
  await make('care-items', {
    subject: '欧阳明 · 生日',
    customer,
    contact,
    occasion: 'birthday',
    occasionOn: today,
    text: '欧阳先生，生日快乐！',
  });
  await make('hospitalities', {
    subject: '工作晚餐',
    customer,
    amount: { amount: '700', currency: 'CNY' },
    date: today,
  });
});
afterAll(() => journey?.end());

describe('care', () => {
  it('shows who waits for a word, and notes with one press who sent it', async () => {
    const { page } = admin;
    await page.goto('/care');
    const line = page.locator('.care-list > li');
    await expect.poll(() => line.count()).toBe(1);
    expect(await line.textContent()).toContain('欧阳先生，生日快乐！');
    expect(await page.locator('.care-day').count()).toBe(30);
    expect(await seriousIn(page)).toEqual([]);
    await line.getByRole('button', { name: '已发送' }).click();
    await expect.poll(() => page.locator('.care-list > li').count()).toBe(0);
    const { items } = await admin.api<{ items: { status: string; doneBy: { title: string } }[] }>(
      'GET',
      '/care-items',
    );
    expect(items).toMatchObject([{ status: 'done', doneBy: { title: expect.any(String) } }]);
  });

  it('weighs spending against the cap, and shows it on the file and in the report', async () => {
    const { page } = admin;
    const { items } = await admin.api<{ items: { id: string }[] }>('GET', '/hospitalities');
    await page.goto(`/r/hospitalities/${items[0]?.id}`);
    await page.getByRole('button', { name: '提交', exact: true }).click();
    await expect
      .poll(() => page.locator('.toast').allTextContents())
      .toContainEqual(expect.stringContaining('已送审批'));
    await page.goto('/today');
    const asked = page.locator('.today-line', { hasText: '工作晚餐' });
    await asked.getByRole('button', { name: '去审批' }).click();
    await page.getByRole('button', { name: '同意', exact: true }).click();
    await expect
      .poll(() => page.locator('.toast').allTextContents())
      .toContainEqual(expect.stringContaining('已同意'));
    await page.goto('/hospitality');
    const row = page.locator('.spending-report tbody tr');
    await expect.poll(() => row.count()).toBe(1);
    expect(await row.textContent()).toContain('¥600.00');
    expect(await row.locator('.tag.zhu').count()).toBe(1);
    expect(await seriousIn(page)).toEqual([]);
    await page.goto(`/r/customers/${customer}`);
    await expect.poll(() => page.locator('body').textContent()).toContain('本季已用 ¥700');
  });

  it('lets a customer go with a reason, and says so on its file', async () => {
    const { page } = admin;
    await page.goto(`/r/customers/${customer}`);
    await page.getByRole('button', { name: '更多' }).first().click();
    await page.getByRole('menuitem', { name: '放弃客户' }).click();
    await page.getByLabel('原因').fill('长期亏损');
    await page.locator('.ant-modal').getByRole('button', { name: '放弃客户' }).click();
    await expect.poll(() => page.locator('.tag', { hasText: '已放弃' }).count()).toBeGreaterThan(0);
  });
});
