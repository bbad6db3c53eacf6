import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dayOf } from '../../platform/context/day.ts';
import { type Person, startTestApp, type TestApp } from '../../platform/testing/app.ts';
import { remindReports } from './remind.ts';
import { periodOf } from './report/period.ts';

let house: TestApp;
let manager: Person;
let seller: Person;
let other: Person;
let department: string;
let today: string;

const own = ['read', 'create', 'update'] as const;
const of = (scope: 'self' | 'department') => ({
  actions: Object.fromEntries(own.map((action) => [action, scope])),
});
const selling = {
  entities: Object.fromEntries(
    ['customer', 'activity', 'task', 'promise', 'workReport'].map((name) => [name, of('self')]),
  ),
};
const value = (body: { figures: { name: string; value: number }[] }, name: string) =>
  body.figures.find((figure) => figure.name === name)?.value;
const mine = async (person: Person, query = 'kind=day') =>
  (await person.get(`/work-reports/mine?${query}`)).body;

beforeAll(async () => {
  house = await startTestApp();
  department = await house.department('销售部');
  seller = await house.person(selling, { name: '赵磊', department });
  other = await house.person(selling, { name: '孙悦', department });
  manager = await house.person(
    {
      entities: {
        ...selling.entities,
        workReport: { actions: { read: 'department', create: 'self', update: 'self' } },
      },
    },
    { name: '周主管', department },
  );
  today = dayOf(await house.context());
});
afterAll(() => house.stop());

test.each([
  ['day', '2026-11-22', '2026-11-22', '2026-11-22'],
  ['week', '2026-11-22', '2026-11-16', '2026-11-22'],
  ['week', '2026-11-16', '2026-11-16', '2026-11-22'],
  ['week', '2027-01-01', '2026-12-28', '2027-01-03'],
] as const)('a %s of %s is %s to %s', (kind, date, from, to) => {
  expect(periodOf(kind, date)).toEqual({ from, to });
});

describe('a daily report', () => {
  test('fills itself, and every number leads to the list it counts', async () => {
    const customer = (await seller.create('customers', { name: '老客户甲' })).id;
    await sql`update customer set created_at = now() - interval '200 days' where id = ${customer}`.execute(
      house.services.db,
    );
    const fresh = (await seller.create('customers', { name: '新客户乙' })).id;
    await seller.create('activities', { kind: 'call', content: '问候', customer });
    await seller.create('activities', { kind: 'call', content: '初次联系', customer: fresh });
    await seller.create('activities', { kind: 'note', content: '只是记一下', customer });
    await seller.create('activities', {
      kind: 'visit',
      content: '上个月',
      customer,
      occurredAt: '2025-01-01T03:00:00Z',
    });
    const task = await seller.create('tasks', { subject: '寄样', customer });
    await seller.patch(`/tasks/${task.id}`, { status: 'done' });
    const body = await mine(seller);
    expect([body.report, body.period]).toEqual([null, { from: today, to: today }]);
    const numbers = Object.fromEntries(
      body.figures.map((f: { name: string; value: number }) => [f.name, f.value]),
    );
    expect(numbers).toMatchObject({
      contacts: 2,
      calls: 2,
      visits: 0,
      oldCustomers: 1,
      newCustomers: 1,
      tasksDone: 1,
      promisesKept: 0,
    });
    for (const { plural, filter, value: number } of body.figures) {
      const list = await seller.get(
        `/${plural}?count=true&filter=${encodeURIComponent(JSON.stringify(filter))}`,
      );
      expect([list.status, list.body.total]).toEqual([200, number]);
    }
  });

  test('is kept while it is written, and stays as it was handed in', async () => {
    await seller.put('/work-reports/mine', { kind: 'day', words: '见了王总' });
    await seller.put('/work-reports/mine', { kind: 'day', plan: '明天寄合同' });
    const open = await mine(seller);
    expect(open.report).toMatchObject({
      status: 'open',
      words: '见了王总',
      plan: '明天寄合同',
      name: `日报 ${today}`,
    });
    const handed = await seller.post('/work-reports/mine/hand-in', {
      kind: 'day',
      words: '见了王总，谈了年框',
    });
    expect([handed.status, handed.body.report.status]).toEqual([200, 'handedIn']);
    const before = value(handed.body, 'contacts');
    await seller.create('activities', { kind: 'call', content: '提交以后' });
    expect(value(await mine(seller), 'contacts')).toBe(before);
    for (const answer of [
      await seller.put('/work-reports/mine', { kind: 'day', words: '改一改' }),
      await seller.post('/work-reports/mine/hand-in', { kind: 'day' }),
    ])
      expect([answer.status, answer.body.code]).toEqual([409, 'report_handed_in']);
    const edited = await seller.patch(`/work-reports/${handed.body.report.id}`, { words: '改一改' });
    expect([edited.status, edited.body.errors[0].code]).toEqual([422, 'report_handed_in']);
  });

  test('is one per person and period', async () => {
    const twice = await seller.post('/work-reports', { kind: 'day', date: today });
    expect(twice.status).toBeGreaterThanOrEqual(400);
    const monday = periodOf('week', today).from;
    await seller.put('/work-reports/mine', { kind: 'week', words: '本周' });
    expect((await mine(seller, 'kind=week')).report).toMatchObject({ kind: 'week', date: monday });
  });

  test('shows the manager who has not handed in, and is marked as read by him alone', async () => {
    const team = (await manager.get('/work-reports/team?kind=day')).body.items;
    expect(
      team.map(({ person, status }: { person: { title: string }; status: string }) => [person.title, status]),
    ).toEqual([
      ['孙悦', 'none'],
      ['赵磊', 'handedIn'],
    ]);
    const { report, words, figures } = team[1];
    expect([words, figures.find((f: { name: string }) => f.name === 'calls').value]).toEqual([
      '见了王总，谈了年框',
      2,
    ]);
    expect((await seller.post(`/work-reports/${report}/markRead`)).status).toBe(403);
    expect((await other.post(`/work-reports/${report}/markRead`)).status).toBe(404);
    expect((await other.get(`/work-reports/${report}/figures`)).status).toBe(404);
    expect((await manager.post(`/work-reports/${report}/markRead`)).status).toBe(200);
    expect((await seller.get(`/work-reports/${report}`)).body).toMatchObject({
      status: 'read',
      readBy: { id: manager.id },
    });
    expect((await manager.get(`/work-reports/${report}/figures`)).body.items.length).toBeGreaterThan(5);
    await other.put('/work-reports/mine', { kind: 'day', words: '没写完' });
    const line = (await manager.get('/work-reports/team?kind=day')).body.items[0];
    expect([line.status, line.words, line.report]).toEqual(['open', null, null]);
  });

  test('is marked as read by whom it is handed to: who stands above its author, where somebody does', async () => {
    const unit = await house.department('报告部');
    const reading = {
      entities: {
        ...selling.entities,
        workReport: { actions: { read: 'all', create: 'self', update: 'self' } },
      },
    } as never;
    const [head, boss, onlooker] = [
      await house.person(reading, { name: '部长', department: unit }),
      await house.person(reading, { name: '上级' }),
      await house.person(reading, { name: '旁人' }),
    ];
    const hand = async () => {
      const author = await house.person(selling, { department: unit });
      const { body } = await author.post('/work-reports/mine/hand-in', { kind: 'day', words: '写了' });
      return { author, read: (who: Person) => who.post(`/work-reports/${body.report.id}/markRead`) };
    };
    const lone = await hand();
    expect((await lone.read(onlooker)).status).toBe(200);
    await house.administrator.patch(`/departments/${unit}`, { manager: head.id });
    const led = await hand();
    await house.administrator.patch(`/users/${led.author.id}`, { manager: boss.id });
    const refused = await led.read(onlooker);
    expect([refused.status, refused.body.code]).toEqual([403, 'report_of_others']);
    const line = async (who: Person) =>
      (await who.get('/work-reports/team?kind=day')).body.items.find(
        ({ person }: { person: { id: string } }) => person.id === led.author.id,
      );
    expect([(await line(onlooker)).mine, (await line(boss)).mine, (await line(head)).mine]).toEqual([
      false,
      true,
      true,
    ]);
    expect((await led.read(head)).status).toBe(200);
    expect((await (await hand()).read(boss)).status).toBe(403);
  });

  test('saved for the first time twice at the same moment is one report, and no conflict', async () => {
    const author = await house.person(selling, { department });
    const answers = await Promise.all(
      ['words', 'plan', 'words', 'plan'].map((name) =>
        author.put('/work-reports/mine', { kind: 'day', [name]: '同时写' }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(new Set(answers.map(({ body }) => body.report.id)).size).toBe(1);
    expect((await mine(author)).report).toMatchObject({ words: '同时写', plan: '同时写' });
  });

  test('takes a manager’s comment', async () => {
    const { report } = await mine(seller);
    const said = await manager.post(`/work-reports/${report.id}/comments`, { text: '王总的年框抓紧' });
    expect(said.status).toBe(201);
    await house.follow();
    const { items } = (await seller.get('/notifications')).body;
    expect(items.some(({ record }: { record: { id: string } | null }) => record?.id === report.id)).toBe(
      true,
    );
  });

  test('who may not write reports is refused', async () => {
    const reader = await house.person({ entities: { workReport: { actions: { read: 'all' } } } });
    expect((await reader.put('/work-reports/mine', { kind: 'day', words: '?' })).status).toBe(403);
    expect((await reader.get('/work-reports/mine?kind=month')).status).toBe(400);
  });
});

describe('quotas', () => {
  test('bind a role, count by day or week, and say how far one is', async () => {
    const { rows } = await sql<{
      role: string;
    }>`select role_ids[1] as role from "user" where id = ${other.id}`.execute(house.services.db);
    const role = rows[0]?.role;
    const quota = { name: '每天至少与一位老客户联系', figure: 'oldCustomers', least: 1 };
    await house.administrator.create('report-quotas', { ...quota, role });
    await house.administrator.create('report-quotas', {
      name: '每周五次拜访',
      figure: 'visits',
      least: 5,
      kind: 'week',
    });
    await house.administrator.create('report-quotas', { ...quota, name: '停用的', active: false });
    expect((await mine(other)).quotas).toMatchObject([{ ...quota, value: 0, met: false }]);
    const old = (await other.create('customers', { name: '老客户丙' })).id;
    await sql`update customer set created_at = now() - interval '200 days' where id = ${old}`.execute(
      house.services.db,
    );
    await other.create('activities', { kind: 'call', content: '问候', customer: old });
    expect((await mine(other)).quotas).toMatchObject([{ value: 1, met: true }]);
    expect((await mine(seller)).quotas).toEqual([]);
    expect((await mine(seller, 'kind=week')).quotas).toMatchObject([{ name: '每周五次拜访', met: false }]);
  });

  test('who is bound and has not handed in is reminded once', async () => {
    const run = () => remindReports.run(house.services, { day: today }, {} as never);
    expect([await run(), await run()]).toEqual([{ told: 1 }, { told: 1 }]);
    const told = (await other.get('/notifications')).body.items.filter(
      ({ kind }: { kind: string }) => kind === 'report.due',
    );
    expect(told).toHaveLength(1);
    expect(
      (await seller.get('/notifications')).body.items.some(
        ({ kind }: { kind: string }) => kind === 'report.due',
      ),
    ).toBe(false);
  });
});
