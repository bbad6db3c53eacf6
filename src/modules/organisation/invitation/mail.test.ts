import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type MailServer, startMailServer } from '../../../platform/mail/testing/smtp.ts';
import { eventually, startTestApp, type TestApp } from '../../../platform/testing/app.ts';

let house: TestApp;
let server: MailServer;

beforeAll(async () => {
  [house, server] = await Promise.all([startTestApp(), startMailServer()]);
  await house.app.startBackground();
});
beforeEach(() => {
  server.received.length = 0;
});
afterAll(async () => {
  await server?.close();
  await house?.stop();
});

const nameServer = () =>
  house.administrator.put('/mail/settings', {
    host: '127.0.0.1',
    port: server.port,
    security: 'none',
    acceptSelfSigned: false,
    user: '',
    from: 'crm@yunhe.example',
    fromName: '云鹤',
  });
const invite = async (email: string) => {
  const { id } = await house.administrator.create('users', { name: '程晓', email });
  return { id, answer: await house.administrator.post(`/users/${id}/invite`) };
};

test('without a mail server the link is handed over by hand', async () => {
  const { answer } = await invite('cheng@yunhe.example');
  expect(answer.body).toMatchObject({ mailed: false, link: expect.stringContaining('/invitation/') });
});

test('with one it arrives by itself; of an account in use it is for a new password', async () => {
  await nameServer();
  const { id, answer } = await invite('xiao@yunhe.example');
  expect(answer.body.mailed).toBe(true);
  const mail = await eventually(async () => server.received[0]);
  expect(mail.subject).toBe('邀请您使用 云鹤 的客户管理系统');
  expect(mail.text).toContain(answer.body.link);
  await sql`update "user" set status = 'active' where id = ${id}`.execute(house.services.db);
  const reset = await house.administrator.post(`/users/${id}/invite`);
  const second = await eventually(async () => server.received[1]);
  expect(second.subject).toBe('重新设置您在 云鹤 的密码');
  expect(second.text).toContain(reset.body.link);
});
