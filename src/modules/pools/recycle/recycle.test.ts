import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Person, startTestApp, type TestApp } from '../../../platform/testing/app.ts';
import { recording } from '../../../platform/testing/statements.ts';
import { addWorkdays, workdaysAgo } from '../../../platform/time/business-calendar.ts';
import { readToday } from '../../../platform/today/read.ts';
import { nightOf } from './due.ts';
import { recycle } from './job.ts';
import { recyclingToday } from './today.ts';

let house: TestApp;
let admin: Person;
let owner: Person;
let pool: { id: string; [field: string]: unknown };

beforeAll(async () => {
  house = await startTestApp();
  admin = house.administrator;
  owner = await house.person({
    entities: { customer: { actions: { read: 'self', create: 'self', update: 'self' } } },
  });
  pool = await admin.create('pools', {
    name: '苏州公海',
    condition: { field: 'city', op: 'eq', value: '苏州市' },
    recycleNoContactDays: 10,
    warnDays: 3,
    protectedDays: 0,
  });
});
afterAll(() => house.stop());

/** A customer that came to its owner so many working days ago. */
async function customer(name: string, daysAgo: number, more: object = {}): Promise<string> {
  const made = await owner.create('customers', { name, city: '苏州市', ...more });
  const { businessDays, now } = await house.context();
  const day = workdaysAgo(businessDays, now.slice(0, 10), daysAgo);
  await sql`update customer set created_at = ${day}::date where id = ${made.id}`.execute(house.services.db);
  return made.id;
}
const contact = (id: string, more: object) =>
  admin.create('activities', { customer: id, kind: 'call', ...more });
const poolOf = async (id: string) => (await admin.get(`/customers/${id}`)).body.pool?.id ?? null;

test('only a contact with content keeps a customer; others go, after a warning', async () => {
  const idle = await customer('久未联系', 20);
  const talked = await customer('刚谈过', 20);
  const rang = await customer('空电话', 20);
  const soon = await customer('快到期', 8);
  const fresh = await customer('新客户', 2);
  const elsewhere = await customer('外地', 30, { city: '无锡市' });
  await contact(talked, { content: '谈了交期' });
  await contact(rang, {});
  await contact(rang, { kind: 'note', content: '记一笔' });
  await house.follow();

  const preview = (await admin.get('/pools/recycling')).body;
  const ids = (part: { items: { id: string }[] }) => part.items.map(({ id }) => id).sort();
  expect(ids(preview.tonight)).toEqual([idle, rang].sort());
  expect(preview.tonight.total).toBe(2);
  expect(ids(preview.soon)).toEqual([soon]);
  expect(await poolOf(idle)).toBeNull();
  expect((await owner.get(`/customers/${soon}/moves`)).body).toMatchObject({
    warned: true,
    recycleReason: 'no_contact',
  });
  expect((await owner.get(`/customers/${fresh}/moves`)).body.warned).toBe(false);

  expect(await recycle(house.services)).toEqual({ recycled: 2, warned: 1, broken: [] });
  const where = await Promise.all([idle, talked, rang, soon, fresh, elsewhere].map(poolOf));
  expect(where).toEqual([pool.id, null, pool.id, null, null, null]);
  const { items } = (await admin.get(`/customers/${idle}/moves`)).body;
  expect(items[0]).toMatchObject({ kind: 'recycle', reason: 'no_contact', toPool: '苏州公海' });
  const told = (await owner.get('/notifications')).body.items;
  expect(told.map((each: { kind: string }) => each.kind).sort()).toEqual(['pool.recycled', 'pool.warning']);
  // A second night tells nobody again of the same date.
  expect((await recycle(house.services)).recycled).toBe(0);
  expect((await owner.get('/notifications')).body.items).toHaveLength(2);
});

test('protected customers, those of leavers and those something keeps stay', async () => {
  const [guarded, leaver, kept] = [
    await customer('保护期', 30),
    await customer('离职者的', 30),
    await customer('有承诺', 30),
  ];
  const gone = await house.person({ entities: { customer: { actions: { read: 'self' } } } });
  await admin.post('/customers/transfer', { ids: [leaver], owner: gone.id });
  await sql`update customer_pool set since = now() - interval '90 days' where customer_id = ${leaver}`.execute(
    house.services.db,
  );
  await admin.post(`/users/${gone.id}/deactivate`);
  await sql`insert into customer_pool (customer_id, since, protected_until)
    values (${guarded}, now() - interval '90 days', current_date + 30)`.execute(house.services.db);
  const ownership = house.services.ownership;
  house.services.ownership = {
    ...ownership,
    keeps: [
      { entity: 'customer', reason: 'pool', ids: () => sql`select id from customer where name = '有承诺'` },
    ],
  };
  try {
    await recycle(house.services);
    expect(await Promise.all([guarded, leaver, kept].map(poolOf))).toEqual([null, null, null]);
    expect((await admin.get(`/customers/${kept}/moves`)).body.keptBy).toEqual(['pool']);
  } finally {
    house.services.ownership = ownership;
  }
  await recycle(house.services);
  expect(await poolOf(kept)).toBe(pool.id);
});

test('of many customers about to go an owner is told in one message, and of none twice', async () => {
  const keeper = await house.person({
    entities: { customer: { actions: { read: 'self', create: 'self', update: 'self' } } },
  });
  const { businessDays, now } = await house.context();
  const made = async (name: string, daysAgo: number) => {
    const { id } = await keeper.create('customers', { name, city: '苏州市' });
    const day = workdaysAgo(businessDays, now.slice(0, 10), daysAgo);
    await sql`update customer set created_at = ${day}::date where id = ${id}`.execute(house.services.db);
  };
  const warnings = async () =>
    (await keeper.get('/notifications')).body.items.map(({ text }: { text: string }) => text);
  await made('苏州后去', 8);
  await made('苏州先去', 9);
  await recycle(house.services);
  const first = await warnings();
  expect(first).toEqual([
    expect.stringMatching(/^“苏州先去”等 2 位客户很久没有联系，.+起将回收到“苏州公海”。/),
  ]);
  await made('苏州又一家', 9);
  await recycle(house.services);
  await recycle(house.services);
  expect(await warnings()).toEqual([expect.stringMatching(/^“苏州又一家”很久没有联系，/), ...first]);
});

test.each([
  // last contact, working days, the night it goes
  ['2026-03-02T02:00:00Z', 3, '2026-03-06'],
  ['2026-03-04T02:00:00Z', 3, '2026-03-10'],
  ['2026-03-06T18:00:00Z', 1, '2026-03-10'],
])('since %s with %s working days: the night to %s', async (since, days, night) => {
  const ctx = await house.context();
  expect(nightOf(ctx, since, days)).toBe(night);
  // The night says the same as the condition by which customers are found.
  const before = workdaysAgo(ctx.businessDays, night, days);
  const day = Temporal.Instant.from(since).toZonedDateTimeISO(ctx.timeZone).toPlainDate().toString();
  expect(day < before).toBe(true);
  const eve = Temporal.PlainDate.from(night).subtract({ days: 1 }).toString();
  expect(day < workdaysAgo(ctx.businessDays, eve, days)).toBe(false);
  expect(addWorkdays(ctx.businessDays, day, days) < night).toBe(true);
});

test('what goes next stands in its owner’s day, once, and in nobody else’s; many cost no more statements', async () => {
  const linesOf = async (who: Person) =>
    (await who.get('/today')).body.items.filter((item: { kind: string }) => item.kind === 'recycle');
  const read = async () => {
    const { ctx, statements } = recording(await house.contextOf(owner), house.services.pool);
    const { items } = await readToday(ctx, [recyclingToday], false);
    return [items.length, statements.length];
  };
  const before = await linesOf(owner);
  const first = await customer('快被回收', 9);
  await customer('还早', 1);
  const lines = await linesOf(owner);
  expect(lines).toHaveLength(before.length + 1);
  expect(lines.find((line: { key: string }) => line.key === `recycle:${first}`)).toMatchObject({
    title: '快被回收',
    why: expect.stringMatching(/^10 个工作日没有跟进，\d\d-\d\d 夜里进入「苏州公海」$/),
    action: { open: `/r/customers/${first}` },
  });
  expect(await linesOf(admin)).toEqual([]);
  const [, few] = await read();
  for (const name of ['甲', '乙', '丙']) await customer(`将回收${name}`, 9);
  expect(await read()).toEqual([before.length + 4, few]);
});
