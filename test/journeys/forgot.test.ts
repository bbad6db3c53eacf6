import { afterAll, beforeAll, expect, it } from 'vitest';
import { seriousIn } from './axe.ts';
import { ADMIN, beginJourney, type Journey } from './journey.ts';

let journey: Journey;

beforeAll(async () => {
  journey = await beginJourney({ setup: true });
});
afterAll(() => journey?.end());

it('who forgot his password asks for a link, where mail is set up', async () => {
  const { page, context } = await journey.visit();
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('/');
  await page.getByText('忘记密码？请管理员发一个新的邀请链接。').waitFor();
  const admin = await journey.visit(ADMIN);
  await admin.api('PUT', '/mail/settings', {
    host: '127.0.0.1',
    port: 9,
    security: 'none',
    acceptSelfSigned: false,
    user: '',
    from: 'crm@example.cn',
    fromName: '云杉',
  });
  await admin.context.close();
  await page.reload();
  await page.getByRole('button', { name: '忘记密码？' }).click();
  expect(await seriousIn(page)).toEqual([]);
  await page.getByRole('textbox', { name: '邮箱、手机号或用户名' }).fill('nobody@example.cn');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: '请查收邮件' }).waitFor();
  expect(await seriousIn(page)).toEqual([]);
  await page.getByRole('button', { name: '回到登录' }).click();
  await page.getByRole('heading', { name: '登录' }).waitFor();
  await context.close();
});
