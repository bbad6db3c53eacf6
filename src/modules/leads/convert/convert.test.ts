import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Person, startTestApp, type TestApp } from '../../../platform/testing/app.ts';

let house: TestApp;
let admin: Person;
let seller: Person;
let serial = 0;

const self = (...actions: string[]) => ({
  actions: Object.fromEntries(actions.map((action) => [action, 'self' as const])),
});
const all = ['read', 'create', 'update', 'delete'];

beforeAll(async () => {
  house = await startTestApp();
  admin = house.administrator;
  const entities = Object.fromEntries(
    ['lead', 'customer', 'contact', 'opportunity', 'activity', 'task', 'attachment'].map((name) => [
      name,
      self(...all),
    ]),
  );
  seller = await house.person({
    entities: {
      ...entities,
      ...Object.fromEntries(
        ['pipeline', 'stage', 'product'].map((name) => [name, { actions: { read: 'all' as const } }]),
      ),
    },
  });
});
afterAll(() => house.stop());

const leadOf = (who: Person, more: object = {}) => {
  serial += 1;
  return who.create('leads', {
    name: `苏晴${serial}`,
    company: `临安云栖仪表${serial}厂`,
    phone: `1380000${String(serial).padStart(4, '0')}`,
    email: `su${serial}@yunqi.example`,
    ...more,
  });
};
const convert = (who: Person, id: string, body: object) => who.post(`/leads/${id}/convert`, body);
const whole = (lead: Record<string, unknown>) => ({
  customer: { name: lead.company, kind: 'company' },
  contact: { name: lead.name },
  opportunity: { amount: { amount: '50000', currency: 'CNY' } },
});
const read = async (who: Person, path: string) => (await who.get(path)).body;

describe('a lead', () => {
  test.each([
    [{ company: '云栖仪表' }, '云栖仪表'],
    [{ phone: '13800009999' }, '13800009999'],
    [{ name: '王伟', company: '云栖仪表' }, '王伟'],
  ])('%j is called %s', async (values, name) => {
    expect(await admin.create('leads', values)).toMatchObject({ name, status: 'new' });
  });

  test('without a name of any kind is refused', async () => {
    const refused = await admin.post('/leads', { remark: '想了解' });
    expect([refused.status, refused.body.errors]).toMatchObject([422, [{ path: 'name', code: 'required' }]]);
  });

  test.each<[string[], string, object, number]>([
    [[], 'start', {}, 200],
    [[], 'put-back', {}, 409],
    [['start'], 'put-back', {}, 200],
    [['start'], 'start', {}, 409],
    [['start'], 'disqualify', { reason: 'noNeed' }, 200],
    [['start'], 'disqualify', { reason: 'other' }, 422],
    [['disqualify'], 'start', {}, 200],
    [['disqualify'], 'nurture', { until: '2090-01-01' }, 409],
    [[], 'nurture', { until: '2090-01-01' }, 200],
    [[], 'nurture', { until: '2020-01-01' }, 422],
  ])('after %j, %s %j gives %i', async (before, verb, body, status) => {
    const { id } = await leadOf(admin);
    for (const each of before)
      await admin.post(`/leads/${id}/${each}`, each === 'disqualify' ? { reason: 'spam' } : {});
    expect((await admin.post(`/leads/${id}/${verb}`, body)).status).toBe(status);
  });

  test('is taken up by the first contact written down, not by a note', async () => {
    const { id } = await leadOf(seller);
    await seller.create('activities', { lead: id, kind: 'note', content: '先看看资料' });
    expect(await read(seller, `/leads/${id}`)).toMatchObject({ status: 'new', respondedAt: null });
    await seller.create('activities', { lead: id, kind: 'call', content: '约了周三' });
    expect(await read(seller, `/leads/${id}`)).toMatchObject({
      status: 'working',
      respondedAt: expect.any(String),
    });
  });

  test('takes what was done for it along to whoever gets it', async () => {
    const lead = await leadOf(seller);
    const call = await seller.create('activities', { lead: lead.id, kind: 'call', content: '约了周三' });
    const other = await house.person({
      entities: { lead: self('read'), activity: self('read') },
    });
    expect((await other.get(`/activities/${call.id}`)).status).toBe(404);
    await admin.patch(`/leads/${lead.id}`, { owner: other.id });
    expect((await other.get(`/activities/${call.id}`)).status).toBe(200);
    expect((await seller.get(`/activities/${call.id}`)).status).toBe(404);
    const { items } = await read(other, `/leads/${lead.id}/timeline`);
    expect(items.map(({ recordId }: { recordId: string }) => recordId)).toContain(call.id);
    await admin.delete(`/leads/${lead.id}`);
    expect((await other.get(`/activities/${call.id}`)).status).toBe(404);
    await admin.post(`/leads/${lead.id}/restore`);
    expect((await other.get(`/activities/${call.id}`)).status).toBe(200);
  });
});

describe('converting', () => {
  test('makes customer, person and business, and hangs the history there', async () => {
    const lead = await leadOf(seller);
    const call = await seller.create('activities', { lead: lead.id, kind: 'call', content: '要三台' });
    const task = await seller.create('tasks', { lead: lead.id, subject: '寄样本', dueDate: '2030-01-01' });
    const done = await convert(seller, lead.id, whole(lead));
    expect([done.status, done.body]).toMatchObject([200, { status: 'converted' }]);
    const { customer, contact, opportunity } = done.body;
    expect(await read(seller, `/customers/${customer}`)).toMatchObject({
      name: lead.company,
      owner: { id: seller.id },
      phone: null,
    });
    expect(await read(seller, `/contacts/${contact}`)).toMatchObject({
      name: lead.name,
      phone: lead.phone,
      customer: { id: customer },
    });
    expect(await read(seller, `/opportunities/${opportunity}`)).toMatchObject({
      customer: { id: customer },
      contact: { id: contact },
      status: 'open',
    });
    expect(await read(seller, `/leads/${lead.id}`)).toMatchObject({
      status: 'converted',
      customer: { id: customer },
      convertedAt: expect.any(String),
    });
    const { items } = await read(seller, `/customers/${customer}/timeline`);
    const on = items.map(({ recordId }: { recordId: string }) => recordId);
    expect(on).toEqual(expect.arrayContaining([call.id, task.id, lead.id, opportunity]));
  });

  test('links to a customer there is', async () => {
    const lead = await leadOf(seller);
    const customer = await seller.create('customers', { name: `云栖集团${serial}` });
    const done = await convert(seller, lead.id, {
      customer: { id: customer.id },
      contact: null,
      opportunity: null,
    });
    expect(done.body).toEqual({
      status: 'converted',
      customer: customer.id,
      contact: null,
      opportunity: null,
    });
  });

  test('takes no contact of another customer, with a business or without', async () => {
    const [one, other] = [
      await seller.create('customers', { name: '宁波恒通' }),
      await seller.create('customers', { name: '嘉兴恒远' }),
    ];
    const stranger = await seller.create('contacts', { name: '周工', customer: other.id });
    const lead = await leadOf(seller);
    for (const opportunity of [null, whole(lead).opportunity]) {
      const body = { customer: { id: one.id }, contact: { id: stranger.id }, opportunity };
      expect((await convert(seller, lead.id, body)).body.errors).toMatchObject([
        { path: 'contact', code: 'belongs_to_another' },
      ]);
    }
    await seller.patch(`/contacts/${stranger.id}`, { otherCustomers: [one.id] });
    const body = { customer: { id: one.id }, contact: { id: stranger.id }, opportunity: null };
    expect((await convert(seller, lead.id, body)).status).toBe(200);
  });

  test('of a person without a company makes him the customer, with his numbers', async () => {
    const lead = await leadOf(seller, { company: null });
    const done = await convert(seller, lead.id, {
      customer: { name: lead.name, kind: 'person' },
      contact: null,
      opportunity: null,
    });
    expect(await read(seller, `/customers/${done.body.customer}`)).toMatchObject({
      kind: 'person',
      phone: lead.phone,
      email: lead.email,
    });
  });

  test('is refused whole when a part is wrong: nothing half-made stays', async () => {
    const lead = await leadOf(seller);
    const refused = await convert(seller, lead.id, {
      ...whole(lead),
      opportunity: { amount: { amount: '1', currency: 'CNY' }, stage: crypto.randomUUID() },
    });
    expect(refused.status).toBe(422);
    expect(refused.body.errors).toEqual(
      expect.arrayContaining([expect.objectContaining({ path: 'opportunity.stage' })]),
    );
    const { rows } = await sql`select from customer where name = ${lead.company}`.execute(house.services.db);
    expect(rows).toEqual([]);
    expect(await read(seller, `/leads/${lead.id}`)).toMatchObject({ status: 'new', customer: null });
  });

  test('does not make a customer a second time by oversight, also one out of sight', async () => {
    const lead = await leadOf(seller);
    await admin.create('customers', { name: lead.company as string });
    const refused = await convert(seller, lead.id, whole(lead));
    expect([refused.status, refused.body.code]).toEqual([409, 'lead_customer_exists']);
    const { customers } = await read(seller, `/leads/${lead.id}/matches`);
    expect(customers[0]).toMatchObject({ title: lead.company, visible: false });
    expect((await convert(seller, lead.id, { ...whole(lead), despite: true })).status).toBe(200);
  });

  test('is done once, however many press at once', async () => {
    const lead = await leadOf(seller);
    const answers = await Promise.all([1, 2, 3].map(() => convert(seller, lead.id, whole(lead))));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
  });

  test('somebody else’s lead is not there', async () => {
    const lead = await leadOf(admin);
    expect((await convert(seller, lead.id, whole(lead))).status).toBe(404);
  });
});

describe('taking a conversion back', () => {
  test('leaves everything as it was', async () => {
    const lead = await leadOf(seller);
    const call = await seller.create('activities', { lead: lead.id, kind: 'call', content: '要三台' });
    const { customer, contact, opportunity } = (await convert(seller, lead.id, whole(lead))).body;
    expect((await seller.post(`/leads/${lead.id}/unconvert`)).body).toEqual({ status: 'working' });
    for (const path of [`/customers/${customer}`, `/contacts/${contact}`, `/opportunities/${opportunity}`])
      expect((await seller.get(path)).status).toBe(404);
    expect(await read(seller, `/activities/${call.id}`)).toMatchObject({
      customer: null,
      contacts: [],
      lead: { id: lead.id },
    });
    expect(await read(seller, `/leads/${lead.id}`)).toMatchObject({ status: 'working', customer: null });
    expect((await convert(seller, lead.id, whole(lead))).status).toBe(200);
  });

  test.each<[string, (made: { customer: string; opportunity: string }) => Promise<unknown>]>([
    ['changed', ({ opportunity }) => seller.patch(`/opportunities/${opportunity}`, { nextStep: '报价' })],
    ['gone on with', ({ customer }) => seller.create('activities', { customer, content: '签了' })],
  ])('is refused once it was %s', async (_how, goOn) => {
    const lead = await leadOf(seller);
    const { body } = await convert(seller, lead.id, whole(lead));
    await goOn(body);
    const refused = await seller.post(`/leads/${lead.id}/unconvert`);
    expect([refused.status, refused.body.code]).toEqual([409, 'lead_conversion_used']);
    expect((await seller.get(`/customers/${body.customer}`)).status).toBe(200);
  });

  test('needs a conversion', async () => {
    const lead = await leadOf(seller);
    expect((await seller.post(`/leads/${lead.id}/unconvert`)).body.code).toBe('lead_not_converted');
  });
});
