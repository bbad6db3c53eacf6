import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seriousIn } from './axe.ts';
import { ADMIN, beginJourney, type Journey, type Visit } from './journey.ts';

let journey: Journey;
let admin: Visit;
let seller: Visit;
let quote: string;

const PASSWORD = 'Tingyu-2026!';
const all = { read: 'all', create: 'all', update: 'all' };

/** A colleague who sells, and whose superior is the administrator. */
async function colleague(name: string, email: string): Promise<Visit> {
  const { me } = await admin.api<{ me: { id: string } }>('GET', '/meta');
  const manager = me.id;
  const entities = Object.fromEntries(
    ['customer', 'quote', 'opportunity'].map((each) => [each, { actions: all }]),
  );
  const permissions = { entities: { ...entities, product: { actions: { read: 'all' } } } };
  const role = await admin.api<{ id: string }>('POST', '/roles', { name: '销售员', permissions });
  const user = await admin.api<{ id: string }>('POST', '/users', { name, email, manager, roles: [role.id] });
  const { link } = await admin.api<{ link: string }>('POST', `/users/${user.id}/invite`, {});
  const token = new URL(link).pathname.split('/').at(-1);
  await journey.visit().then((guest) => guest.api('POST', `/invitations/${token}`, { password: PASSWORD }));
  return journey.visit({ email, password: PASSWORD });
}

beforeAll(async () => {
  journey = await beginJourney({ setup: true });
  admin = await journey.visit(ADMIN);
  await admin.api('POST', '/products', { name: '离心水泵', price: { amount: '1000.00', currency: 'CNY' } });
  await admin.api('PUT', '/quote-rules', { limit: 5, roles: [], validDays: 30 });
  seller = await colleague('钱销售', 'qian@example.cn');
  await seller.api('POST', '/customers', { name: '海康电子' });
});
afterAll(() => journey?.end());

const cell = (row: number, label: string) =>
  seller.page.getByLabel(`第 ${row} 行 ${label}`, { exact: false });

describe('a quote over the limit', () => {
  it('is written by keyboard and paste, and adds up while it is written', async () => {
    const { page } = seller;
    await page.goto('/r/quotes/new');
    await page.getByLabel('客户', { exact: false }).first().click();
    await page.keyboard.type('海康');
    await page.locator('.ant-select-item-option', { hasText: '海康电子' }).click();
    await cell(1, '产品').click();
    await page.keyboard.type('离心');
    await page.locator('.ant-select-item-option', { hasText: '离心水泵' }).click();
    await expect.poll(() => cell(1, '单价').inputValue()).toBe('1000.00');
    await cell(1, '折扣').fill('9');
    await cell(1, '数量').fill('2');
    await cell(1, '数量').press('Enter');
    await cell(2, '品名').focus();
    await page.evaluate(() => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', '安装\t\t\t1\t￥200.00\n调试\t\t\t1\t100');
      document.activeElement?.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
      );
    });
    await expect.poll(() => page.getByText('人民币贰仟壹佰元整').count()).toBe(1);
    expect(await seriousIn(page)).toEqual([]);
    await page.getByRole('button', { name: '保存', exact: true }).click();
    await expect.poll(() => new URL(page.url()).pathname).toMatch(/^\/r\/quotes\/[\w-]{36}$/);
    quote = new URL(page.url()).pathname.split('/').at(-1) as string;
  });

  it('goes to the superior, who agrees on the phone', async () => {
    await seller.page.getByRole('button', { name: '提交审批' }).click();
    await expect.poll(() => seller.page.getByText('审批中，结束前不能修改。').count()).toBe(1);
    const { page } = admin;
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto('/approvals?box=todo');
    await page
      .getByRole('link', { name: /海康电子 报价/ })
      .first()
      .click();
    await page.getByRole('button', { name: '同意' }).first().click();
    await expect
      .poll(async () => (await admin.api<{ status: string }>('GET', `/quotes/${quote}`)).status)
      .toBe('approved');
  });

  it('is confirmed by the customer, who signs in nowhere', async () => {
    const { url } = await seller.api<{ url: string }>('POST', `/quotes/${quote}/confirm-link`, {});
    const { page } = await journey.visit();
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(url);
    await expect.poll(() => page.getByText('价税合计 ¥2,100.00').count()).toBe(1);
    expect(await seriousIn(page)).toEqual([]);
    await page.getByLabel('您的姓名').fill('王建国');
    await page.getByRole('button', { name: '客户确认' }).click();
    await expect.poll(() => page.getByRole('status').filter({ hasText: '王建国 已于' }).count()).toBe(1);
    await seller.page.goto(`/r/quotes/${quote}`);
    await expect.poll(() => seller.page.getByText(/^王建国 于 .* 确认。/).count()).toBe(1);
  });
});
