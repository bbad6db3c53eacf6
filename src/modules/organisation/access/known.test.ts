import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Principal } from '../../../platform/context/context.ts';
import { addPerson, type Company, startCompany } from '../testing/company.ts';
import { type Credentials, createAuthenticate } from './authenticate.ts';
import { knownPrincipals } from './known.ts';

const PASSWORD = 'Bamboo*Rain-47';
let company: Company;
let credentials: Credentials;
let watch: { stop(): Promise<void> } | null = null;
let known: ReturnType<typeof knownPrincipals>;

beforeAll(async () => {
  company = await startCompany();
  await addPerson(company, { name: '叶舟', username: 'yezhou', role: 'salesperson' }, PASSWORD);
});
afterAll(() => company?.stop());
beforeEach(async () => {
  const browser = company.browser();
  await browser.signIn('yezhou', PASSWORD);
  credentials = { cookie: [...browser.jar].map(([name, value]) => `${name}=${value}`).join('; ') };
  known = knownPrincipals(createAuthenticate(company.pool, company.services.secret));
  watch = null;
});
afterEach(() => watch?.stop());

/** How often the database was asked while a sender was looked up so many times. */
async function asked(times: number): Promise<number> {
  company.statements.length = 0;
  for (let at = 0; at < times; at++) await known.find(credentials);
  return company.statements.filter((text) => text.includes('auth.session s')).length;
}
const found = (): Promise<Principal | null> => known.find(credentials);

describe('known senders', () => {
  test('are asked for once while changes are listened for', async () => {
    watch = await known.watch(company.services);
    expect(await asked(5)).toBe(1);
    known.forget();
    expect(await asked(2)).toBe(1);
  });

  test('are asked for each time otherwise', async () => {
    expect(await asked(3)).toBe(3);
    watch = await known.watch(company.services);
    await watch.stop();
    expect(await asked(3)).toBe(3);
    watch = null;
  });

  test('strangers are not remembered', async () => {
    watch = await known.watch(company.services);
    credentials = { authorization: 'Bearer nobody' };
    expect([await found(), await found()]).toEqual([null, null]);
  });

  test('what was asked before a change is not remembered after it', async () => {
    watch = await known.watch(company.services);
    const slow = known.find(credentials);
    known.forget();
    await slow;
    expect(await asked(1)).toBe(1);
  });

  /** Each made by another connection, as another process would. */
  test.each<[string, ReturnType<typeof sql>, (principal: Principal | null) => boolean]>([
    ['the session is revoked', sql`delete from auth.session`, (who) => who === null],
    ['the session expires', sql`update auth.session set "expiresAt" = now()`, (who) => who === null],
    [
      'the person is given no role',
      sql`update "user" set role_ids = '{}' where username = 'yezhou'`,
      (who) => who?.roleIds.length === 0,
    ],
    [
      'a record is shared',
      sql`insert into record_share (entity, record_id, user_id, access) select 'customer', uuidv7(), id, 'read' from "user" where username = 'yezhou'`,
      (who) => who?.hasShares === true,
    ],
    [
      'the company moves',
      sql`update setting set value = value || '{"timeZone":"Asia/Urumqi"}' where key = 'company'`,
      (who) => who?.timeZone === 'Asia/Urumqi',
    ],
    [
      'the person is deactivated',
      sql`update "user" set status = 'deactivated' where username = 'yezhou'`,
      (who) => who === null,
    ],
  ])('%s: it is seen', async (_what, change, seen) => {
    watch = await known.watch(company.services);
    expect(seen(await found())).toBe(false);
    await change.execute(company.services.db);
    await expect.poll(async () => seen(await found()), { timeout: 2000, interval: 5 }).toBe(true);
  });

  test('a connection lost makes everything forgotten', async () => {
    await sql`update "user" set status = 'active' where username = 'yezhou'`.execute(company.services.db);
    const browser = company.browser();
    await browser.signIn('yezhou', PASSWORD);
    credentials = { cookie: [...browser.jar].map(([name, value]) => `${name}=${value}`).join('; ') };
    watch = await known.watch(company.services);
    expect(await asked(3)).toBe(1);
    await sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'guanxi access'
      and datname = current_database()`.execute(company.services.db);
    await expect.poll(() => asked(2), { timeout: 2000, interval: 5 }).toBe(2);
  });
});
