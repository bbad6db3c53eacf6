import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { MailMessage } from '../services.ts';
import type { Browser } from '../testing/browser.ts';
import { addPerson, auditActions, type Company, startCompany, tokenOf } from '../testing/company.ts';

const PASSWORD = 'Bamboo*Rain-47';
const sent: MailMessage[] = [];
let company: Company;
let administrator: Browser;
let count = 0;

beforeAll(async () => {
  company = await startCompany({ sendMail: async (_ctx, message) => sent.push(message) > 0 });
  administrator = await company.administrator();
});
afterAll(() => company?.stop());
beforeEach(() => sql`delete from attempt`.execute(company.services.db));

async function invited(): Promise<{ id: string; email: string; token: string; link: string }> {
  count += 1;
  const email = `guest${count}@yunhe.example`;
  const { body } = await administrator.post('/users', { name: `访客${count}`, email });
  const answer = await administrator.post(`/users/${body.id}/invite`);
  return { id: body.id, email, link: answer.body.link, token: tokenOf(answer.body.link) };
}

const statusOf = async (id: string) => (await administrator.get(`/users/${id}`)).body.status;

describe('an invitation', () => {
  test('shows whom it is for, lets him choose a password, and signs him in', async () => {
    const { id, email, token, link } = await invited();
    expect(link).toBe(`http://localhost/invitation/${token}`);
    expect(await statusOf(id)).toBe('invited');
    const browser = company.browser();
    expect((await browser.get(`/invitations/${token}`)).body).toMatchObject({ name: `访客${count}`, email });
    const answer = await browser.post(`/invitations/${token}`, { password: PASSWORD, name: '程晓' });
    expect(answer.body).toEqual({ state: 'signedIn' });
    expect(await browser.state()).toBe('signedIn');
    expect(await statusOf(id)).toBe('active');
    expect((await administrator.get(`/users/${id}`)).body.name).toBe('程晓');
    expect(await auditActions(company, id)).toEqual(
      expect.arrayContaining(['invited', 'invitation_accepted', 'signed_in']),
    );
  });

  test('works once', async () => {
    const { token } = await invited();
    await company.browser().post(`/invitations/${token}`, { password: PASSWORD });
    const again = await company.browser().post(`/invitations/${token}`, { password: 'Other*Pass-99' });
    expect(again).toMatchObject({ status: 404, body: { code: 'invitation_invalid' } });
    expect((await company.browser().get(`/invitations/${token}`)).status).toBe(404);
  });

  test('works for one of several who use it at the same time', async () => {
    const { token } = await invited();
    const answers = await Promise.all(
      [1, 2, 3].map((n) => company.browser().post(`/invitations/${token}`, { password: `${PASSWORD}${n}` })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 404, 404]);
  });

  test.each([
    [
      'expired',
      async ({ id }: { id: string }) =>
        sql`update invitation set expires_at = now() where user_id = ${id}`.execute(company.services.db),
    ],
    ['replaced by a newer one', async ({ id }: { id: string }) => administrator.post(`/users/${id}/invite`)],
    [
      'for a person deactivated since',
      async ({ id }: { id: string }) => administrator.post(`/users/${id}/deactivate`),
    ],
    ['for a person deleted since', async ({ id }: { id: string }) => administrator.delete(`/users/${id}`)],
  ])('is void when %s', async (_what, happens) => {
    const guest = await invited();
    await happens(guest);
    expect((await company.browser().post(`/invitations/${guest.token}`, { password: PASSWORD })).status).toBe(
      404,
    );
  });

  test('a weak password is refused and the link stays good', async () => {
    const { token } = await invited();
    const browser = company.browser();
    expect((await browser.post(`/invitations/${token}`, { password: '12345678' })).body.errors[0].code).toBe(
      'password_common',
    );
    expect((await browser.post(`/invitations/${token}`, { password: PASSWORD })).status).toBe(200);
  });

  test('is mailed, and its link is not stored readable', async () => {
    const { email, link, token } = await invited();
    const message = () => sent.find(({ to }) => to === email);
    await expect.poll(message).toMatchObject({ subject: expect.stringContaining('云鹤') });
    expect(message()!.text).toContain(link);
    const { rows } = await sql<{ text: string }>`select i::text as text from invitation i`.execute(
      company.services.db,
    );
    expect(rows.some(({ text }) => text.includes(token))).toBe(false);
  });

  test('for someone with a login is how a forgotten password is replaced; his sessions end', async () => {
    const id = await addPerson(company, { name: '夏薇', email: 'xia@yunhe.example' }, PASSWORD);
    const elsewhere = company.browser();
    await elsewhere.signIn('xia@yunhe.example', PASSWORD);
    const token = tokenOf((await administrator.post(`/users/${id}/invite`)).body.link);
    expect(await elsewhere.state()).toBe('signedIn');
    await company.browser().post(`/invitations/${token}`, { password: 'Lotus*Moon-52' });
    expect(await elsewhere.state()).toBe('signedOut');
    expect((await company.browser().signIn('xia@yunhe.example', PASSWORD)).status).toBe(401);
  });

  test('needs something to sign in with', async () => {
    const { body } = await administrator.post('/users', { name: '无名' });
    expect((await administrator.post(`/users/${body.id}/invite`)).body.code).toBe('user_without_login');
  });

  test('is for administrators to give', async () => {
    const { id } = await invited();
    await addPerson(company, { name: '销售', email: 'sales@yunhe.example', role: 'salesperson' }, PASSWORD);
    const browser = company.browser();
    await browser.signIn('sales@yunhe.example', PASSWORD);
    expect((await browser.post(`/users/${id}/invite`)).status).toBe(403);
  });

  test('guessing links is limited', async () => {
    const browser = company.browser();
    await sql`insert into attempt values (${`invitation:${browser.address}`}, 100, now())`.execute(
      company.services.db,
    );
    expect((await browser.get(`/invitations/${'x'.repeat(43)}`)).status).toBe(429);
  });
});
