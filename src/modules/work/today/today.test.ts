import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Person, startTestApp, type TestApp } from '../../../platform/testing/app.ts';
import { manyCustomers, recording, tablesReadWhole } from '../../../platform/testing/statements.ts';
import { readToday } from '../../../platform/today/read.ts';
import type { TodayItem } from '../../../platform/today/today.ts';
import { work } from '../module.ts';

let house: TestApp;
let admin: Person;
let seller: Person;
let customer: string;

const self = (...actions: string[]) => ({
  actions: Object.fromEntries(actions.map((action) => [action, 'self'])),
});
const EDIT = ['read', 'create', 'update', 'delete'];
const entities = Object.fromEntries(
  ['customer', 'contact', 'activity', 'task', 'promise', 'visit', 'meeting', 'callBack'].map((name) => [
    name,
    self(...EDIT),
  ]),
);

const day = (ahead: number) =>
  Temporal.Now.zonedDateTimeISO('Asia/Shanghai').toPlainDate().add({ days: ahead }).toString();

beforeAll(async () => {
  house = await startTestApp();
  admin = house.administrator;
  seller = await house.person({ entities } as never);
  customer = (await seller.create('customers', { name: '云鹤' })).id;
});
afterAll(() => house.stop());

const today = async (who = seller, query = '') => (await who.get(`/today${query}`)).body;
const titles = async (who = seller): Promise<string[]> =>
  (await today(who)).items.map(({ title }: TodayItem) => title);

describe('the day', () => {
  test('puts broken promises first, then what has a time, drifting customers, call-backs, tasks', async () => {
    const quiet = await seller.create('customers', { name: '沉默' });
    await seller.create('activities', {
      kind: 'call',
      content: '很久以前',
      customer: quiet.id,
      occurredAt: `${day(-60)}T02:00:00Z`,
    });
    await seller.create('tasks', { subject: '月报', dueDate: day(0) });
    await seller.create('tasks', { subject: '以后', dueDate: day(30) });
    await seller.create('call-backs', { subject: '换货', customer, dueDate: day(0) });
    await seller.create('visits', { objective: '看产线', customer, date: day(0) });
    await seller.create('meetings', {
      objective: '年框',
      customer,
      date: day(0),
      startsAt: `${day(0)}T06:30:00Z`,
    });
    await seller.create('promises', { what: '报价', customer, dueDate: day(-1) });
    await seller.create('promises', { what: '样品', customer, dueDate: day(2) });
    await house.follow();
    expect(await titles()).toEqual([
      '答应云鹤：报价',
      '与云鹤开会',
      '拜访云鹤',
      '沉默 60 天没有联系',
      '回访云鹤',
      '月报',
      '答应云鹤：样品',
    ]);
  });

  test('each line’s button does it, and what it says takes that back', async () => {
    for (const kind of ['promise', 'rhythm', 'task']) {
      const { items } = await today();
      const item: TodayItem = items.find((each: TodayItem) => each.kind === kind);
      if (!('does' in item.action)) throw new Error('opens');
      const { does, undo } = item.action;
      const did = await seller.send(does.method, does.path, does.body, { 'if-match': '*' });
      expect(did.status).toBeLessThan(300);
      expect((await today()).items.map(({ key }: TodayItem) => key)).not.toContain(item.key);
      const path = undo.path.replace('{id}', did.body.id);
      const version: Record<string, string> = undo.version ? { 'if-match': `"${undo.version}"` } : {};
      expect((await seller.send(undo.method, path, undo.body, version)).status).toBeLessThan(300);
      expect((await today()).items.map(({ key }: TodayItem) => key)).toContain(item.key);
    }
  });

  test('shows at most twenty lines and says that there is more', async () => {
    const busy = await house.person({ entities } as never);
    for (let at = 0; at < 22; at++) await busy.create('tasks', { subject: `第${at}`, dueDate: day(0) });
    const { items, more } = await today(busy);
    expect([items.length, more]).toEqual([20, true]);
  });

  test('is one’s own; a manager looks at the team’s, others may not', async () => {
    expect(await titles(admin)).toEqual([]);
    const team = await today(admin, '?team=true');
    expect(team.items.find((item: TodayItem) => item.kind === 'promise')).toMatchObject({
      title: '答应云鹤：报价',
      owner: expect.any(String),
    });
    expect((await seller.get('/today?team=true')).status).toBe(403);
  });

  test('tells no name of a customer out of sight', async () => {
    const other = await house.person({ entities } as never);
    await admin.create('tasks', { subject: '帮忙', customer, owner: other.id, dueDate: day(0) });
    expect(await titles(other)).toEqual(['帮忙']);
  });

  test('knows the lunar day', async () => {
    const { lunar, day: date } = await today();
    expect([date, lunar.month >= 1 && lunar.month <= 12, lunar.day >= 1 && lunar.day <= 30]).toEqual([
      day(0),
      true,
      true,
    ]);
  });
});

test('of many it reads only what is due to one person', async () => {
  const owners = Array.from({ length: 40 }, () => crypto.randomUUID());
  await manyCustomers(house.services.db, 4000, [...owners, seller.id], [crypto.randomUUID()]);
  await sql`insert into task (subject, status, due_date, owner_id, root_owner_id)
    select 't' || n, case when n % 9 = 0 then 'open' else 'done' end, current_date - n % 300, o, o
    from generate_series(1, 20000) n, lateral (select (${owners}::uuid[])[1 + n % 40] as o) x`.execute(
    house.services.db,
  );
  await sql`insert into promise (what, status, due_date, due_at, customer_id, owner_id, root_owner_id)
    select 'p' || n, case when n % 9 = 0 then 'open' else 'kept' end, current_date - n % 300, now() - n % 300 * interval '1 day', ${customer}::uuid, o, o
    from generate_series(1, 20000) n, lateral (select (${owners}::uuid[])[1 + n % 40] as o) x`.execute(
    house.services.db,
  );
  for (const table of ['task', 'promise', 'customer', 'customer_fact'])
    await sql`analyze ${sql.table(table)}`.execute(house.services.db);
  const { ctx, statements } = recording(await house.contextOf(seller), house.services.pool);
  await readToday(ctx, work.today ?? [], false);
  expect(statements.length).toBeGreaterThan(5);
  for (const statement of statements)
    expect(await tablesReadWhole(house.services.pool, statement)).toEqual([]);
});

test('one’s month: each number is the length of the list behind it', async () => {
  const { figures } = (await seller.get('/today/month')).body;
  expect(figures.map(({ name }: { name: string }) => name)).toEqual([
    'keepRate',
    'contacts',
    'visits',
    'customers',
  ]);
  const plurals: Record<string, string> = { promise: 'promises', activity: 'activities', visit: 'visits' };
  for (const figure of figures) {
    const path = plurals[figure.entity] ?? 'customers';
    const list = await seller.get(
      `/${path}?count=true&filter=${encodeURIComponent(JSON.stringify(figure.filter))}`,
    );
    expect([figure.name, list.body.total]).toEqual([figure.name, figure.of?.whole ?? figure.value]);
  }
});
