import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { emit } from '../../platform/events/events.ts';
import { type Person, startTestApp, type TestApp } from '../../platform/testing/app.ts';
import { addWorkdays, DEFAULT_BUSINESS_DAYS } from '../../platform/time/business-calendar.ts';
import { contactDue } from './rhythm.ts';

let house: TestApp;
let admin: Person;
beforeAll(async () => {
  house = await startTestApp();
  admin = house.administrator;
});
afterAll(() => house.stop());

test.each([
  ['a working day', '2026-11-02T02:00:00Z', 14, '2026-11-16'],
  ['a Saturday moves on to Monday', '2026-11-02T02:00:00Z', 5, '2026-11-09'],
  ['the national holiday moves on', '2026-09-01T02:00:00Z', 31, '2026-10-08'],
  ['a Saturday that is worked stays', '2026-09-28T02:00:00Z', 12, '2026-10-10'],
  ['late in the evening is the next day in Shanghai', '2026-11-01T16:30:00Z', 14, '2026-11-16'],
])('%s', (_what, last, days, due) => {
  const company = { businessDays: DEFAULT_BUSINESS_DAYS, timeZone: 'Asia/Shanghai' };
  expect(contactDue(company, last, days)).toBe(due);
});

test('a follow-up moves the day, a note or an empty call does not', async () => {
  const { id } = await admin.create('customers', { name: '云鹤' });
  const due = async () => {
    await house.follow();
    return (await admin.get(`/customers/${id}`)).body.nextContactDue;
  };
  const call = (body: object) =>
    admin.create('activities', { customer: id, kind: 'call', content: '谈价', ...body });
  await call({ occurredAt: '2026-01-05T02:00:00Z' });
  expect(await due()).toBe('2026-02-04');
  const { version } = (await admin.get(`/customers/${id}`)).body;
  await call({ occurredAt: '2026-03-02T02:00:00Z' });
  expect(await due()).toBe('2026-04-01');
  await call({ occurredAt: '2026-05-06T02:00:00Z', kind: 'note' });
  expect(await due()).toBe('2026-04-01');
  expect((await admin.get(`/customers/${id}`)).body.version).toBe(version);
});

test('who is overdue is counted by person within one’s sight, with the list behind the number', async () => {
  const rights = {
    entities: Object.fromEntries(
      ['customer', 'activity'].map((name) => [name, { actions: { read: 'self', create: 'self' } as const }]),
    ),
  };
  const seller = await house.person(rights, { name: '赵磊' });
  const blind = await house.person({ entities: {} });
  for (const [name, occurredAt] of [
    ['早该联系', '2025-01-06T02:00:00Z'],
    ['刚联系过', undefined],
  ]) {
    const { id } = await seller.create('customers', { name });
    await seller.create('activities', {
      customer: id,
      kind: 'call',
      content: '问候',
      ...(occurredAt ? { occurredAt } : {}),
    });
  }
  await house.follow();
  const { items, today, nextWorkday } = (await seller.get('/calendar/overdue-contacts')).body;
  expect(addWorkdays(DEFAULT_BUSINESS_DAYS, today, 1)).toBe(nextWorkday);
  expect(nextWorkday > today).toBe(true);
  expect(items).toMatchObject([{ person: { id: seller.id }, count: 1, since: '2025-02-05' }]);
  const list = await seller.get(`/customers?filter=${encodeURIComponent(JSON.stringify(items[0].filter))}`);
  expect(list.body.items.map(({ title }: { title: string }) => title)).toEqual(['早该联系']);
  const all = (await admin.get('/calendar/overdue-contacts')).body.items;
  expect(all.find(({ person }: { person: { id: string } }) => person.id === seller.id).count).toBe(1);
  expect((await blind.get('/calendar/overdue-contacts')).status).toBe(403);
  const day = await seller.get('/calendar/items?from=2025-02-01&to=2025-02-28');
  expect(day.body.items).toMatchObject([
    { entity: 'customer', title: '早该联系', date: '2025-02-05', move: null },
  ]);
  const { rows } =
    await sql`select from pg_indexes where tablename = 'customer_fact' and indexdef like '%next_contact_due%'`.execute(
      house.services.db,
    );
  expect(rows.length).toBeGreaterThan(0);
});

test('the grade’s change is followed, other derived values are not', async () => {
  const { id } = await admin.create('customers', { name: '随级' });
  await house.follow();
  const ctx = await house.context();
  const forget = () => sql`update customer_fact set next_contact_due = null where id = ${id}`.execute(ctx.db);
  const changed = async (fact: string) => {
    await emit(ctx, { name: 'customer.facts', entity: 'customer', recordIds: [id], payload: { fact } });
    await house.follow();
    return (await admin.get(`/customers/${id}`)).body.nextContactDue;
  };
  await forget();
  expect(await changed('coverage')).toBeNull();
  expect(await changed('rhythm')).toBeNull();
  expect(await changed('grade')).not.toBeNull();
});
