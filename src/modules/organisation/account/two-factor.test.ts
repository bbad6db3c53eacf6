import { sql } from 'kysely';
import { TOTP } from 'otpauth';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Browser } from '../testing/browser.ts';
import { addPerson, auditActions, type Company, startCompany } from '../testing/company.ts';

const PASSWORD = 'Bamboo*Rain-47';
const LOGIN = 'su.qing@yunhe.example';
let company: Company;
let person: string;
let app: TOTP;
let recoveryCodes: string[];

/** A code of the app; `steps` of 30 seconds from now, so that one test's codes are not another's. */
const code = (steps = 0) => app.generate({ timestamp: Date.now() + steps * 30_000 });

beforeAll(async () => {
  company = await startCompany();
  person = await addPerson(company, { name: '苏青', email: LOGIN }, PASSWORD);
  const browser = company.browser();
  await browser.signIn(LOGIN, PASSWORD);
  const setup = await browser.post('/me/two-factor', { password: PASSWORD });
  expect(setup.status).toBe(200);
  app = new TOTP({ secret: setup.body.secret });
  recoveryCodes = setup.body.recoveryCodes;
  expect(setup.body.uri).toContain(encodeURIComponent(LOGIN));
  expect(setup.body.uri).toContain(encodeURIComponent('云鹤'));
  expect((await browser.post('/me/two-factor/confirm', { code: '000000' })).body.errors[0].code).toBe(
    'two_factor_code_wrong',
  );
  expect((await browser.post('/me/two-factor/confirm', { code: code() })).status).toBe(204);
  expect(await browser.state()).toBe('signedIn');
  expect((await browser.get('/me/two-factor')).body).toEqual({ on: true });
});
afterAll(() => company?.stop());
beforeEach(() => sql`delete from attempt`.execute(company.services.db));

async function asked(): Promise<Browser> {
  const browser = company.browser();
  const answer = await browser.signIn(LOGIN, PASSWORD);
  expect(answer.body).toEqual({ state: 'twoFactor' });
  return browser;
}

describe('the second factor', () => {
  test('the password alone opens nothing', async () => {
    const browser = await asked();
    expect((await browser.get('/session')).body).toMatchObject({
      state: 'signedOut',
      twoFactorPending: true,
    });
    expect((await browser.get('/me/sessions')).status).toBe(401);
  });

  test('a code of the app signs in', async () => {
    const browser = await asked();
    expect((await browser.post('/session/two-factor', { code: code() })).body).toEqual({ state: 'signedIn' });
    expect(await browser.state()).toBe('signedIn');
  });

  test('the same code does not open the door twice', async () => {
    const shown = code();
    expect((await (await asked()).post('/session/two-factor', { code: shown })).status).toBe(200);
    const second = await asked();
    expect((await second.post('/session/two-factor', { code: shown })).status).toBe(401);
    expect(await second.state()).toBe('signedOut');
  });

  test.each([
    ['wrong', () => (code() === '123456' ? '654321' : '123456')],
    ['from long ago', () => code(-20)],
    ['no code at all', () => 'abc'],
  ])('a code %s is refused', async (_what, make) => {
    const answer = await (await asked()).post('/session/two-factor', { code: make() });
    expect(answer).toMatchObject({ status: 401, body: { code: 'two_factor_failed' } });
  });

  test('a code without a password before it is refused', async () => {
    expect((await company.browser().post('/session/two-factor', { code: code() })).status).toBe(401);
  });

  test('the question rests after five wrong codes, even for the right one', async () => {
    const browser = await asked();
    for (let i = 0; i < 5; i += 1) await browser.post('/session/two-factor', { code: `00000${i}` });
    expect((await browser.post('/session/two-factor', { code: code() })).status).toBe(401);
    await sql`update auth."twoFactor" set "failedVerificationCount" = 0, "lockedUntil" = null`.execute(
      company.services.db,
    );
  });

  test('a recovery code works once', async () => {
    expect(recoveryCodes.length).toBeGreaterThanOrEqual(8);
    const [first] = recoveryCodes;
    expect((await (await asked()).post('/session/two-factor', { recoveryCode: first })).status).toBe(200);
    expect((await (await asked()).post('/session/two-factor', { recoveryCode: first })).status).toBe(401);
    expect(
      (await (await asked()).post('/session/two-factor', { recoveryCode: recoveryCodes[1] })).status,
    ).toBe(200);
  });

  test('a trusted device is not asked again, another one is', async () => {
    const browser = await asked();
    await browser.post('/session/two-factor', { recoveryCode: recoveryCodes[2], trustDevice: true });
    await browser.delete('/session');
    expect((await browser.signIn(LOGIN, PASSWORD)).body).toEqual({ state: 'signedIn' });
    await asked();
  });

  test('secret and recovery codes are not stored readable', async () => {
    const { rows } = await sql<{
      text: string;
    }>`select concat(secret, "backupCodes") as text from auth."twoFactor"`.execute(company.services.db);
    expect(rows[0]!.text).not.toContain(app.secret.base32);
    expect(rows[0]!.text).not.toContain(recoveryCodes[3]);
  });

  test('it goes off with the password only, and can be begun only once', async () => {
    const browser = await asked();
    await browser.post('/session/two-factor', { recoveryCode: recoveryCodes[4] });
    expect((await browser.post('/me/two-factor', { password: PASSWORD })).body.code).toBe(
      'two_factor_already_on',
    );
    expect((await browser.delete('/me/two-factor', { password: 'wrong' })).body.errors[0]).toMatchObject({
      path: 'password',
      code: 'password_wrong',
    });
    expect((await browser.delete('/me/two-factor', { password: PASSWORD })).status).toBe(204);
    expect((await company.browser().signIn(LOGIN, PASSWORD)).body).toEqual({ state: 'signedIn' });
    expect(await auditActions(company, person)).toEqual(
      expect.arrayContaining(['two_factor_on', 'two_factor_off']),
    );
  });

  test('an administrator can take it away from someone who lost everything', async () => {
    const browser = company.browser();
    await browser.signIn(LOGIN, PASSWORD);
    const setup = await browser.post('/me/two-factor', { password: PASSWORD });
    app = new TOTP({ secret: setup.body.secret });
    await browser.post('/me/two-factor/confirm', { code: code() });
    await asked();
    expect((await (await company.administrator()).post(`/users/${person}/reset-two-factor`)).status).toBe(
      204,
    );
    expect((await company.browser().signIn(LOGIN, PASSWORD)).body).toEqual({ state: 'signedIn' });
  });
});
