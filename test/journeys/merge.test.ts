import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ADMIN, beginJourney, type Journey, type Visit } from './journey.ts';

let journey: Journey;
let admin: Visit;
let first: string;
let second: string;

beforeAll(async () => {
  journey = await beginJourney({ setup: true });
  admin = await journey.visit(ADMIN);
  const create = async (path: string, body: object) =>
    (await admin.api<{ id: string }>('POST', path, body)).id;
  first = await create('/customers', {
    name: '杭州云帆机械有限公司',
    phone: '0571-88001234',
    city: '杭州',
    remark: '展会认识',
  });
  second = await create('/customers', { name: '杭州云凡机械有限公司', phone: '13800001234', city: '杭州' });
  await create('/contacts', { name: '陈芳', customer: second });
});
afterAll(() => journey?.end());

describe('from a duplicate to one record, and back', () => {
  it('while typing, the form says that it may be there already', async () => {
    const { page } = admin;
    await page.goto('/r/customers/new');
    await page.getByLabel('客户名称').fill('云帆机械');
    await expect.poll(() => page.locator('.duplicate-hits').textContent()).toContain('杭州云帆机械有限公司');
    await expect.poll(() => page.locator('.duplicate-hits').textContent()).toContain('只差地名');
  });

  it('the queue shows both side by side with the reason', async () => {
    const { page } = admin;
    const waits = async () =>
      (await admin.api<{ items: unknown[] }>('GET', '/duplicates?entity=customer')).items.length;
    await expect.poll(waits, { timeout: 15_000 }).toBe(1);
    await page.goto('/duplicates');
    await expect.poll(() => page.locator('.pair-card').count()).toBe(1);
    await expect.poll(() => page.locator('.pair-card').textContent()).toContain('读音相同');
  });

  it('put off by a key, and taken back', async () => {
    const { page } = admin;
    await page.keyboard.press('l');
    await expect.poll(() => page.locator('.pair-card').count()).toBe(0);
    await page.locator('.toast').getByRole('button', { name: '撤销' }).click();
    await expect.poll(() => page.locator('.pair-card').count()).toBe(1);
  });

  it('is merged by choice of values', async () => {
    const { page } = admin;
    await page.keyboard.press('m');
    await expect.poll(() => page.locator('.merge-table').textContent()).toContain('杭州云凡机械有限公司');
    await page.getByRole('radio', { name: '杭州云帆机械有限公司' }).check();
    await expect.poll(() => page.locator('.merge-moves').textContent()).toContain('1 条联系人');
    await page.getByRole('button', { name: '电话：用“杭州云帆机械有限公司”的' }).click();
    await page.getByRole('button', { name: '合并 2 条' }).click();
    await expect.poll(() => page.locator('h1').textContent()).toBe('合并完成');
    const { items } = await admin.api<{ items: Record<string, unknown>[] }>('GET', '/customers');
    expect(items).toMatchObject([
      { id: first, phone: '0571-88001234', otherPhones: ['13800001234'], remark: '展会认识' },
    ]);
  });

  it('the old address leads to the survivor, which tells where it comes from', async () => {
    const { page } = admin;
    await page.goto(`/r/customers/${second}`);
    await expect.poll(() => page.url()).toContain(first);
    await expect.poll(() => page.locator('.merged-from').textContent()).toContain('杭州云凡机械有限公司');
  });

  it('is taken back on the file', async () => {
    const { page } = admin;
    await page.locator('.merged-from').getByRole('button', { name: '撤销合并' }).click();
    await page.locator('.ant-modal-footer .ant-btn-primary').last().click();
    await expect.poll(() => page.locator('.merged-from').count()).toBe(0);
    const { items } = await admin.api<{ items: { customer: { id: string } }[] }>('GET', '/contacts');
    expect(items[0]?.customer.id).toBe(second);
    const { items: both } = await admin.api<{ items: unknown[] }>('GET', '/customers');
    expect(both).toHaveLength(2);
  });
});
