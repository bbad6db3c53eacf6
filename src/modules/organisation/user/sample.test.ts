import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemContext } from '../../../platform/context/services.ts';
import { inTransaction } from '../../../platform/context/transaction.ts';
import type { MailMessage } from '../services.ts';
import { type Company, startCompany, tokenOf } from '../testing/company.ts';
import { introduceSamplePeople } from './status.ts';

const PASSWORD = 'Bamboo*Rain-47';
const LOGIN = 'wu@yunhe.example';
const sent: MailMessage[] = [];
let company: Company;
let person: string;

beforeAll(async () => {
  company = await startCompany({ sendMail: async (_ctx, message) => sent.push(message) > 0 });
  const browser = await company.administrator();
  person = (await browser.post('/users', { name: '吴示例', email: LOGIN })).body.id;
  await inTransaction(await systemContext(company.services, { kind: 'commandLine' }), (inner) =>
    introduceSamplePeople(inner, [person]),
  );
});
afterAll(() => company?.stop());

const stored = async () =>
  (await (await company.administrator()).get(`/users/${person}`)).body as { status: string; sample: boolean };

test('people of the sample company are at work, but nobody can sign in as one of them', async () => {
  expect(await stored()).toMatchObject({ status: 'active', sample: true });
  for (const password of ['null', 'undefined', PASSWORD])
    expect((await company.browser().signIn(LOGIN, password)).status).toBe(401);
});

test('a forgotten password is no way in either', async () => {
  const known = await (await company.administrator()).post('/users', {
    name: '顾真',
    email: 'gu@yunhe.example',
  });
  await sql`update "user" set status = 'active' where id = ${known.body.id}`.execute(company.services.db);
  expect((await company.browser().post('/session/forgotten', { login: LOGIN })).status).toBe(200);
  await expect
    .poll(
      async () =>
        (await sql`select from attempt where key like 'forgot:%'`.execute(company.services.db)).rows.length,
    )
    .toBeGreaterThan(0);
  expect(
    (await sql`select from invitation where user_id = ${person}`.execute(company.services.db)).rows,
  ).toEqual([]);
  expect(sent).toEqual([]);
});

test('invited, he is a person like any other', async () => {
  const browser = await company.administrator();
  const { body } = await browser.post(`/users/${person}/invite`);
  expect(sent.at(-1)).toMatchObject({ to: LOGIN, purpose: 'invitation' });
  const accepted = await company.browser().post(`/invitations/${tokenOf(body.link)}`, { password: PASSWORD });
  expect(accepted.body.state).toBe('signedIn');
  expect(await stored()).toMatchObject({ status: 'active', sample: false });
  expect((await company.browser().signIn(LOGIN, PASSWORD)).status).toBe(200);
  await browser.post(`/users/${person}/invite`);
  expect(sent.at(-1)).toMatchObject({ purpose: 'reset' });
});
