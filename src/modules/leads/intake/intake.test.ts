import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { formToken } from '../../../platform/http/form-token.ts';
import { type Person, startTestApp, type TestApp } from '../../../platform/testing/app.ts';
import { signatureOf } from '../channel/secret.ts';
import { purposeOf } from './form.ts';

let house: TestApp;
let admin: Person;
let seller: Person;
let serial = 0;

const self = (...actions: string[]) => ({
  actions: Object.fromEntries(actions.map((action) => [action, 'self' as const])),
});

beforeAll(async () => {
  house = await startTestApp();
  admin = house.administrator;
  seller = await house.person({
    entities: {
      lead: self('read', 'update'),
      inquiry: self('read'),
      customer: self('read', 'create', 'update'),
      contact: self('read'),
      task: self('read'),
    },
  });
  await admin.create('lead-routes', { name: '全部', members: [seller.id], responseMinutes: 60 });
});
beforeEach(() => sql`delete from attempt`.execute(house.services.db));
afterAll(() => house.stop());

const someone = (more: object = {}) => {
  serial += 1;
  return { name: `来客${serial}`, phone: `1370000${String(serial).padStart(4, '0')}`, ...more };
};

interface Form {
  id: string;
  key: string;
}
async function channel(values: object = {}): Promise<Form> {
  serial += 1;
  const { id } = await admin.create('lead-channels', { name: `入口${serial}`, source: 'website', ...values });
  const { rows } = await sql<{ key: string }>`select key from lead_channel where id = ${id}`.execute(
    house.services.db,
  );
  return { id, key: rows[0]?.key as string };
}

const tokenOf = ({ id }: Form, secondsAgo = 30) =>
  formToken(
    house.services.secret,
    purposeOf(id),
    Temporal.Now.instant().subtract({ seconds: secondsAgo }).toString(),
  );
const show = (form: Form) => house.server.inject({ method: 'GET', url: `/f/${form.key}` });
const send = (form: Form, values: object, headers: Record<string, string> = {}) =>
  house.server.inject({
    method: 'POST',
    url: `/f/${form.key}`,
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    payload: new URLSearchParams({ token: tokenOf(form), ...values }).toString(),
  });
const leadsOf = async (phone: string) =>
  (
    await admin.get(
      `/leads?filter=${encodeURIComponent(JSON.stringify({ field: 'phone', op: 'eq', value: phone }))}`,
    )
  ).body.items;
const inquiries = async (field: string, id: string) =>
  (await admin.get(`/inquiries?filter=${encodeURIComponent(JSON.stringify({ field, op: 'eq', value: id }))}`))
    .body.items;

describe('a web form', () => {
  test('is shown on the web sites named and on no other, without script', async () => {
    const form = await channel({
      heading: '预约"演示"<b>',
      consentText: '同意联系',
      origins: 'https://www.example.com',
      fields: ['name', 'phone', 'email'],
    });
    const page = await show(form);
    expect(page.statusCode).toBe(200);
    expect(page.headers['content-security-policy']).toBe(
      "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'self' https://www.example.com",
    );
    expect(page.headers['x-frame-options']).toBeUndefined();
    expect(page.headers['referrer-policy']).toBe('same-origin');
    expect(page.body).toContain('预约&quot;演示&quot;&lt;b&gt;');
    expect(page.body).toContain('name="email"');
    expect(page.body).not.toContain('name="wechat"');
    expect(page.body).not.toContain('<script');
  });

  test('makes a lead, gives it to somebody, and says so to him', async () => {
    const form = await channel({ consentText: '同意联系', campaign: '春季' });
    const who = someone({
      company: '云栖仪表',
      remark: '三台',
      consent: 'yes',
      page: 'https://www.example.com/a',
    });
    const answer = await send(form, who);
    expect([answer.statusCode, answer.body.includes('已收到')]).toEqual([200, true]);
    const [lead] = await leadsOf(who.phone);
    expect(lead).toMatchObject({
      name: who.name,
      company: '云栖仪表',
      source: 'website',
      campaign: '春季',
      consent: true,
      status: 'new',
      owner: { id: seller.id },
      respondBy: expect.any(String),
    });
    const [inquiry] = (await seller.get('/inquiries')).body.items.filter(
      (item: { lead: { id: string } }) => item.lead?.id === lead.id,
    );
    expect(inquiry).toMatchObject({
      content: '三台',
      consentText: '同意联系',
      page: 'https://www.example.com/a',
    });
    const { items } = (await seller.get(`/leads/${lead.id}/timeline`)).body;
    expect(items.map(({ recordId }: { recordId: string }) => recordId)).toContain(inquiry.id);
  });

  test.each<[string, object, Record<string, string>, number, number]>([
    ['with the field nobody sees', { homepage: 'http://spam.example' }, {}, 200, 0],
    ['from another web site', {}, { origin: 'https://evil.example' }, 403, 0],
    ['without a name', { name: '' }, {}, 422, 0],
    ['with no phone number', { phone: 'abc' }, {}, 422, 0],
    ['with a token made up', { token: '1.2.3' }, {}, 422, 0],
    ['from its own page', {}, { origin: 'http://localhost' }, 200, 1],
    ['signed in besides', {}, { cookie: 'guanxi.session=x' }, 200, 1],
  ])('sent %s', async (_how, values, headers, status, made) => {
    const form = await channel();
    const who = someone();
    const answer = await send(form, { ...who, ...values }, headers);
    expect(answer.statusCode).toBe(status);
    expect(await leadsOf(who.phone)).toHaveLength(made);
  });

  test.each([
    ['at once', 0],
    ['two days later', 2 * 86_400],
  ])('sent %s is shown again with what was written', async (_when, ago) => {
    const form = await channel();
    const who = someone();
    const answer = await send(form, { ...who, token: tokenOf(form, ago) });
    expect([answer.statusCode, answer.body.includes(who.name), answer.body.includes('再点一次')]).toEqual([
      422,
      true,
      true,
    ]);
    expect(await leadsOf(who.phone)).toEqual([]);
  });

  test('is taken once, however often it is sent', async () => {
    const form = await channel();
    const who = { ...someone(), token: tokenOf(form) };
    const answers = await Promise.all([1, 2, 3].map(() => send(form, who)));
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200]);
    const [lead, ...more] = await leadsOf(who.phone);
    expect([more, (await inquiries('lead', lead.id)).length]).toEqual([[], 1]);
  });

  test('rests for an address that sends too much', async () => {
    const form = await channel();
    const statuses = [];
    for (let at = 0; at < 22; at += 1) statuses.push((await send(form, { name: '' })).statusCode);
    expect([statuses[0], statuses.at(-1)]).toEqual([422, 429]);
  });

  test('switched off is not there', async () => {
    const form = await channel({ active: false });
    expect([(await show(form)).statusCode, (await send(form, someone())).statusCode]).toEqual([404, 404]);
  });

  test.each([['not a site'], ['https://a.com/x']])('refuses %j as a web site', async (origins) => {
    const refused = await admin.post('/lead-channels', { name: `错${Math.random()}`, origins });
    expect(refused.body.errors).toMatchObject([{ path: 'origins', code: 'lead_origin_wrong' }]);
  });

  test('has its fixed owner, where it has one', async () => {
    const form = await channel({ owner: admin.id });
    const who = someone();
    await send(form, who);
    expect((await leadsOf(who.phone))[0]).toMatchObject({ owner: { id: admin.id } });
  });
});

describe('somebody who comes again', () => {
  test('stands on his lead, which learns what it did not know; also at the same moment', async () => {
    const form = await channel();
    const who = someone();
    await send(form, who);
    await Promise.all([
      send(form, { ...who, company: '云栖', remark: '还要两台' }),
      send(form, { ...who, remark: '急' }),
    ]);
    const [lead, ...more] = await leadsOf(who.phone);
    expect([more, lead.company]).toEqual([[], '云栖']);
    expect(await inquiries('lead', lead.id)).toHaveLength(3);
    const { rows } =
      await sql`select from notification where kind = 'lead.again' and record_id = ${lead.id}`.execute(
        house.services.db,
      );
    expect(rows).toHaveLength(2);
  });

  test('put aside before, is new again', async () => {
    const form = await channel();
    const who = someone();
    await send(form, who);
    const [{ id }] = await leadsOf(who.phone);
    await seller.post(`/leads/${id}/disqualify`, { reason: 'noNeed' });
    await send(form, who);
    expect((await admin.get(`/leads/${id}`)).body).toMatchObject({ status: 'new', reason: null });
  });

  test('as a customer, is written down there and answered today, and no lead is made', async () => {
    const form = await channel();
    const who = someone();
    const customer = await seller.create('customers', { name: who.name, kind: 'person', phone: who.phone });
    await send(form, { ...who, remark: '想再订一批' });
    expect(await leadsOf(who.phone)).toEqual([]);
    expect(await inquiries('customer', customer.id)).toMatchObject([{ content: '想再订一批' }]);
    const { items } = (await seller.get('/tasks')).body;
    expect(items).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ subject: '回复客户的留言：想再订一批', priority: 'high' }),
      ]),
    );
  });

  test('as a customer nobody looks after, is offered as a lead that knows the customer', async () => {
    const form = await channel();
    const who = someone();
    const customer = await admin.create('customers', {
      name: who.name,
      kind: 'person',
      phone: who.phone,
      owner: null,
    });
    await send(form, who);
    expect(await leadsOf(who.phone)).toMatchObject([
      { customer: { id: customer.id }, owner: { id: seller.id } },
    ]);
  });
});

describe('an interface', () => {
  const call = async (api: Form, body: object, change: Record<string, string> = {}) => {
    const { body: answer } = await admin.post(`/lead-channels/${api.id}/secret`);
    const time = String(Math.floor(Temporal.Now.instant().epochMilliseconds / 1000));
    const text = JSON.stringify(body);
    return house.server.inject({
      method: 'POST',
      url: `/api/v1/lead-intake/${api.key}`,
      headers: {
        'content-type': 'application/json',
        'x-guanxi-time': time,
        'x-guanxi-signature': signatureOf(answer.secret, time, text),
        ...change,
      },
      payload: text,
    });
  };

  test('takes what is signed, once', async () => {
    const api = await channel({ kind: 'api' });
    const who = someone({ products: ['无此产品'], consent: '同意' });
    const answers = [await call(api, who), await call(api, who)];
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200]);
    const leads = await leadsOf(who.phone);
    expect(leads).toMatchObject([{ consent: true, products: [] }]);
  });

  test('refuses what is not signed, what says nobody, and an old secret', async () => {
    const api = await channel({ kind: 'api' });
    const wrong = await call(api, someone(), { 'x-guanxi-signature': 'f'.repeat(64) });
    expect([wrong.statusCode, wrong.json().code]).toEqual([401, 'lead_signature_wrong']);
    expect((await call(api, { remark: '谁？' })).statusCode).toBe(422);
    const before = (await admin.post(`/lead-channels/${api.id}/secret`)).body.secret;
    const after = (await admin.post(`/lead-channels/${api.id}/secret`, { renew: true })).body.secret;
    expect(after).not.toBe(before);
    expect((await seller.post(`/lead-channels/${api.id}/secret`)).status).toBe(403);
  });
});
