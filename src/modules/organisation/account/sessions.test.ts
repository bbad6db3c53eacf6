import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addPerson, type Company, startCompany } from '../testing/company.ts';
import { deviceName } from './device.ts';
import { removeExpired } from './housekeeping.ts';

const PASSWORD = 'Bamboo*Rain-47';
let company: Company;

beforeAll(async () => {
  company = await startCompany();
  await addPerson(company, { name: '罗兰', username: 'luolan' }, PASSWORD);
  await addPerson(company, { name: '石磊', username: 'shilei' }, PASSWORD);
  await sql`delete from auth.session`.execute(company.services.db);
});
afterAll(() => company?.stop());

async function signedIn(login: string) {
  const browser = company.browser();
  await browser.signIn(login, PASSWORD);
  return browser;
}

test('sessions are listed with device and address, and the current one is marked', async () => {
  const [one, two] = [await signedIn('luolan'), await signedIn('luolan')];
  const { items } = (await one.get('/me/sessions')).body;
  expect(items).toHaveLength(2);
  const current = items.filter((item: { current: boolean }) => item.current);
  expect(current).toEqual([expect.objectContaining({ device: 'Chrome · Windows', ip: one.address })]);
  expect(items.map((item: { ip: string }) => item.ip).sort()).toEqual([one.address, two.address].sort());
  expect(JSON.stringify(items)).not.toContain('token');
});

test('one can end a session elsewhere, but not someone else’s', async () => {
  const [mine, other] = [await signedIn('luolan'), await signedIn('shilei')];
  const theirs = (await other.get('/me/sessions')).body.items[0].id;
  expect((await mine.delete(`/me/sessions/${theirs}`)).status).toBe(404);
  expect(await other.state()).toBe('signedIn');
  const third = await signedIn('luolan');
  const id = (await third.get('/me/sessions')).body.items.find(
    (item: { current: boolean }) => item.current,
  ).id;
  expect((await mine.delete(`/me/sessions/${id}`)).status).toBe(204);
  expect(await third.state()).toBe('signedOut');
  expect(await mine.state()).toBe('signedIn');
});

test('what has run out is removed, what has not stays', async () => {
  const browser = await signedIn('luolan');
  const old = await signedIn('luolan');
  const id = (await old.get('/me/sessions')).body.items.find((item: { current: boolean }) => item.current).id;
  await sql`update auth.session set "expiresAt" = now() - interval '1 second' where id = ${id}`.execute(
    company.services.db,
  );
  await sql`insert into attempt values ('old', 3, now() - interval '2 days')`.execute(company.services.db);
  await removeExpired(company.services.db);
  const { rows } = await sql`select from auth.session where id = ${id}`.execute(company.services.db);
  expect(rows).toEqual([]);
  expect((await sql`select from attempt where key = 'old'`.execute(company.services.db)).rows).toEqual([]);
  expect(await browser.state()).toBe('signedIn');
});

test.each([
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36',
    'Chrome · Windows',
  ],
  ['Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0', 'Edge · Windows'],
  [
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 14_0) AppleWebKit/605.1 Version/17 Safari/605.1',
    'Safari · macOS',
  ],
  ['Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) MicroMessenger/8.0', '微信 · iPhone'],
  ['Mozilla/5.0 (Linux; Android 14; HarmonyOS) Chrome/120', 'Chrome · HarmonyOS'],
  ['curl/8.9', 'curl/8.9'],
  [null, '?'],
])('%s is called %s', (userAgent, name) => {
  expect(deviceName(userAgent)).toBe(name);
});
