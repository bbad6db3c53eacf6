import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApiKeyFromCommandLine } from '../setup/setup.ts';
import type { Browser } from '../testing/browser.ts';
import { addPerson, auditActions, type Company, startCompany } from '../testing/company.ts';

const PASSWORD = 'Bamboo*Rain-47';
let company: Company;
let administrator: Browser;
let reader: string;

beforeAll(async () => {
  company = await startCompany();
  administrator = await company.administrator();
  reader = await addPerson(company, { name: '读者', username: 'duzhe', role: 'reader' }, PASSWORD);
});
afterAll(() => company?.stop());

/** A program with a key: no cookies, none of our headers. */
function program(key: string): Browser {
  const browser = company.browser();
  browser.headers = { authorization: `Bearer ${key}` };
  return browser;
}

describe('an API key', () => {
  test('acts as its user, with his rights and no others', async () => {
    const { body } = await administrator.post('/api-keys', { name: '报表', user: reader });
    expect(body.key).toMatch(/^gx_[\w-]{43}$/);
    expect(body.key.startsWith(body.prefix)).toBe(true);
    const client = program(body.key);
    expect((await client.get(`/users/${reader}`)).body.name).toBe('读者');
    expect((await client.post('/users', { name: '新人' })).status).toBe(403);
    expect(await auditActions(company, reader)).toContain('api_key_created');
  });

  test('of an administrator changes records; the audit names the key', async () => {
    const { body } = await administrator.post('/api-keys', { name: '接口' });
    const created = await program(body.key).post('/users', { name: '新人' });
    expect(created.status).toBe(201);
    const { rows } =
      await sql`select cause_kind, cause_id from audit_entry where record_id = ${created.body.id}`.execute(
        company.services.db,
      );
    expect(rows).toEqual([{ cause_kind: 'apiKey', cause_id: body.id }]);
  });

  test('is shown once and kept as a hash', async () => {
    const { body } = await administrator.post('/api-keys', { name: '一次' });
    const list = await administrator.get('/api-keys');
    expect(list.body.items.map((item: { name: string }) => item.name)).toContain('一次');
    expect(JSON.stringify(list.body)).not.toContain(body.key);
    const { rows } = await sql<{ text: string }>`select k::text as text from api_key k`.execute(
      company.services.db,
    );
    expect(rows.some(({ text }) => text.includes(body.key.slice(12)))).toBe(false);
  });

  test('ends when revoked, when expired, and when its user is deactivated', async () => {
    const make = async (more = {}) =>
      (await administrator.post('/api-keys', { name: '短', user: reader, ...more })).body;
    const [revoked, expired, orphaned] = [
      await make(),
      await make({ expiresAt: '2099-01-01T00:00:00Z' }),
      await make(),
    ];
    const reads = async ({ key }: { key: string }) => (await program(key).get(`/users/${reader}`)).status;
    expect([await reads(revoked), await reads(expired), await reads(orphaned)]).toEqual([200, 200, 200]);
    expect((await administrator.delete(`/api-keys/${revoked.id}`)).status).toBe(204);
    await sql`update api_key set expires_at = now() where id = ${expired.id}`.execute(company.services.db);
    expect([await reads(revoked), await reads(expired)]).toEqual([401, 401]);
    await administrator.post(`/users/${reader}/deactivate`);
    expect(await reads(orphaned)).toBe(401);
    await administrator.post(`/users/${reader}/activate`);
    expect(await auditActions(company, reader)).toContain('api_key_revoked');
  });

  test.each(['gx_wrong', '', 'a b', 'x'.repeat(5000)])(
    '"%s" is nobody’s, even beside a valid session',
    async (key) => {
      expect((await administrator.get('/api-keys', { authorization: `Bearer ${key}` })).status).toBe(401);
    },
  );

  test('does not guard or change the account it belongs to', async () => {
    const { body } = await administrator.post('/api-keys', { name: '接口' });
    const client = program(body.key);
    for (const [path, input] of [
      ['/api-keys', { name: '又一个' }],
      ['/me/password', { current: 'x', next: 'y' }],
      ['/me/two-factor', { password: 'x' }],
    ] as const) {
      expect((await client.post(path, input)).body.code).toBe('session_required');
    }
  });

  test('is for administrators to give, with a name and an end in the future', async () => {
    const browser = company.browser();
    await browser.signIn('duzhe', PASSWORD);
    expect((await browser.post('/api-keys', { name: '我的' })).status).toBe(403);
    expect(
      (await browser.get('/api-keys')).body.items.every(
        (item: { user: { id: string } }) => item.user.id === reader,
      ),
    ).toBe(true);
    expect((await administrator.post('/api-keys', { name: ' ' })).status).toBe(422);
    expect(
      (await administrator.post('/api-keys', { name: '旧', expiresAt: '2020-01-01T00:00:00Z' })).body
        .errors[0].code,
    ).toBe('in_the_past');
    expect(
      (await administrator.post('/api-keys', { name: '空', user: '0198a000-0000-7000-8000-000000000000' }))
        .status,
    ).toBe(422);
  });

  test('from the command line acts as the first administrator', async () => {
    const { key } = await createApiKeyFromCommandLine(company.services, { name: 'cli' });
    expect((await program(key).get('/settings')).body).toMatchObject({ companyName: '云鹤' });
  });

  test('cannot be made before there is a company', async () => {
    const empty = await startCompany({ setUp: false });
    try {
      await expect(createApiKeyFromCommandLine(empty.services, { name: 'cli' })).rejects.toMatchObject({
        code: 'not_set_up',
      });
    } finally {
      await empty.stop();
    }
  });
});
