import ICAL from 'ical.js';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Person, startTestApp, type TestApp } from '../testing/app.ts';

let house: TestApp;
let admin: Person;
let seller: Person;
let colleague: Person;
let customer: string;

const rights = {
  entities: {
    customer: { actions: { read: 'self', create: 'self', update: 'self' } },
    task: { actions: { read: 'self', create: 'self', update: 'self' } },
  },
} as const;
const span = 'from=2026-11-01&to=2026-11-30';
const titles = (answer: { body: { items: { title: string }[] } }) =>
  answer.body.items.map(({ title }) => title);

beforeAll(async () => {
  house = await startTestApp();
  admin = house.administrator;
  seller = await house.person(rights, { name: '赵磊' });
  colleague = await house.person(rights, { name: '钱芳' });
  customer = (await seller.create('customers', { name: '云鹤一号' })).id;
  for (const [subject, dueDate] of [
    ['早一个月', '2026-10-31'],
    ['月初', '2026-11-01'],
    ['月末', '2026-11-30'],
    ['晚一天', '2026-12-01'],
  ])
    await seller.create('tasks', { subject, customer, dueDate });
  await colleague.create('tasks', { subject: '别人的', dueDate: '2026-11-10' });
});
afterAll(() => house.stop());

describe('the calendar', () => {
  test('shows what is to do on the days asked for, in their order', async () => {
    const { body } = await seller.get(`/calendar/items?${span}`);
    expect(body.items).toMatchObject([
      {
        entity: 'task',
        title: '月初',
        date: '2026-11-01',
        at: null,
        open: true,
        move: { date: 'dueDate', at: null },
      },
      {
        entity: 'task',
        title: '月末',
        customer: { id: customer, title: '云鹤一号' },
        owner: { id: seller.id },
      },
    ]);
  });

  test('gives others’ days as far as one may see them', async () => {
    const both = `people=${seller.id},${colleague.id}`;
    expect(titles(await admin.get(`/calendar/items?${span}&${both}`))).toEqual(['月初', '别人的', '月末']);
    expect(titles(await admin.get(`/calendar/items?${span}&people=team`))).toEqual([
      '月初',
      '别人的',
      '月末',
    ]);
    expect(titles(await seller.get(`/calendar/items?${span}&${both}`))).toEqual(['月初', '月末']);
    expect(titles(await seller.get(`/calendar/items?${span}&people=team`))).toEqual(['月初', '月末']);
    expect((await seller.get('/calendar/people')).body.items).toEqual([{ id: seller.id, name: '赵磊' }]);
  });

  test('says who may not move: readers, and what is done stays', async () => {
    const reader = await house.person({ entities: { task: { actions: { read: 'all' } } } });
    const { body } = await reader.get(`/calendar/items?${span}&people=${seller.id}`);
    expect(body.items.map(({ move }: { move: unknown }) => move)).toEqual([null, null]);
    const done = await colleague.create('tasks', {
      subject: '做完的',
      dueDate: '2026-11-11',
      status: 'done',
    });
    const mine = (await colleague.get(`/calendar/items?${span}`)).body.items;
    expect(mine.find(({ id }: { id: string }) => id === done.id)).toMatchObject({ open: false, move: null });
  });

  test('leaves out fields hidden from the reader', async () => {
    const blind = await house.person({
      entities: { task: { actions: { read: 'all' }, fields: { dueDate: 'hidden' } } },
    });
    expect((await blind.get(`/calendar/items?${span}&people=${seller.id}`)).body.items).toEqual([]);
    const nameless = await house.person({
      entities: { task: { actions: { read: 'all' }, fields: { customer: 'hidden' } } },
    });
    const { body } = await nameless.get(`/calendar/items?${span}&people=${seller.id}`);
    expect(body.items[0].customer).toBe(null);
  });

  test('knows holidays, days moved and the lunar day', async () => {
    const { body } = await seller.get('/calendar/items?from=2026-02-14&to=2026-02-17');
    expect(body.days).toEqual([
      { date: '2026-02-14', working: true, moved: true, holiday: 'springFestival', lunar: '廿七' },
      { date: '2026-02-15', working: false, moved: false, holiday: expect.any(String), lunar: '廿八' },
      { date: '2026-02-16', working: false, moved: true, holiday: expect.any(String), lunar: '廿九' },
      { date: '2026-02-17', working: false, moved: true, holiday: expect.any(String), lunar: '正月' },
    ]);
  });

  test.each([
    ['from=2026-01-01&to=2026-03-04', 'calendar_range'],
    ['from=2026-03-02&to=2026-03-01', 'calendar_range'],
    ['from=2026-03-01', 'bad_query'],
    [`${span}&people=nobody`, 'bad_query'],
  ])('refuses %s', async (query, code) => {
    const answer = await seller.get(`/calendar/items?${query}`);
    expect([answer.status >= 400 && answer.status < 500, answer.body.code]).toEqual([true, code]);
  });

  test('reads a person’s days by an index', async () => {
    const { rows } = await sql<{ indexdef: string }>`select indexdef from pg_indexes
      where tablename = 'task' and indexdef like '%(owner_id, status, due_date%'`.execute(house.services.db);
    expect(rows).toHaveLength(1);
  });
});

describe('a person’s feed', () => {
  const feed = (url: string) => house.server.inject({ method: 'GET', url: new URL(url).pathname });

  test('is read by a calendar program, holds his own only and ends when he says so', async () => {
    expect((await seller.get('/calendar/feed')).body).toEqual({ feed: null });
    const today = Temporal.Now.plainDateISO('Asia/Shanghai').toString();
    const { id } = await seller.create('tasks', {
      subject: '给王总回电话; 带合同, 和样品',
      customer,
      dueDate: today,
    });
    const { url } = (await seller.post('/calendar/feed')).body;
    const answer = await feed(url);
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([
      200,
      'text/calendar; charset=utf-8',
    ]);
    const events = new ICAL.Component(ICAL.parse(answer.body))
      .getAllSubcomponents('vevent')
      .map((event) => new ICAL.Event(event));
    const mine = events.find(({ uid }) => uid === `task-${id}@guanxi`);
    expect(mine?.summary).toBe('任务 · 给王总回电话; 带合同, 和样品 · 云鹤一号');
    expect([mine?.startDate.isDate, mine?.startDate.toString(), mine?.duration.toString()]).toEqual([
      true,
      today,
      'P1D',
    ]);
    expect(answer.body).not.toContain('别人的');
    expect((await seller.get('/calendar/feed')).body.feed.readAt).not.toBe(null);
    const { url: second } = (await seller.post('/calendar/feed')).body;
    expect([(await feed(url)).statusCode, (await feed(second)).statusCode]).toEqual([404, 200]);
    expect((await seller.delete('/calendar/feed')).status).toBe(204);
    expect((await feed(second)).statusCode).toBe(404);
  });

  test('ends with the person’s account, and its secret is nowhere', async () => {
    const leaver = await house.person(rights);
    const { url } = (await leaver.post('/calendar/feed')).body;
    const secret = url.split('/').at(-1);
    const { rows } = await sql<{ digest: string }>`select digest from calendar_feed`.execute(
      house.services.db,
    );
    expect(rows.some(({ digest }) => digest === secret)).toBe(false);
    expect((await feed(url)).statusCode).toBe(200);
    await sql`update "user" set status = 'deactivated' where id = ${leaver.id}`.execute(house.services.db);
    expect((await feed(url)).statusCode).toBe(404);
  });
});
