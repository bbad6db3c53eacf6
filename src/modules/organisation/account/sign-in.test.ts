import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ADMINISTRATOR, addPerson, auditActions, type Company, startCompany } from '../testing/company.ts';

const PASSWORD = 'Bamboo*Rain-47';
let company: Company;
let chen: string;

beforeAll(async () => {
  company = await startCompany();
  const person = { name: '陈默', email: 'Chen.Mo@yunhe.example', phone: '138 0013-8000', username: 'ChenMo' };
  chen = await addPerson(company, { ...person, role: 'salesperson' }, PASSWORD);
});
afterAll(() => company?.stop());

describe('signing in', () => {
  test.each([
    ['mail', 'chen.mo@yunhe.example'],
    ['mail in capitals', ' CHEN.MO@YUNHE.EXAMPLE '],
    ['phone', '13800138000'],
    ['phone with country code', '+86 138-0013-8000'],
    ['user name', 'chenmo'],
  ])('by %s', async (_how, login) => {
    const browser = company.browser();
    const answer = await browser.signIn(login, PASSWORD);
    expect(answer).toMatchObject({ status: 200, body: { state: 'signedIn' } });
    expect(await browser.state()).toBe('signedIn');
  });

  test.each([
    ['wrong password', 'chen.mo@yunhe.example', 'not the password'],
    ['unknown login', 'nobody@yunhe.example', PASSWORD],
    ['nothing like a login', "x' or 1=1 --", PASSWORD],
    ['very long password', 'chen.mo@yunhe.example', 'x'.repeat(400)],
  ])('refused: %s, always with the same answer', async (_why, login, password) => {
    const browser = company.browser();
    const answer = await browser.signIn(login, password);
    expect(answer.status).toBe(401);
    expect(answer.body).toMatchObject({ code: 'sign_in_failed', detail: '账号或密码不对，请检查后再试。' });
    expect(answer.cookies).toEqual([]);
    expect(await browser.state()).toBe('signedOut');
    await sql`delete from attempt`.execute(company.services.db);
  });

  test('the cookie cannot be read by scripts, is not sent by other sites, and is secure over https', async () => {
    const [plain] = (await company.browser().signIn('chenmo', PASSWORD)).cookies;
    expect(plain).toMatch(/HttpOnly/i);
    expect(plain).toMatch(/SameSite=Lax/i);
    expect(plain).not.toMatch(/Secure/i);
    const secure = await company.app.inject({
      method: 'POST',
      url: '/api/v1/session',
      remoteAddress: '127.0.0.1',
      headers: { 'x-forwarded-proto': 'https', 'x-guanxi': '1' },
      payload: { login: 'chenmo', password: PASSWORD },
    });
    expect([secure.headers['set-cookie']].flat()[0]).toMatch(/; Secure/);
  });

  test('a missing password names the field', async () => {
    const answer = await company.browser().post('/session', { login: 'chenmo' });
    expect(answer.body).toMatchObject({ code: 'invalid', errors: [{ path: 'password', code: 'required' }] });
  });

  test('success, failure and sign-out are in the audit', async () => {
    const before = await auditActions(company, chen);
    const browser = company.browser();
    await browser.signIn('chenmo', 'wrong');
    await browser.signIn('chenmo', PASSWORD);
    expect((await browser.delete('/session')).status).toBe(204);
    expect((await auditActions(company, chen)).slice(before.length)).toEqual([
      'sign_in_failed',
      'signed_in',
      'signed_out',
    ]);
    expect(await browser.state()).toBe('signedOut');
  });

  test('a session signed out elsewhere is of no more use, even with its cookie', async () => {
    const browser = company.browser();
    await browser.signIn('chenmo', PASSWORD);
    const stolen = new Map(browser.jar);
    await browser.delete('/session');
    for (const [name, value] of stolen) browser.jar.set(name, value);
    expect(await browser.state()).toBe('signedOut');
  });
});

describe('too many attempts', () => {
  test('five wrong passwords make the login rest for everyone, the right password included', async () => {
    for (let i = 0; i < 5; i += 1)
      expect((await company.browser().signIn('chenmo', `wrong ${i}`)).status).toBe(401);
    const answer = await company.browser().signIn('13800138000', PASSWORD);
    expect(answer.status).toBe(429);
    expect(answer.body.code).toBe('too_many_attempts');
    expect(answer.body.retryAfter).toBeGreaterThan(800);
    await sql`update attempt set since = since - interval '901 seconds'`.execute(company.services.db);
    expect((await company.browser().signIn('chenmo', PASSWORD)).status).toBe(200);
  });

  test('attempts at once cannot slip past the limit', async () => {
    const answers = await Promise.all(
      Array.from({ length: 9 }, (_, i) => company.browser().signIn('chenmo', `wrong ${i}`)),
    );
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(5);
    await sql`delete from attempt`.execute(company.services.db);
  });

  test('unknown logins are limited alike, so that they cannot be told from known ones', async () => {
    const statuses = [];
    for (let i = 0; i < 6; i += 1)
      statuses.push((await company.browser().signIn('ghost@yunhe.example', 'x')).status);
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
  });

  test('one address may not try many logins', async () => {
    const browser = company.browser();
    await sql`insert into attempt values (${`address:${browser.address}`}, 100, now())`.execute(
      company.services.db,
    );
    expect((await browser.signIn('chenmo', PASSWORD)).status).toBe(429);
    expect((await company.browser().signIn('chenmo', PASSWORD)).status).toBe(200);
  });
});

describe('other sites', () => {
  test.each([
    ['without our header', { 'x-guanxi': '' }, 403],
    ['from another origin', { origin: 'https://evil.example' }, 403],
    ['from an origin without name', { origin: 'null' }, 403],
    ['with an empty key', { 'x-guanxi': '', authorization: '' }, 403],
    ['from our own', { origin: 'http://localhost' }, 204],
    ['without an origin', {}, 204],
  ])('a change %s → %s', async (_what, headers, status) => {
    const browser = company.browser();
    await browser.signIn('chenmo', PASSWORD);
    const answer = await browser.patch('/me', { language: 'zh' }, headers as Record<string, string>);
    expect(answer.status).toBe(status);
    if (status === 403) expect(answer.body.code).toBe('cross_site');
  });

  test('signing someone in from another site is refused', async () => {
    const answer = await company
      .browser()
      .post('/session', { login: 'chenmo', password: PASSWORD }, { origin: 'https://evil.example' });
    expect(answer.body.code).toBe('cross_site');
  });

  test('reading needs no header', async () => {
    const browser = company.browser();
    await browser.signIn('chenmo', PASSWORD);
    expect((await browser.get('/me/preferences', { 'x-guanxi': '' })).status).toBe(200);
  });
});

test('before set-up nobody can sign in, afterwards set-up is closed', async () => {
  const empty = await startCompany({ setUp: false });
  try {
    const browser = empty.browser();
    expect(await browser.state()).toBe('setup');
    const weak = { company: '云鹤', name: '林静', email: ADMINISTRATOR.email, password: 'password123' };
    expect((await browser.post('/setup', weak)).body.errors).toMatchObject([
      { path: 'password', code: 'password_common' },
    ]);
    expect(await browser.state()).toBe('setup');
    const answer = await browser.post('/setup', {
      ...weak,
      password: ADMINISTRATOR.password,
      language: 'zh',
    });
    expect(answer).toMatchObject({ status: 200, body: { state: 'signedIn' } });
    expect(await browser.state()).toBe('signedIn');
    const again = await empty.browser().post('/setup', { ...weak, password: ADMINISTRATOR.password });
    expect(again).toMatchObject({ status: 409, body: { code: 'already_set_up' } });
  } finally {
    await empty.stop();
  }
});

test('of several set-ups at the same time one founds the company', async () => {
  const empty = await startCompany({ setUp: false });
  try {
    const body = { company: '云鹤', ...ADMINISTRATOR };
    const answers = await Promise.all([1, 2, 3].map(() => empty.browser().post('/setup', body)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
  } finally {
    await empty.stop();
  }
});
