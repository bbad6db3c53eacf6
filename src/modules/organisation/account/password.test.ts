import { sql } from 'kysely';
import { TOTP } from 'otpauth';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { addPerson, auditActions, type Company, startCompany } from '../testing/company.ts';

const FIRST = 'Bamboo*Rain-47';
const SECOND = 'Lotus*Moon-52';
const THIRD = 'Maple*Wind-63';
const LOGIN = 'gu.yun@yunhe.example';
let company: Company;
let person: string;

beforeAll(async () => {
  company = await startCompany();
  person = await addPerson(company, { name: '顾云', email: LOGIN }, FIRST);
});
afterAll(() => company?.stop());
beforeEach(() => sql`delete from attempt`.execute(company.services.db));

const age = (days: number) =>
  sql`update auth.account set "passwordChangedAt" = now() - make_interval(days => ${days})`.execute(
    company.services.db,
  );

describe('changing one’s password', () => {
  test('needs the current one and a good new one', async () => {
    const browser = company.browser();
    await browser.signIn(LOGIN, FIRST);
    const fault = async (current: string, next: string) =>
      (await browser.post('/me/password', { current, next })).body.errors[0];
    expect(await fault('wrong', SECOND)).toMatchObject({ path: 'current', code: 'password_wrong' });
    expect(await fault(FIRST, 'short')).toMatchObject({
      path: 'next',
      code: 'password_too_short',
      message: '密码至少 8 个字符。',
    });
    expect(await fault(FIRST, FIRST)).toMatchObject({ path: 'next', code: 'password_unchanged' });
    expect(await fault(FIRST, 'gu.yun-2026!')).toMatchObject({
      path: 'next',
      code: 'password_contains_login',
    });
  });

  test('ends all other sessions and keeps this one', async () => {
    const [here, elsewhere] = [company.browser(), company.browser()];
    await here.signIn(LOGIN, FIRST);
    await elsewhere.signIn(LOGIN, FIRST);
    expect((await here.post('/me/password', { current: FIRST, next: SECOND })).status).toBe(204);
    expect(await here.state()).toBe('signedIn');
    expect(await elsewhere.state()).toBe('signedOut');
    expect((await company.browser().signIn(LOGIN, FIRST)).status).toBe(401);
    expect((await company.browser().signIn(LOGIN, SECOND)).status).toBe(200);
    expect(await auditActions(company, person)).toContain('password_changed');
  });

  test('guessing the current password is limited', async () => {
    const browser = company.browser();
    await browser.signIn(LOGIN, SECOND);
    const statuses = [];
    for (let i = 0; i < 6; i += 1)
      statuses.push((await browser.post('/me/password', { current: `wrong ${i}`, next: THIRD })).status);
    expect(statuses).toEqual([422, 422, 422, 422, 422, 429]);
  });
});

describe('the change interval', () => {
  beforeAll(async () => {
    const administrator = await company.administrator();
    expect((await administrator.patch('/settings', { passwordRules: { maxAgeDays: 90 } })).status).toBe(200);
  });

  test('a password within it signs in', async () => {
    await age(89);
    expect((await company.browser().signIn(LOGIN, SECOND)).status).toBe(200);
  });

  test('an older one opens nothing, but may be replaced by one that keeps the rules', async () => {
    await age(91);
    const browser = company.browser();
    const refused = await browser.signIn(LOGIN, SECOND);
    expect(refused).toMatchObject({
      status: 403,
      cookies: [],
      body: { code: 'password_expired', twoFactor: false },
    });
    expect(await browser.state()).toBe('signedOut');
    const { rows } = await sql<{
      n: number;
    }>`select count(*) as n from auth.session where "userId" = ${person}
      and "createdAt" > now() - interval '1 second'`.execute(company.services.db);
    const replace = (password: string, newPassword: string) =>
      browser.post('/session', { login: LOGIN, password, newPassword });
    expect((await replace('wrong', THIRD)).status).toBe(401);
    expect((await replace(SECOND, 'short')).body.errors[0]).toMatchObject({
      path: 'next',
      code: 'password_too_short',
    });
    expect((await replace(SECOND, SECOND)).body.errors[0].code).toBe('password_unchanged');
    expect(await browser.state()).toBe('signedOut');
    expect((await replace(SECOND, THIRD)).body).toEqual({ state: 'signedIn' });
    expect(await browser.state()).toBe('signedIn');
    expect((await company.browser().signIn(LOGIN, THIRD)).status).toBe(200);
    expect(rows).toHaveLength(1);
  });

  test('a wrong password does not tell that the right one has expired', async () => {
    await age(91);
    expect((await company.browser().signIn(LOGIN, 'wrong')).body.code).toBe('sign_in_failed');
  });

  test('with a second factor, replacing needs it too', async () => {
    await age(0);
    const browser = company.browser();
    await browser.signIn(LOGIN, THIRD);
    const { secret } = (await browser.post('/me/two-factor', { password: THIRD })).body;
    const app = new TOTP({ secret });
    await browser.post('/me/two-factor/confirm', { code: app.generate() });
    await age(91);
    const next = 'Willow*Snow-74';
    const visitor = company.browser();
    expect((await visitor.signIn(LOGIN, THIRD)).body).toMatchObject({
      code: 'password_expired',
      twoFactor: true,
    });
    const bare = await visitor.post('/session', { login: LOGIN, password: THIRD, newPassword: next });
    expect(bare.body.errors[0]).toMatchObject({ path: 'code', code: 'two_factor_code_required' });
    const wrong = await visitor.post('/session', {
      login: LOGIN,
      password: THIRD,
      newPassword: next,
      code: 'abcdef',
    });
    expect(wrong.status).toBe(401);
    const right = await visitor.post('/session', {
      login: LOGIN,
      password: THIRD,
      newPassword: next,
      code: app.generate(),
    });
    expect(right.body).toEqual({ state: 'signedIn' });
    expect(await visitor.state()).toBe('signedIn');
  });
});
