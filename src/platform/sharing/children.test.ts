import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Person, startTestApp, type TestApp } from '../testing/app.ts';

let app: TestApp;
let helper: Person;
beforeAll(async () => {
  app = await startTestApp();
  const own = { read: 'self', create: 'self', update: 'self' } as const;
  helper = await app.person({ entities: { customer: { actions: own }, contact: { actions: own } } });
});
afterAll(() => app.stop());

async function customerWithContact() {
  const customer = await app.administrator.create('customers', { name: '天一电子' });
  const contact = await app.administrator.create('contacts', { name: '陈芳', customer: customer.id });
  return { customer, contact };
}

test('a customer shared for reading shows its people, one shared for writing lets them be changed', async () => {
  const { customer, contact } = await customerWithContact();
  expect((await helper.get(`/contacts/${contact.id}`)).status).toBe(404);
  await app.administrator.post(`/customers/${customer.id}/share`, { user: helper.id, access: 'read' });
  expect((await helper.get(`/contacts/${contact.id}`)).body.can.update).toBe(false);
  expect((await helper.patch(`/contacts/${contact.id}`, { jobTitle: '总监' })).status).toBe(403);
  await app.administrator.post(`/customers/${customer.id}/share`, { user: helper.id, access: 'write' });
  expect((await helper.get(`/contacts/${contact.id}`)).body.can.update).toBe(true);
  expect((await helper.patch(`/contacts/${contact.id}`, { jobTitle: '总监' })).status).toBe(200);
});

test('nothing is given to a person who has been deactivated', async () => {
  const { customer } = await customerWithContact();
  const leaver = await app.person({});
  await app.administrator.post(`/users/${leaver.id}/deactivate`, {});
  const refused = await app.administrator.post(`/customers/${customer.id}/transfer`, { owner: leaver.id });
  expect(refused.status).toBe(422);
  expect(refused.body.errors[0]).toMatchObject({ path: 'owner', code: 'owner_deactivated' });
});
