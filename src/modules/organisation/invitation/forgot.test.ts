import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { MailMessage } from '../services.ts';
import { addPerson, auditActions, type Company, startCompany, tokenOf } from '../testing/company.ts';

const PASSWORD = 'Bamboo*Rain-47';
const NEW_PASSWORD = 'Lotus*Moon-52';
const sent: MailMessage[] = [];
let mailWorks = true;
let company: Company;
let person: string;

beforeAll(async () => {
  company = await startCompany({ sendMail: async (_ctx, message) => mailWorks && sent.push(message) > 0 });
  person = await addPerson(company, { name: '夏薇', email: 'Xia@yunhe.example' }, PASSWORD);
});
afterAll(() => company?.stop());
beforeEach(async () => {
  sent.length = 0;
  mailWorks = true;
  await sql`delete from attempt`.execute(company.services.db);
});

const ask = (login: string, browser = company.browser()) => browser.post('/session/forgotten', { login });
const linkIn = async () => {
  await expect.poll(() => sent.length).toBe(1);
  return tokenOf(/http\S+/.exec(sent[0]!.text)![0]);
};

test('a link is mailed; the new password signs in and ends all sessions', async () => {
  const elsewhere = company.browser();
  await elsewhere.signIn('xia@yunhe.example', PASSWORD);
  expect(await ask('xia@yunhe.example')).toMatchObject({ status: 200, body: { asked: true } });
  const token = await linkIn();
  expect(sent[0]).toMatchObject({ to: 'Xia@yunhe.example', userId: person, purpose: 'reset' });
  expect(sent[0]!.text).toContain('2 小时');
  expect(await elsewhere.state()).toBe('signedIn');
  const browser = company.browser();
  expect((await browser.post(`/invitations/${token}`, { password: NEW_PASSWORD })).body.state).toBe(
    'signedIn',
  );
  expect(await elsewhere.state()).toBe('signedOut');
  expect((await company.browser().signIn('xia@yunhe.example', PASSWORD)).status).toBe(401);
  expect((await browser.post(`/invitations/${token}`, { password: PASSWORD })).status).toBe(404);
  expect(await auditActions(company, person)).toEqual(expect.arrayContaining(['password_forgotten']));
});

test('who is not there, waits or is deactivated gets the same answer and no mail', async () => {
  const gone = await addPerson(company, { name: '离职', email: 'gone@yunhe.example' }, PASSWORD);
  await (await company.administrator()).post(`/users/${gone}/deactivate`);
  sent.length = 0;
  for (const login of ['nobody@yunhe.example', 'gone@yunhe.example', '13900000000'])
    expect(await ask(login)).toMatchObject({ status: 200, body: { asked: true } });
  await ask('xia@yunhe.example');
  await linkIn();
  expect(sent.map(({ to }) => to)).toEqual(['Xia@yunhe.example']);
});

test('known and unknown logins are limited alike', async () => {
  for (const login of ['xia@yunhe.example', 'nobody@yunhe.example']) {
    const answers: number[] = [];
    for (let time = 0; time < 4; time += 1) answers.push((await ask(login)).status);
    expect(answers).toEqual([200, 200, 200, 429]);
  }
});

test('one place asks for so many only', async () => {
  const browser = company.browser();
  const answers = await Promise.all(
    Array.from({ length: 21 }, (_, at) => ask(`who${at}@yunhe.example`, browser)),
  );
  expect(answers.filter(({ status }) => status === 429)).toHaveLength(1);
});

test('without a mail server no link comes to exist, and one given by an administrator stays good', async () => {
  mailWorks = false;
  const { body } = await (await company.administrator()).post(`/users/${person}/invite`);
  const open = () =>
    sql`select from invitation where user_id = ${person} and used_at is null`.execute(company.services.db);
  expect((await open()).rows).toHaveLength(1);
  await ask('xia@yunhe.example');
  await ask('nobody@yunhe.example');
  expect((await company.browser().get(`/invitations/${tokenOf(body.link)}`)).status).toBe(200);
  expect((await open()).rows).toHaveLength(1);
});
