import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seriousIn } from './axe.ts';
import { ADMIN, beginJourney, confirmDialog, type Journey, type Visit } from './journey.ts';

const PASSWORD = 'Yunshan-2026!';
let journey: Journey;
let house: Visit;
let dealer: Visit;
let partner: string;

beforeAll(async () => {
  journey = await beginJourney({ setup: true });
  house = await journey.visit(ADMIN);
  const made = <T extends object>(path: string, body: object) =>
    house.api<T & { id: string }>('POST', path, body);
  const customer = await made('/customers', { name: '宁波东海五金经销部' });
  await made('/customers', { name: '公司自己的大客户' });
  await made('/products', { name: '不锈钢铰链', price: { amount: '10', currency: 'CNY' } });
  partner = (await made('/partners', { name: '东海五金', customer: customer.id })).id;
});
afterAll(() => journey?.end());

describe('a dealer', () => {
  it('is let in by the house, through a link', async () => {
    const { page } = house;
    await page.goto(`/r/partners/${partner}`);
    await page.getByRole('button', { name: '邀请伙伴人员' }).click();
    const dialog = page.locator('.ant-modal');
    await dialog.getByLabel('姓名').fill('陈东海');
    await dialog.getByLabel('邮箱').fill('chen@donghai.example');
    await confirmDialog(page);
    const link = await page.getByLabel('邀请链接').inputValue();
    const token = new URL(link).pathname.split('/').at(-1);
    const guest = await journey.visit();
    await guest.api('POST', `/invitations/${token}`, { password: PASSWORD });
    dealer = await journey.visit({ email: 'chen@donghai.example', password: PASSWORD });
  });

  it('sees his own side alone, and registers a customer on his phone', async () => {
    const { page } = dealer;
    await page.goto('/');
    await expect.poll(() => page.locator('h1').textContent()).toBe('东海五金');
    await expect.poll(() => page.getByRole('navigation').first().textContent()).toContain('报备');
    const menu = await page.getByRole('navigation').first().textContent();
    for (const other of ['今天', '公海', '报表', '合同', '设置', '价格表']) expect(menu).not.toContain(other);
    await page.goto('/r/customers');
    await expect.poll(() => page.locator('main').textContent()).toContain('客户');
    expect(await page.locator('main').textContent()).not.toContain('公司自己的大客户');
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto('/side');
    await expect.poll(() => page.getByText('林晓').count()).toBeGreaterThan(0);
    expect(await seriousIn(page)).toEqual([]);
    await page.getByRole('button', { name: '报备客户' }).click();
    await page.locator('.ant-modal').getByLabel('客户名称').fill('余姚模具厂');
    await confirmDialog(page);
    await expect
      .poll(async () => (await dealer.api<{ items: { name: string }[] }>('GET', '/deal-registrations')).items)
      .toMatchObject([{ name: '余姚模具厂', status: 'submitted' }]);
  });

  it('is given the customer when the house approves', async () => {
    const [deal] = (await house.api<{ items: { id: string }[] }>('GET', '/deal-registrations')).items;
    const { page } = house;
    await page.goto(`/r/deal-registrations/${deal?.id}`);
    await expect.poll(() => page.getByText('没有找到相同的客户或报备').count()).toBe(1);
    await page.getByRole('button', { name: '通过报备' }).click();
    await expect.poll(() => page.locator('.toasts').textContent()).toContain('客户归伙伴');
    await dealer.page.goto('/r/customers');
    await expect.poll(() => dealer.page.locator('main').textContent()).toContain('余姚模具厂');
  });

  it('orders at his price, and declares his stock', async () => {
    const { page } = dealer;
    await page.goto('/side/order');
    await page.getByLabel('不锈钢铰链 数量').fill('50');
    await page.getByRole('button', { name: /提交订单/ }).click();
    await expect.poll(() => page.getByText('待确认').count()).toBe(1);
    await expect.poll(() => page.locator('main').textContent()).toContain('¥500.00');
    await page.goto('/side/stock');
    await page.getByLabel('不锈钢铰链 进货').fill('80');
    await page.getByLabel('不锈钢铰链 销售').fill('30');
    await page.getByRole('button', { name: '提交申报' }).click();
    await expect.poll(() => page.locator('.toasts').textContent()).toContain('已申报');
    await house.page.goto('/channel-results');
    await expect.poll(() => house.page.locator('table').textContent()).toContain('东海五金');
    await expect.poll(() => house.page.locator('table').textContent()).toContain('30');
  });
});
