import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ADMIN, beginJourney, confirmDialog, type Journey, type Visit } from './journey.ts';

const MATE = { name: '单雄信', email: 'shan@example.cn', password: 'Tongshi-2026!' };

let journey: Journey;
let admin: Visit;
let mate: Visit;
let customer: { id: string };
let mateId: string;

beforeAll(async () => {
  journey = await beginJourney({ setup: true });
  admin = await journey.visit(ADMIN);
  const actions = { read: 'self', create: 'self', update: 'self' };
  const role = await admin.api<{ id: string }>('POST', '/roles', {
    name: '外勤',
    permissions: { entities: { customer: { actions }, activity: { actions } } },
  });
  const user = await admin.api<{ id: string }>('POST', '/users', {
    ...MATE,
    password: undefined,
    roles: [role.id],
  });
  mateId = user.id;
  const { link } = await admin.api<{ link: string }>('POST', `/users/${mateId}/invite`, {});
  const token = new URL(link).pathname.split('/').at(-1);
  await admin.api('POST', `/invitations/${token}`, { password: MATE.password }).catch(() => {});
  admin = await journey.visit(ADMIN);
  mate = await journey.visit(MATE);
  customer = await admin.api('POST', '/customers', { name: '杭州海康电子' });
});
afterAll(() => journey?.end());

const file = () => `/r/customers/${customer.id}`;
const bell = ({ page }: Visit) => page.locator('.top .bell');
const write = async ({ page }: Visit, text: string, pick?: string) => {
  const box = page.getByLabel('写评论，用 @ 提到同事').first();
  await box.fill('');
  await box.pressSequentially(text);
  if (pick) await page.getByRole('option', { name: pick }).click();
  await page.getByRole('button', { name: '发送' }).click();
};

describe('a mention', () => {
  it('finds the colleague by pinyin, and shares first what he cannot see', async () => {
    await mate.page.goto('/r/customers');
    await expect.poll(() => bell(mate).textContent()).toMatch(/通知\s*$/);
    await admin.page.goto(file());
    await write(admin, '请跟进样机 @shanxx', '单雄信');
    await expect
      .poll(() => admin.page.locator('.ant-modal-wrap').textContent())
      .toContain('单雄信 看不到这条记录');
    await confirmDialog(admin.page);
    await expect
      .poll(() => admin.page.locator('.timeline .comment-text').first().textContent())
      .toContain('@单雄信');
    expect(await admin.page.locator('.comment-text mark').textContent()).toBe('@单雄信');
  });

  it('lights up at his screen without a reload, and a click leads to the record', async () => {
    const { page } = mate;
    await expect.poll(() => bell(mate).textContent()).toMatch(/通知\s*1$/);
    await expect.poll(() => page.locator('.toasts').textContent()).toContain('提到了你');
    await bell(mate).click();
    await expect
      .poll(() => page.locator('.note-panel .note').first().textContent())
      .toContain('杭州海康电子');
    await page.locator('.note-panel .note button').first().click();
    await expect.poll(() => page.locator('h1').textContent()).toBe('杭州海康电子');
    await expect.poll(() => bell(mate).textContent()).toMatch(/通知\s*$/);
    await expect.poll(() => page.locator('.comment-text').first().textContent()).toContain('请跟进样机');
  });

  it('is answered in its place; whoever began is told', async () => {
    const { page } = mate;
    await page.locator('.comment-do').getByRole('button', { name: '回复' }).first().click();
    await page.getByLabel('回复', { exact: true }).fill('今天就去');
    await page.getByRole('button', { name: '发送' }).click();
    await expect.poll(() => page.locator('.answers .comment-text').textContent()).toBe('今天就去');
    await expect.poll(() => admin.page.locator('.answers').textContent()).toContain('今天就去');
    await expect.poll(() => bell(admin).textContent()).toMatch(/通知\s*1$/);
  });
});

describe('preferences', () => {
  it('off in both ways, nothing arrives', async () => {
    const { page } = mate;
    await page.goto('/me/notifications');
    await page.getByLabel('有人提到我 应用内').click();
    await expect
      .poll(async () => {
        const { kinds } = await mate.api<{ kinds: { name: string; inApp: boolean }[] }>(
          'GET',
          '/notifications/preferences',
        );
        return kinds.find(({ name }) => name === 'comment.mention')?.inApp;
      })
      .toBe(false);
    await mate.api('PUT', `/customers/${customer.id}/following`, { following: false });
    await admin.api('POST', `/customers/${customer.id}/comments`, {
      text: '@单雄信 再看',
      mentions: [mateId],
    });
    await page.goto('/notifications');
    await expect.poll(() => page.locator('.notes .note').count()).toBe(1);
    expect(await bell(mate).textContent()).toMatch(/通知\s*$/);
  });
});

describe('the manager’s remark on a follow-up', () => {
  it('stands beneath it in the timeline', async () => {
    await admin.api('POST', '/activities', { customer: customer.id, kind: 'visit', content: '见了王总' });
    const { page } = admin;
    await page.goto(file());
    const entry = page.locator('.timeline li').filter({ hasText: '见了王总' });
    await entry.getByRole('button', { name: '评论', exact: true }).click();
    await entry.getByLabel('写评论，用 @ 提到同事').fill('写得具体些');
    await entry.getByRole('button', { name: '发送' }).click();
    await expect.poll(() => entry.locator('.comment-text').textContent()).toBe('写得具体些');
  });

  it('is found by its words', async () => {
    const { page } = admin;
    await page.goto('/search?q=具体些');
    await expect.poll(() => page.locator('.hit-list').last().textContent()).toContain('写得具体些');
  });
});

it('a mail server is named, and a test tells what it answers', async () => {
  const { page } = admin;
  await page.goto('/admin/mail');
  await page.getByLabel('服务器').fill('127.0.0.1');
  await page.getByText('不加密').click();
  await page.getByLabel('端口').fill('1');
  await page.getByLabel('发件地址').fill('crm@example.cn');
  await page.getByRole('button', { name: '保存' }).click();
  await page.getByRole('button', { name: '发送测试邮件' }).click();
  await expect.poll(() => page.locator('.mail-answer').textContent()).toContain('没有发出去');
});
