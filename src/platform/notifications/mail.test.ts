import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { personContext } from '../../modules/organisation/public.ts';
import type { JobRun } from '../jobs/job.ts';
import { mailJobs } from '../mail/send.ts';
import { type MailServer, startMailServer } from '../mail/testing/smtp.ts';
import { eventually, type Person, startTestApp, type TestApp } from '../testing/app.ts';
import { notificationJobs } from './mail.ts';
import { type NotificationItem, notify } from './notify.ts';
import { declareKind } from './testing/kinds.ts';

const PERMISSIONS = { entities: { customer: { actions: { read: 'self', create: 'self' } } } } as const;
const RUN: JobRun = {
  job: { id: '', name: '', createdBy: null, entity: null },
  progress: async () => {},
  signal: new AbortController().signal,
};

let house: TestApp;
let server: MailServer;
let author: Person;
let reader: Person;

const note = (rest: Partial<NotificationItem> = {}): NotificationItem => ({
  to: [reader.id],
  kind: 'mail.note',
  key: `k${Math.random()}`,
  params: { what: '报价<单>' },
  ...rest,
});
const tell = async (...items: NotificationItem[]) => notify(await house.contextOf(author), items);
const choose = (person: Person, body: object) => person.patch('/notifications/preferences', body);
const work = async () => {
  for (const job of [...notificationJobs(personContext), ...mailJobs()])
    await job.run(house.services, {}, RUN);
};
const dueNow = () => sql`update notification set mail_after = now()`.execute(house.services.db);

beforeAll(async () => {
  [house, server] = await Promise.all([startTestApp(), startMailServer()]);
  author = await house.person(PERMISSIONS);
  reader = await house.person(PERMISSIONS);
  await house.administrator.patch(`/users/${reader.id}`, { email: 'reader@yunhe.example' });
  const text = { zh: '{actor}：{what}，见 {record}', en: '{actor}: {what}, see {record}' };
  const named = (zh: string, en: string) => ({ ...text, label: { zh, en } });
  declareKind(house, { name: 'mail.note', defaults: { inApp: true, mail: 'now' } }, named('便条', 'Note'));
  declareKind(
    house,
    { name: 'mail.alarm', defaults: { inApp: true, mail: 'off' }, importance: 'high', digestable: false },
    named('警报', 'Alarm'),
  );
  await house.administrator.put('/mail/settings', {
    host: '127.0.0.1',
    port: server.port,
    security: 'none',
    acceptSelfSigned: false,
    user: '',
    from: 'crm@yunhe.example',
    fromName: '云鹤',
  });
});
beforeEach(async () => {
  server.received.length = 0;
  await sql`truncate notification, notification_preference, mail_message`.execute(house.services.db);
  await sql`delete from setting where key = 'notifications'`.execute(house.services.db);
});
afterAll(async () => {
  await server?.close();
  await house?.stop();
});

test('people of the sample company, whose addresses are nobody’s, get none', async () => {
  const setSample = (on: boolean) =>
    sql`update "user" set sample = ${on} where id = ${reader.id}`.execute(house.services.db);
  await setSample(true);
  await tell(note());
  await work();
  expect(server.received).toEqual([]);
  await setSample(false);
  await tell(note());
  await work();
  expect(server.received).toHaveLength(1);
});

test('goes by mail once, with a link to what it is about', async () => {
  const { id } = await reader.create('customers', { name: '云海' });
  await tell(note({ record: { entity: 'customer', id } }));
  await work();
  await Promise.all([work(), work()]);
  expect(server.received).toHaveLength(1);
  const mail = server.received[0]!;
  expect(mail.subject).toMatch(/：报价<单>，见 云海$/);
  expect(mail.html).toContain('报价&lt;单&gt;');
  expect(mail.text).toContain(`http://localhost/r/customers/${id}`);
});

test('what the reader may not see, or has read, is not mailed', async () => {
  const { id } = await author.create('customers', { name: '别人的' });
  await tell(note({ record: { entity: 'customer', id } }), note({ key: 'read' }));
  await sql`update notification set read_at = now() where key = 'read'`.execute(house.services.db);
  await work();
  expect(server.received).toHaveLength(0);
});

test('many go together, a digest in its reader’s language', async () => {
  await choose(reader, { kinds: { 'mail.note': { mail: 'daily' } } });
  await house.administrator.patch(`/users/${reader.id}`, { language: 'en' });
  await tell(note(), note(), note());
  await work();
  expect(server.received).toHaveLength(0);
  await dueNow();
  await work();
  expect(server.received.map((mail) => mail.subject)).toEqual(['Today: 3 notifications']);
  expect(server.received[0]!.html).toContain('lang="en"');
  await house.administrator.patch(`/users/${reader.id}`, { language: 'zh' });
});

test('the link in a mail ends mails of its kind without signing in, and nothing else', async () => {
  await tell(note());
  await work();
  const [, token] = /\/mail-off\/(\S+)/.exec(server.received[0]!.text!)!;
  const open = (method: 'GET' | 'POST', text = token) =>
    house.server.inject({ method, url: `/api/v1/notifications/off/${text}` });
  expect((await open('GET')).json()).toEqual({ kinds: ['便条'] });
  await tell(note());
  expect((await open('POST', `${token!.slice(0, -2)}xx`)).statusCode).toBe(404);
  expect((await open('POST', `W10.${token!.split('.')[1]}`)).statusCode).toBe(404);
  expect((await open('POST')).json()).toEqual({ kinds: ['便条'] });
  await tell(note({ key: 'after' }));
  const { rows } = await sql`select mail, in_app from notification where key = 'after'`.execute(
    house.services.db,
  );
  expect(rows).toEqual([{ mail: 'off', in_app: true }]);
});

test('a mailbox ends mails of the kind by one click of its own', async () => {
  await tell(note());
  await work();
  const header = (name: string) =>
    server.received[0]!.headerLines.find(({ key }) => key === name)?.line.replace(/\s+/g, '');
  expect(header('list-unsubscribe-post')).toBe('List-Unsubscribe-Post:List-Unsubscribe=One-Click');
  const [, url] = /<https?:\/\/[^/>]+(\/[^>]+)>/.exec(header('list-unsubscribe')!)!;
  const answer = await house.server.inject({
    method: 'POST',
    url: url!,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: 'List-Unsubscribe=One-Click',
  });
  expect(answer.statusCode).toBe(200);
  await tell(note({ key: 'clicked' }));
  const { rows } = await sql`select mail from notification where key = 'clicked'`.execute(house.services.db);
  expect(rows).toEqual([{ mail: 'off' }]);
});

test('one’s own wish goes before the company’s, and that before the kind’s', async () => {
  const kindsOf = async (person: Person) =>
    Object.fromEntries(
      (await person.get('/notifications/preferences')).body.kinds.map(
        ({ name, inApp, mail }: { name: string; inApp: boolean; mail: string }) => [name, [inApp, mail]],
      ),
    );
  expect(await kindsOf(reader)).toMatchObject({ 'mail.note': [true, 'now'] });
  const company = { kinds: { 'mail.note': { mail: 'weekly' }, 'mail.alarm': { mail: 'daily' } } };
  expect((await reader.patch('/notifications/defaults', company)).status).toBe(403);
  expect((await house.administrator.patch('/notifications/defaults', company)).status).toBe(200);
  // What may not wait goes at once instead.
  expect(await kindsOf(reader)).toMatchObject({ 'mail.note': [true, 'weekly'], 'mail.alarm': [true, 'now'] });
  await choose(reader, { kinds: { 'mail.note': { inApp: false } } });
  await choose(reader, { quiet: { from: 22, to: 7 } });
  expect(await kindsOf(reader)).toMatchObject({ 'mail.note': [false, 'weekly'] });
  expect((await reader.get('/notifications/preferences')).body).toMatchObject({
    quiet: { from: 22, to: 7 },
    digest: { hour: 8, weekday: 1 },
    mail: true,
  });
  await choose(reader, { kinds: { 'mail.note': null } });
  expect(await kindsOf(reader)).toMatchObject({ 'mail.note': [true, 'weekly'] });
  expect((await choose(reader, { kinds: { nonsense: { mail: 'now' } } })).status).toBe(422);
});

test('who wants neither is told nothing', async () => {
  await choose(reader, { kinds: { 'mail.note': { inApp: false, mail: 'off' } } });
  await tell(note());
  await work();
  expect((await reader.get('/notifications')).body.items).toEqual([]);
  expect(server.received).toHaveLength(0);
});

test('is written and sent by the house itself, a moment after it was told', async () => {
  await house.app.startBackground();
  await tell(note());
  await eventually(async () => server.received.length === 1);
});
