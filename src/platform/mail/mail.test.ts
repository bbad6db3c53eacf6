import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { inTransaction } from '../context/transaction.ts';
import type { JobRun } from '../jobs/job.ts';
import { startTestApp, type TestApp } from '../testing/app.ts';
import { type OutgoingMail, queueMail } from './queue.ts';
import { seal, unseal } from './seal.ts';
import { mailJobs } from './send.ts';
import { MAIL_USER, type MailServer, startMailServer } from './testing/smtp.ts';

const SUBJECT = '客户「上海云鹤科技有限公司」的负责人变更为欧阳思远，请在今天之内查看并确认';
let house: TestApp;
let server: MailServer;

const RUN: JobRun = {
  job: { id: '', name: 'mail.send', createdBy: null, entity: null },
  progress: async () => {},
  signal: new AbortController().signal,
};
const [job] = mailJobs();
const work = () => job!.run(house.services, {}, RUN);

const settings = () => ({
  host: '127.0.0.1',
  port: server.port,
  security: 'none',
  acceptSelfSigned: false,
  user: MAIL_USER.user,
  password: MAIL_USER.password as string | undefined,
  from: 'crm@yunhe.example',
  fromName: '云鹤',
});
const put = (change: object = {}) => house.administrator.put('/mail/settings', { ...settings(), ...change });
const queue = async (rest: Partial<OutgoingMail> = {}) =>
  queueMail(await house.context(), house.services, {
    to: 'xia@guest.example',
    purpose: 'test',
    subject: SUBJECT,
    text: '正文：12345',
    html: '<p>正文：12345</p>',
    ...rest,
  });
const messages = async () =>
  (
    await sql<{
      state: string;
      attempts: number;
      content: string | null;
      answer: string;
      message_id: string;
    }>`select * from mail_message order by id`.execute(house.services.db)
  ).rows;
const due = () =>
  sql`update mail_message set next_at = now(), leased_until = null`.execute(house.services.db);

beforeAll(async () => {
  [house, server] = await Promise.all([startTestApp(), startMailServer()]);
});
beforeEach(async () => {
  server.received.length = 0;
  server.answers.length = 0;
  await sql`truncate mail_message`.execute(house.services.db);
  await put();
});
afterAll(async () => {
  await server?.close();
  await house?.stop();
});

test('what is sealed is told by no copy, and by no other secret', () => {
  const sealed = seal('one', '密码');
  expect([sealed.includes('密码'), unseal('one', sealed), unseal('two', sealed)]).toEqual([
    false,
    '密码',
    null,
  ]);
  expect(unseal('one', `${sealed.slice(0, -6)}AAAA==`)).toBeNull();
});

test('a mail arrives once, Chinese as it was written, and leaves no content behind', async () => {
  expect(await queue({ unsubscribe: 'https://crm.example/u/1' })).toBe(true);
  await Promise.all([work(), work()]);
  expect(server.received).toHaveLength(1);
  const [mail] = server.received;
  expect(mail).toMatchObject({ subject: SUBJECT, text: expect.stringContaining('正文：12345') });
  expect(mail!.html).toContain('正文：12345');
  expect(mail!.from?.value).toEqual([{ name: '云鹤', address: 'crm@yunhe.example' }]);
  expect(mail!.headers.get('list')).toMatchObject({ unsubscribe: { url: 'https://crm.example/u/1' } });
  const [row] = await messages();
  expect(row).toMatchObject({ state: 'sent', content: null, message_id: mail!.messageId });
  expect(row!.answer).toMatch(/^250 /);
});

test('goes with the transaction, and is stored unreadable while it waits', async () => {
  const ctx = await house.context();
  const mail = { to: 'a@b.example', purpose: 'test', subject: 's', text: '秘密链接' };
  await inTransaction(ctx, async (inner) => {
    await queueMail(inner, house.services, mail);
    throw new Error('no');
  }).catch(() => {});
  expect(await messages()).toEqual([]);
  await queueMail(ctx, house.services, mail);
  expect(JSON.stringify(await messages())).not.toContain('秘密链接');
});

test('a refusal that may pass is tried again under the same Message-ID; one for good is not', async () => {
  await queue();
  server.answers.push({ code: 451, text: 'greylisted' });
  await work();
  expect(await messages()).toMatchObject([{ state: 'queued', attempts: 1, answer: '451 greylisted' }]);
  await due();
  await work();
  expect(server.received.map((mail) => mail.messageId)).toEqual([(await messages())[0]!.message_id]);
  await queue();
  server.answers.push({ code: 554, text: 'spam' });
  await work();
  expect((await messages())[1]).toMatchObject({ state: 'failed', answer: '554 spam', content: null });
});

test.each([
  [false, 'uncertain', 1],
  [true, 'sent', 2],
])('cut off before the answer; must arrive: %s', async (mustArrive, state, copies) => {
  await queue({ mustArrive });
  server.answers.push('cut');
  await work();
  await due();
  await work();
  expect(await messages()).toMatchObject([{ state }]);
  expect(server.received).toHaveLength(copies);
  expect(new Set(server.received.map((mail) => mail.messageId)).size).toBe(1);
});

test.each([
  ['before the first byte', 'queued', false, 'sent', 1],
  ['in mid-delivery', 'handed', false, 'uncertain', 0],
  ['in mid-delivery of what must arrive', 'handed', true, 'sent', 1],
])('a process that died %s', async (_when, left, mustArrive, state, copies) => {
  await queue({ mustArrive });
  await sql`update mail_message set state = ${left}, attempts = 1, leased_until = now() + interval '4 minutes'`.execute(
    house.services.db,
  );
  await work();
  expect(await messages()).toMatchObject([{ state: left }]);
  await due();
  await work();
  expect(await messages()).toMatchObject([{ state }]);
  expect(server.received).toHaveLength(copies);
});

test('a server that is down, or a wrong password, costs no mail', async () => {
  await put({ port: 1 });
  expect((await house.administrator.get('/mail/settings')).body.settings.hasPassword).toBe(true);
  await queue();
  await work();
  expect(await messages()).toMatchObject([{ state: 'queued' }]);
  await put({ password: 'wrong' });
  await due();
  await work();
  expect(await messages()).toMatchObject([{ state: 'queued', answer: expect.stringMatching(/^535 /) }]);
  await put();
  await due();
  await work();
  expect(await messages()).toMatchObject([{ state: 'sent' }]);
});

test('the password is stored sealed, never shown, and goes to no other server', async () => {
  const { body } = await house.administrator.get('/mail/settings');
  const { password, ...rest } = settings();
  expect(body).toEqual({ settings: { ...rest, hasPassword: true } });
  const { rows } = await sql<{ t: string }>`select value::text as t from setting where key = 'mail'`.execute(
    house.services.db,
  );
  expect(rows[0]!.t).not.toContain(password);
  expect((await house.administrator.put('/mail/settings', { ...rest, fromName: '云' })).status).toBe(200);
  const moved = await house.administrator.put('/mail/settings', { ...rest, host: 'mail.thief.example' });
  expect(moved.body).toMatchObject({ status: 422, errors: [{ path: 'password' }] });
});

test.each([
  [{ from: 'no address' }, 'from'],
  [{ fromName: 'a\r\nBcc: b@c.example' }, 'fromName'],
  [{ port: 0 }, 'port'],
  [{ security: 'perhaps' }, 'security'],
])('%j is refused', async (change, path) => {
  expect((await put(change)).body).toMatchObject({ status: 422, errors: [{ path }] });
});

test('a test mail tells the server’s answer, good or bad', async () => {
  const send = () => house.administrator.post('/mail/test', { to: 'me@yunhe.example' });
  expect((await send()).body).toEqual({ sent: true, answer: expect.stringMatching(/^250 .*kept/) });
  await put({ password: 'wrong' });
  expect((await send()).body).toEqual({ sent: false, answer: expect.stringMatching(/^535 /) });
  await put({ host: '169.254.169.254', password: 'x' });
  expect((await send()).body).toMatchObject({ status: 422, code: 'host_not_allowed' });
  await house.administrator.delete('/mail/settings');
  expect((await send()).body).toMatchObject({ status: 409, code: 'mail_not_set_up' });
  expect(await queue()).toBe(false);
});

test('mail is the administrator’s business', async () => {
  const person = await house.person({ entities: {} });
  for (const answer of await Promise.all([
    person.get('/mail/settings'),
    person.put('/mail/settings', settings()),
    person.post('/mail/test', { to: 'a@b.example' }),
    person.get('/mail/messages'),
  ]))
    expect(answer.status).toBe(403);
});

test('encryption that is asked for is not given up', async () => {
  await put({ security: 'starttls' });
  await queue();
  await work();
  expect(server.received).toHaveLength(0);
  expect(await messages()).toMatchObject([{ state: 'queued', answer: expect.stringMatching(/^500 /) }]);
});
