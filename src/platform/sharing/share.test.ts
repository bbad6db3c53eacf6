import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Permissions } from '../access/permissions.ts';
import { type Person, startTestApp, type TestApp } from '../testing/app.ts';

const SELF: Permissions = {
  entities: {
    customer: { actions: { read: 'self', create: 'self', update: 'self', share: 'self' } },
    contact: { actions: { read: 'self', create: 'self', update: 'self' } },
  },
};
const soon = () => Temporal.Now.instant().add({ hours: 1 }).toString();

let house: TestApp;
let east: string;
let owner: Person;
let colleague: Person;
let customer: { id: string };

beforeAll(async () => {
  house = await startTestApp();
  east = await house.department('华东');
  owner = await house.person(SELF);
  colleague = await house.person(SELF, { department: east });
});
beforeEach(async () => {
  customer = await owner.create('customers', { name: `云帆${Math.random()}` });
});
afterAll(() => house.stop());

const share = (body: object, by = owner) => by.post(`/customers/${customer.id}/share`, body);
const read = (who = colleague) => who.get(`/customers/${customer.id}`);

describe('a shared record', () => {
  test('can be read, found in lists and by its children, not changed', async () => {
    await owner.create('contacts', { name: '王小明', customer: customer.id });
    expect((await read()).status).toBe(404);
    const shared = await share({ user: colleague.id, access: 'read' });
    expect(shared.status).toBe(201);
    expect(shared.body).toMatchObject({ user: { id: colleague.id }, access: 'read', expiresAt: null });
    expect((await read()).body.can).toMatchObject({ update: false });
    const list = await colleague.get('/customers?count=true');
    expect(list.body.items.map((item: { id: string }) => item.id)).toContain(customer.id);
    expect((await colleague.get('/contacts')).body.items).toHaveLength(1);
    const refused = await colleague.patch(`/customers/${customer.id}`, { remark: '改' });
    expect(refused.status).toBe(403);
  });

  test('for writing can be changed, but not given away or shared on', async () => {
    await share({ department: east, access: 'write' });
    expect((await colleague.patch(`/customers/${customer.id}`, { remark: '改' })).status).toBe(200);
    expect((await colleague.patch(`/customers/${customer.id}`, { owner: colleague.id })).status).toBe(403);
    expect((await share({ user: colleague.id, access: 'read' }, colleague)).status).toBe(403);
  });

  test('vanishes when taken back, and at once when it expires', async () => {
    const first = await share({ user: colleague.id, access: 'read' });
    expect((await owner.delete(`/customers/${customer.id}/shares/${first.body.id}`)).status).toBe(204);
    expect((await read()).status).toBe(404);
    await share({ user: colleague.id, access: 'read', expiresAt: soon() });
    expect((await read()).status).toBe(200);
    await sql`update record_share set expires_at = now() - interval '1 second'`.execute(house.services.db);
    expect((await read()).status).toBe(404);
    expect((await owner.get(`/customers/${customer.id}/shares`)).body.items).toEqual([]);
  });
});

test('sharing again changes access and expiry, and is in the audit with before and after', async () => {
  const first = await share({ user: colleague.id, access: 'read' });
  const again = await share({ user: colleague.id, access: 'write', expiresAt: soon() });
  expect(again.body).toMatchObject({ id: first.body.id, access: 'write' });
  const { items } = (await owner.get(`/customers/${customer.id}/shares`)).body;
  expect(items).toHaveLength(1);
  const audit = await owner.get(`/audit?recordId=${customer.id}`);
  expect(audit.body.items[0]).toMatchObject({
    action: 'share',
    label: '共享',
    changes: [{ field: 'share', label: '共享', before: { access: 'read' }, after: { access: 'write' } }],
  });
});

test.each([
  ['nobody', () => ({ access: 'read' }), 422, 'share_with_one'],
  ['two at once', () => ({ user: colleague.id, department: east, access: 'read' }), 422, 'share_with_one'],
  [
    'an unknown person',
    () => ({ user: '01890000-0000-7000-8000-000000000000', access: 'read' }),
    422,
    'unknown_reference',
  ],
  [
    'a time that has passed',
    () => ({ user: colleague.id, access: 'read', expiresAt: '2020-01-01T00:00:00Z' }),
    422,
    'share_expired',
  ],
  ['an unknown access', () => ({ user: colleague.id, access: 'own' }), 422, 'bad_option'],
])('sharing with %s is refused', async (_name, body, status, code) => {
  const answer = await share(body());
  expect(answer.status).toBe(status);
  expect(answer.body.errors[0].code).toBe(code);
  expect((await owner.get(`/customers/${customer.id}/shares`)).body.items).toEqual([]);
});

test('sharing needs the right to share, and for writing the right to change', async () => {
  const reader = await house.person({ entities: { customer: { actions: { read: 'all' } } } });
  expect((await share({ user: colleague.id, access: 'read' }, reader)).status).toBe(403);
  const limited = await house.person({ entities: { customer: { actions: { read: 'all', share: 'all' } } } });
  expect((await share({ user: colleague.id, access: 'write' }, limited)).body.code).toBe(
    'share_more_than_own',
  );
  expect((await share({ user: colleague.id, access: 'read' }, limited)).status).toBe(201);
  const shares = await colleague.get(`/customers/${customer.id}/shares`);
  expect((await colleague.delete(`/customers/${customer.id}/shares/${shares.body.items[0].id}`)).status).toBe(
    403,
  );
});

test('a record outside one’s scope, or of no record type, is not found', async () => {
  const stranger = await house.person(SELF);
  expect((await share({ user: stranger.id, access: 'read' }, stranger)).status).toBe(404);
  expect((await stranger.get(`/customers/${customer.id}/shares`)).status).toBe(404);
  expect(
    (await owner.post(`/nothings/${customer.id}/share`, { user: owner.id, access: 'read' })).status,
  ).toBe(404);
});
