import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { rebuildFacts } from '../../../platform/facts/run.ts';
import { type Person, startTestApp, type TestApp } from '../../../platform/testing/app.ts';
import { coverageFacts } from './facts.ts';

let house: TestApp;
let admin: Person;
let first: Person;
let second: Person;
beforeAll(async () => {
  house = await startTestApp();
  admin = house.administrator;
  first = await house.person({}, { name: '小唐' });
  second = await house.person({}, { name: '小宋' });
});
afterAll(() => house.stop());

let n = 0;
const customer = async (more: object = {}) =>
  (await admin.create('customers', { name: `预警客户${++n}`, ...more })).id;
const warnings = async (id: string) => {
  await house.follow();
  const stored = (await admin.get(`/customers/${id}`)).body.coverage as string[];
  const now = (await admin.get(`/customers/${id}/coverage`)).body.warnings as string[];
  // What the file says and what lists find is one and the same.
  expect(now).toEqual(stored);
  return stored;
};
const person = (id: string, more: object) => admin.create('contacts', { name: '甲', customer: id, ...more });

test('a relation held by one person only, until a second knows them or the one has left', async () => {
  const id = await customer();
  const { id: contact } = await person(id, {});
  expect(await warnings(id)).toEqual([]);
  await admin.create('acquaintances', { contact, user: first.id });
  expect(await warnings(id)).toEqual(['onlyOne']);
  await admin.create('acquaintances', { contact, user: second.id });
  expect(await warnings(id)).toEqual([]);
  await admin.post(`/users/${second.id}/deactivate`, {});
  expect(await warnings(id)).toEqual(['onlyOne']);
});

test('a champion who has left, until there is another', async () => {
  const id = await customer();
  const { id: contact } = await person(id, { decisionRole: 'champion' });
  expect(await warnings(id)).toEqual([]);
  await admin.patch(`/contacts/${contact}`, { left: true });
  expect(await warnings(id)).toEqual(['championLeft']);
  await person(id, { decisionRole: 'champion' });
  expect(await warnings(id)).toEqual([]);
});

test('nobody above the heads of departments, and no known decider of a key account', async () => {
  const id = await customer();
  const { id: contact } = await person(id, { level: 'manager' });
  expect(await warnings(id)).toEqual(['noSenior']);
  await admin.create('team-members', { customer: id, user: first.id });
  expect(await warnings(id)).toEqual(['noDecider', 'noSenior']);
  await admin.patch(`/contacts/${contact}`, { level: 'executive', decisionRole: 'decider' });
  expect(await warnings(id)).toEqual([]);
  await admin.patch(`/contacts/${contact}`, { left: true });
  expect(await warnings(id)).toEqual(['noDecider']);
});

test('silence begins as the company says, for those it says', async () => {
  const id = await customer();
  const ctx = await house.context();
  const occurredAt = Temporal.Instant.from(ctx.now)
    .subtract({ hours: 24 * 40 })
    .toString();
  await admin.create('activities', {
    customer: id,
    kind: 'visit',
    content: '看样',
    occurredAt,
    owner: first.id,
  });
  expect(await warnings(id)).toEqual(['onlyOne']);
  expect((await admin.put('/settings/coverage', { silentDays: 30, keyAccountsOnly: false })).status).toBe(
    200,
  );
  await rebuildFacts(house.services, coverageFacts);
  expect(await warnings(id)).toEqual(['silent', 'onlyOne']);
  const filter = encodeURIComponent(JSON.stringify({ field: 'coverage', op: 'in', value: ['silent'] }));
  expect((await admin.get(`/customers?filter=${filter}`)).body.items).toHaveLength(1);
  await admin.put('/settings/coverage', { silentDays: 30, keyAccountsOnly: true });
  await rebuildFacts(house.services, coverageFacts);
  expect(await warnings(id)).toEqual([]);
  expect((await admin.put('/settings/coverage', { silentDays: 1, keyAccountsOnly: true })).status).toBe(422);
  expect((await first.put('/settings/coverage', { silentDays: 30, keyAccountsOnly: true })).status).toBe(403);
});

test('who may not see warnings is told none', async () => {
  const id = await customer();
  await person(id, { level: 'staff' });
  const blind = await house.person({
    entities: { customer: { actions: { read: 'all' }, fields: { coverage: 'hidden' } } },
  });
  expect(await warnings(id)).toEqual([]);
  await admin.put('/settings/coverage', { silentDays: 60, keyAccountsOnly: false });
  await rebuildFacts(house.services, coverageFacts);
  expect(await warnings(id)).toEqual(['noSenior']);
  expect((await blind.get(`/customers/${id}/coverage`)).body.warnings).toEqual([]);
});

test('under the old id of a merged customer the warnings of the one it became are told, without hidden days', async () => {
  const [id, former] = [await customer(), await customer()];
  await admin.create('activities', { customer: id, kind: 'call', content: '谈', owner: first.id });
  await admin.post('/customers/merge', { ids: [id, former], into: id });
  const reader = await house.person({
    entities: { customer: { actions: { read: 'all' }, fields: { lastContactAt: 'hidden' } } },
  });
  const now = (await admin.get(`/customers/${former}/coverage`)).body;
  expect(now.lastContactAt).toEqual(expect.any(String));
  expect((await reader.get(`/customers/${id}/coverage`)).body).toEqual({ ...now, lastContactAt: null });
});

test('people nobody of ours knows, once the customer is no longer new', async () => {
  const [id, empty, fresh] = [await customer(), await customer(), await customer()];
  const { id: contact } = await person(id, {});
  await person(fresh, {});
  await sql`update customer set created_at = now() - interval '31 days' where id = any(${[id, empty]}::uuid[])`.execute(
    house.services.db,
  );
  await rebuildFacts(house.services, coverageFacts);
  expect(await warnings(empty)).toEqual([]);
  expect(await warnings(fresh)).toEqual([]);
  expect(await warnings(id)).toEqual(['nobody']);
  const leaver = await house.person({}, { name: '小走' });
  await admin.create('acquaintances', { contact, user: leaver.id });
  expect(await warnings(id)).toEqual(['onlyOne']);
  await admin.post(`/users/${leaver.id}/deactivate`, {});
  expect(await warnings(id)).toEqual(['nobody']);
});

test('who becomes a month old is looked at that night', async () => {
  const id = await customer();
  await person(id, {});
  expect(await warnings(id)).toEqual([]);
  await sql`update customer set created_at = now() - interval '30 days 1 hour' where id = ${id}`.execute(
    house.services.db,
  );
  const { rows } = await sql<{ id: string }>`${coverageFacts.due?.(await house.context())}`.execute(
    house.services.db,
  );
  expect(rows.map((row) => row.id)).toContain(id);
});
