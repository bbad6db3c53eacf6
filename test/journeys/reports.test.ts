import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seriousIn } from './axe.ts';
import { ADMIN, beginJourney, type Journey, type Visit } from './journey.ts';

const PASSWORD = 'Yunshan-2026!';
let journey: Journey;
let manager: Visit;
let seller: Visit;

/** A colleague who can sign in. */
async function colleague(name: string, email: string, role: string | undefined): Promise<void> {
  const user = await manager.api<{ id: string }>('POST', '/users', { name, email, roles: [role] });
  const { link } = await manager.api<{ link: string }>('POST', `/users/${user.id}/invite`, {});
  const token = new URL(link).pathname.split('/').at(-1);
  await journey.visit().then((guest) => guest.api('POST', `/invitations/${token}`, { password: PASSWORD }));
}

beforeAll(async () => {
  journey = await beginJourney({ setup: true });
  manager = await journey.visit(ADMIN);
  const { items } = await manager.api<{ items: { id: string; title: string }[] }>('GET', '/roles');
  const role = items.find((each) => each.title === '销售')?.id;
  await colleague('赵磊', 'zhao@example.cn', role);
  await colleague('孙悦', 'sun@example.cn', role);
  seller = await journey.visit({ email: 'zhao@example.cn', password: PASSWORD });
});
afterAll(() => journey?.end());

const team = () => manager.page.locator('.report-team');
const lineOf = (name: string) => team().getByRole('listitem').filter({ hasText: name });

describe('a daily report', () => {
  it('has its numbers already, is written, printed and handed in', async () => {
    const { page, api, context } = seller;
    const { id } = await api<{ id: string }>('POST', '/customers', { name: '杭州海康电子' });
    await api('POST', '/activities', { kind: 'call', content: '谈了报价', customer: id });
    await page.goto('/reports');
    const sheet = page.locator('.report-sheet');
    await expect.poll(() => sheet.getByRole('link', { name: /联系客户/ }).textContent()).toBe('1联系客户');
    await sheet.getByLabel('收获与问题').fill('海康要三人签字');
    await sheet.getByLabel('明天的计划').fill('寄合同');
    expect(await seriousIn(page)).toEqual([]);
    const address = await sheet.getByRole('link', { name: '打印' }).getAttribute('href');
    const printed = await context.request.get(new URL(String(address), journey.url).href);
    expect([printed.status(), printed.headers()['content-type']]).toEqual([200, 'application/pdf']);
    await sheet.getByRole('button', { name: '交日报' }).click();
    await expect.poll(() => sheet.textContent()).toContain('已交');
    expect(await sheet.getByLabel('收获与问题').getAttribute('readonly')).not.toBe(null);
  });

  it('stands with the manager, and who has not handed in stands first', async () => {
    const { page } = manager;
    await page.goto('/reports');
    await expect.poll(() => team().textContent()).toContain('1 人未交');
    expect(await team().getByRole('listitem').first().textContent()).toContain('孙悦');
    expect(await lineOf('赵磊').textContent()).toContain('海康要三人签字');
    const address = await team().getByRole('link', { name: '打印一览' }).getAttribute('href');
    const printed = await manager.context.request.get(new URL(String(address), journey.url).href);
    expect([printed.status(), printed.headers()['content-type']]).toEqual([200, 'application/pdf']);
  });

  it('gets a word from the manager, of which its author is told', async () => {
    const { page } = manager;
    await lineOf('赵磊').getByRole('button', { name: '已阅' }).click();
    await expect.poll(() => lineOf('赵磊').getByRole('button', { name: '已阅' }).count()).toBe(0);
    await lineOf('赵磊').getByRole('link', { name: '打开' }).click();
    await page.getByRole('tab', { name: '评论' }).click();
    await page.getByPlaceholder(/写评论/).fill('付款流程尽快弄清');
    await page.getByRole('button', { name: '发送' }).click();
    await expect.poll(() => page.locator('.file-middle').textContent()).toContain('付款流程尽快弄清');
    await expect
      .poll(async () => {
        const { items } = await seller.api<{ items: { text: string }[] }>('GET', '/notifications');
        return items.map(({ text }) => text).join();
      })
      .toContain('林晓');
    await seller.page.reload();
    await expect.poll(() => seller.page.locator('.report-sheet').textContent()).toContain('付款流程尽快弄清');
  });
});
