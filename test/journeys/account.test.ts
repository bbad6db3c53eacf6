import { TOTP } from 'otpauth';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ADMIN, beginJourney, type Journey, type Visit } from './journey.ts';

let journey: Journey;
let admin: Visit;
let secret: string;

beforeAll(async () => {
  journey = await beginJourney({ setup: true });
  admin = await journey.visit(ADMIN);
});
afterAll(() => journey?.end());

const code = () => new TOTP({ secret, period: 30, digits: 6 }).generate();

async function signIn(visit: Visit): Promise<void> {
  await visit.page.goto('/');
  await visit.page.getByLabel('邮箱、手机号或用户名').fill(ADMIN.email);
  await visit.page.getByLabel('密码').fill(ADMIN.password);
  await visit.page.getByRole('button', { name: '登录' }).click();
}

describe('one’s own account', () => {
  it('a wrong password is refused in plain words', async () => {
    const visit = await journey.visit();
    await visit.page.goto('/');
    await visit.page.getByLabel('邮箱、手机号或用户名').fill(ADMIN.email);
    await visit.page.getByLabel('密码').fill('not-the-password');
    await visit.page.getByRole('button', { name: '登录' }).click();
    await expect.poll(() => visit.page.locator('.form-error').count()).toBe(1);
    expect(await visit.page.locator('.form-error').textContent()).toMatch(/\p{Script=Han}/u);
    await visit.context.close();
  });

  it('the second factor is set up with a picture, a secret and recovery codes', async () => {
    const { page } = admin;
    await page.goto('/me');
    const card = page.locator('section', { hasText: '两步验证' }).last();
    await card.getByLabel('现在的密码').fill(ADMIN.password);
    await card.getByRole('button', { name: '开启' }).click();
    await expect.poll(() => card.locator('img.qr').count()).toBe(1);
    secret = (await card.locator('code').textContent()) ?? '';
    expect(await card.locator('.codes li').count()).toBeGreaterThan(5);
    await card.getByLabel('验证码').fill(code());
    await card.getByRole('button', { name: '确认开启' }).click();
    await expect.poll(() => card.textContent()).toContain('已开启');
  });

  it('is asked for at the next sign-in', async () => {
    const visit = await journey.visit();
    await signIn(visit);
    await expect.poll(() => visit.page.locator('h1').textContent()).toBe('两步验证');
    await visit.page.getByLabel('验证码').fill(code());
    await visit.page.getByRole('button', { name: '登录' }).click();
    await expect.poll(() => visit.page.locator('h1').textContent()).toBe('今天');
    await visit.page.goto('/me');
    await expect.poll(() => visit.page.getByText('退出这台').count()).toBeGreaterThan(0);
    await visit.context.close();
  });
});
