import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Browser } from '../testing/browser.ts';
import { addPerson, type Company, roleId, startCompany } from '../testing/company.ts';
import { type Authenticate, createAuthenticate } from './authenticate.ts';

const PASSWORD = 'Bamboo*Rain-47';
let company: Company;
let person: string;
let browser: Browser;
let authenticate: Authenticate;

beforeAll(async () => {
  company = await startCompany();
  person = await addPerson(company, { name: '叶舟', username: 'yezhou', role: 'salesperson' }, PASSWORD);
  authenticate = createAuthenticate(company.pool, company.services.secret);
});
afterAll(() => company?.stop());
beforeEach(async () => {
  browser = company.browser();
  await browser.signIn('yezhou', PASSWORD);
});

const cookie = () => [...browser.jar].map(([name, value]) => `${name}=${value}`).join('; ');
const ask = () => authenticate({ cookie: cookie() });

describe('who sends a request', () => {
  test('is told in one query', async () => {
    company.statements.length = 0;
    const principal = await ask();
    expect(principal).toEqual({
      kind: 'user',
      userId: person,
      departmentId: null,
      roleIds: [await roleId(company, 'salesperson')],
      language: 'zh',
      timeZone: 'Asia/Shanghai',
      policyVersion: expect.stringMatching(/^\d+$/),
      hasShares: false,
      cause: { kind: 'person' },
    });
    expect(company.statements.filter((text) => text.includes('auth.session'))).toHaveLength(1);
  });

  test('that query finds its rows through indexes', async () => {
    const client = await company.pool.connect();
    try {
      await client.query('set enable_seqscan = off');
      await ask();
      const { rows } = await client.query(
        `explain select u.id from auth.session s join "user" u on u.id = s."userId" where s.token = 'x'`,
      );
      expect(JSON.stringify(rows)).not.toContain('Seq Scan');
    } finally {
      client.release(true);
    }
  });

  test('"last seen" is written at most once a minute', async () => {
    const seen = async () => {
      const { rows } = await sql<{
        at: string;
      }>`select max("updatedAt")::text as at from auth.session`.execute(company.services.db);
      return rows[0]!.at;
    };
    const before = await seen();
    await ask();
    await ask();
    expect(await seen()).toBe(before);
    await sql`update auth.session set "updatedAt" = now() - interval '61 seconds'`.execute(
      company.services.db,
    );
    const old = await seen();
    await ask();
    await expect.poll(seen).not.toBe(old);
  });

  test.each([
    ['no cookie', ''],
    ['another cookie', 'theme=dark'],
    ['a token without signature', 'guanxi.session_token=abc'],
    ['a wrong signature', 'guanxi.session_token=abc.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA%3D'],
    ['broken escapes', 'guanxi.session_token=%E0%A4%A'],
  ])('%s: nobody, without asking the database', async (_what, header) => {
    company.statements.length = 0;
    expect(await authenticate({ cookie: header })).toBeNull();
    expect(company.statements).toEqual([]);
  });

  test.each([
    ['expired', sql`"expiresAt" = now()`],
    ['unused for a week', sql`"updatedAt" = now() - interval '8 days'`],
  ])('a session %s is none', async (_what, change) => {
    await sql`update auth.session set ${change}`.execute(company.services.db);
    expect(await ask()).toBeNull();
  });

  test.each(['deactivated', 'invited', 'waiting'])(
    'a person %s is nobody, and his sessions are gone',
    async (status) => {
      await sql`update "user" set status = ${status} where id = ${person}`.execute(company.services.db);
      expect(await ask()).toBeNull();
      await sql`update "user" set status = 'active' where id = ${person}`.execute(company.services.db);
      expect(await ask()).toBeNull();
    },
  );

  test('language and time zone are the person’s own, else the company’s', async () => {
    await (await company.administrator()).patch('/settings', { timeZone: 'Asia/Urumqi', language: 'en' });
    expect(await ask()).toMatchObject({ language: 'en', timeZone: 'Asia/Urumqi' });
    await browser.patch('/me', { language: 'zh', timeZone: 'Europe/Berlin' });
    expect(await ask()).toMatchObject({ language: 'zh', timeZone: 'Europe/Berlin' });
  });

  test('shares count while they last, also those with the department', async () => {
    const { db } = company.services;
    const share = (expires: string | null) =>
      sql`insert into record_share (entity, record_id, user_id, access, expires_at)
      values ('customer', uuidv7(), ${person}, 'read', ${expires}::timestamptz)`.execute(db);
    await share('2020-01-01T00:00:00Z');
    expect((await ask())?.hasShares).toBe(false);
    await share(null);
    expect((await ask())?.hasShares).toBe(true);
    await sql`delete from record_share`.execute(db);
  });

  test('a change of roles or department raises the version, a change of name does not', async () => {
    const version = async () => BigInt((await ask())!.policyVersion);
    const { db } = company.services;
    const first = await version();
    await sql`update "user" set name = '叶小舟' where id = ${person}`.execute(db);
    expect(await version()).toBe(first);
    await sql`update "user" set role_ids = '{}' where id = ${person}`.execute(db);
    const second = await version();
    expect(second).toBeGreaterThan(first);
    await sql`insert into department (name) values ('华东')`.execute(db);
    expect(await version()).toBeGreaterThan(second);
  });
});
