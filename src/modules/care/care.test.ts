import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Context } from '../../platform/context/context.ts';
import { systemContext } from '../../platform/context/services.ts';
import { type Person, startTestApp, type TestApp } from '../../platform/testing/app.ts';
import { dateIn } from '../../platform/time/instant.shared.ts';
import { festivalIn } from './dates/festivals.shared.ts';
import { generate } from './plan/generate.ts';
import { closeMissed } from './plan/job.ts';

let house: TestApp;
let admin: Person;
let today: string;

beforeAll(async () => {
  house = await startTestApp();
  admin = house.administrator;
  today = dateIn('Asia/Shanghai', (await house.context()).now);
});
afterAll(() => house.stop());

const inDays = (days: number) => Temporal.PlainDate.from(today).add({ days }).toString();
const customer = async (name: string, more: object = {}) =>
  (await admin.create('customers', { name, owner: admin.id, ...more })).id;
const contact = async (owner: string, name: string, more: object = {}) =>
  (await admin.create('contacts', { name, customer: owner, ...more })).id;
const system = () => systemContext(house.services, { kind: 'job' });
const on = async (date: string): Promise<Context> => ({
  ...(await system()),
  now: `${date}T02:00:00.000000Z`,
});
const items = async (person: string) => {
  const filter = encodeURIComponent(JSON.stringify({ field: 'contact', op: 'eq', value: person }));
  return (await admin.get(`/care-items?filter=${filter}&sort=occasionOn`)).body.items;
};
const retire = () => sql`update care_plan set active = false`.execute(house.services.db);

describe('the next day', () => {
  test('is a field of the file, kept up with its birthday, solar and lunar', async () => {
    const id = await contact(await customer('生日公司'), '林小月', {
      birthday: `1990-${inDays(3).slice(5)}`,
    });
    await house.follow();
    const next = async () => (await admin.get(`/contacts/${id}`)).body.nextBirthday;
    expect(await next()).toBe(inDays(3));
    await admin.patch(`/contacts/${id}`, { birthday: 'lunar:--01-01' });
    await house.follow();
    const year = Number(today.slice(0, 4));
    const festival = [year, year + 1]
      .map((each) => festivalIn('springFestival', each))
      .find((day) => day >= today);
    expect(await next()).toBe(festival);
    await admin.patch(`/contacts/${id}`, { birthday: null });
    await house.follow();
    expect(await next()).toBeNull();
  });

  test('finds the birthdays of a week through its index', async () => {
    const where = sql`select f.id, f.next_birthday from contact_fact f
      where f.next_birthday between ${today}::date and ${inDays(7)}::date`;
    const plan = await house.services.db.transaction().execute(async (db) => {
      await sql`set local enable_seqscan = off`.execute(db);
      await sql`set local enable_bitmapscan = off`.execute(db);
      return (await sql<{ 'QUERY PLAN': string }>`explain ${where}`.execute(db)).rows;
    });
    const text = plan.map((row) => row['QUERY PLAN']).join('\n');
    expect(text).toContain('Index Only Scan using contact_fact_next_birthday_idx');
  });

  test('a remembered fact comes once or every year', async () => {
    const id = await customer('记事公司');
    const day = inDays(-2);
    const yearly = await admin.create('remembered-facts', {
      text: '公司成立',
      customer: id,
      kind: 'founding',
      day,
    });
    const once = await admin.create('remembered-facts', {
      text: '女儿高考',
      customer: id,
      day,
      yearly: false,
    });
    await house.follow();
    const next = async (fact: { id: string }) =>
      (await admin.get(`/remembered-facts/${fact.id}`)).body.nextOn;
    expect(await next(once)).toBeNull();
    expect((await next(yearly)) > today).toBe(true);
  });
});

describe('plans', () => {
  test('greet by name, by whoever looks after the customer, once however often they run', async () => {
    await retire();
    const seller = await house.person({
      entities: { careItem: { actions: { read: 'self', update: 'self' } } },
    });
    const company = await customer('云鹤机械', { owner: seller.id });
    const person = await contact(company, '欧阳明', { sex: 'male', birthday: `--${today.slice(5)}` });
    await admin.create('care-plans', {
      name: '生日',
      occasion: 'birthday',
      text: '{name}，{occasion}快乐！{company}',
    });
    await house.follow();
    // Two processes at once, and once more.
    await Promise.all([generate(await system()), generate(await system())]);
    await generate(await system());
    const made = await items(person);
    expect(made).toHaveLength(1);
    expect(made[0]).toMatchObject({
      status: 'open',
      text: '欧阳先生，生日快乐！云鹤机械',
      occasionOn: today,
      owner: { id: seller.id },
    });
    expect((await seller.get(`/care-items/${made[0].id}`)).status).toBe(200);
    // Ever: deleting the item does not free the day.
    await admin.delete(`/care-items/${made[0].id}`);
    expect((await generate(await system())).made).toBe(0);
  });

  test('of several on one day the birthday comes first, whichever begins earlier', async () => {
    await retire();
    const company = await customer('优先公司');
    const day = festivalIn('midAutumn', 2031);
    const born = await contact(company, '生日人', { birthday: `--${day.slice(5)}` });
    const other = await contact(company, '平常人');
    await admin.create('care-plans', {
      name: '中秋',
      occasion: 'festival',
      festival: 'midAutumn',
      leadDays: 5,
    });
    await admin.create('care-plans', { name: '生日', occasion: 'birthday', leadDays: 0 });
    await house.follow();
    await sql`update contact_fact set next_birthday = ${day}::date where id = ${born}`.execute(
      house.services.db,
    );
    await generate(await on(Temporal.PlainDate.from(day).subtract({ days: 3 }).toString()));
    expect([(await items(born)).length, (await items(other)).length]).toEqual([0, 1]);
    await generate(await on(day));
    expect((await items(born)).map((item: { occasion: string }) => item.occasion)).toEqual(['birthday']);
    expect(await items(other)).toHaveLength(1);
  });

  test('leave out who wants none, who has left, and whose customer is not meant', async () => {
    await retire();
    const [ours, blocked] = [await customer('甲等'), await customer('黑名单')];
    await admin.post(`/customers/${blocked}/block`, { reason: '欠款不还' });
    const birthday = `--${inDays(1).slice(5)}`;
    const people = {
      wanted: await contact(ours, '想要', { birthday }),
      off: await contact(ours, '不要', { birthday }),
      left: await contact(ours, '离职', { birthday, left: true }),
      blocked: await contact(blocked, '拉黑', { birthday }),
    };
    expect((await admin.put(`/care/preferences/contact/${people.off}`, { off: true })).body).toMatchObject({
      off: true,
    });
    await admin.create('care-plans', { name: '生日', occasion: 'birthday', leadDays: 2 });
    await house.follow();
    await generate(await system());
    const counts = await Promise.all(Object.values(people).map(async (id) => (await items(id)).length));
    expect(counts).toEqual([1, 0, 0, 0]);
  });

  test('a segment says whom a plan is for', async () => {
    await retire();
    const [near, far] = [
      await customer('杭州户', { city: '杭州' }),
      await customer('北京户', { city: '北京' }),
    ];
    const birthday = `--${today.slice(5)}`;
    const [one, two] = [await contact(near, '近', { birthday }), await contact(far, '远', { birthday })];
    const segment = await admin.create('segments', {
      name: '杭州客户',
      entity: 'customer',
      definition: { field: 'city', op: 'eq', value: '杭州' },
    });
    await admin.create('care-plans', { name: '生日', occasion: 'birthday', segment: segment.id });
    await house.follow();
    await generate(await system());
    expect([(await items(one)).length, (await items(two)).length]).toEqual([1, 0]);
  });

  test.each([
    [{ occasion: 'festival' }, 'festival', 'required'],
    [{ occasion: 'birthday', text: '{nmae}好' }, 'text', 'care_placeholder'],
  ])('%j is refused', async (body, path, code) => {
    const { status, body: answer } = await admin.post('/care-plans', { name: '错', ...body });
    expect([status, answer.errors[0].path, answer.errors[0].code]).toEqual([422, path, code]);
  });
});

describe('a greeting', () => {
  const greeting = async (person: string, company: string, occasionOn: string) =>
    (await admin.create('care-items', { subject: '问候', customer: company, contact: person, occasionOn }))
      .id;

  test('says who sent it, is refused to a second one that day, and can be taken back', async () => {
    const company = await customer('问候公司');
    const person = await contact(company, '老张');
    const [one, two] = [await greeting(person, company, today), await greeting(person, company, today)];
    const [first, second] = await Promise.all([
      admin.post(`/care-items/${one}/send`),
      admin.post(`/care-items/${two}/send`),
    ]);
    expect([first?.status, second?.status].sort()).toEqual([200, 409]);
    const [sent, left] = first?.status === 200 ? [one, two] : [two, one];
    expect((await admin.get(`/care-items/${sent}`)).body).toMatchObject({
      status: 'done',
      late: false,
      doneBy: { id: admin.id },
    });
    expect((await admin.post(`/care-items/${left}/send`)).body).toMatchObject({
      code: 'care_day_taken',
      detail: expect.stringContaining('林静'),
    });
    await admin.post(`/care-items/${sent}/unsend`);
    expect((await admin.post(`/care-items/${left}/send`)).status).toBe(200);
    expect((await admin.post(`/care-items/${left}/send`)).body.code).toBe('care_not_open');
  });

  test('that was missed goes out late only when one says so, and is closed after a while', async () => {
    const company = await customer('迟到公司');
    const person = await contact(company, '老李');
    const missed = await greeting(person, company, inDays(-1));
    expect((await admin.post(`/care-items/${missed}/send`)).body.code).toBe('care_late');
    expect((await admin.post(`/care-items/${missed}/send`, { late: true })).body).toMatchObject({
      late: true,
    });
    const old = await greeting(person, company, inDays(-15));
    expect(await closeMissed(await system())).toBe(1);
    expect((await admin.get(`/care-items/${old}`)).body.status).toBe('missed');
  });

  test('is not sent to who wants none', async () => {
    const company = await customer('安静公司');
    const id = await greeting(await contact(company, '老王'), company, today);
    await admin.put(`/care/preferences/customer/${company}`, { off: true });
    expect((await admin.post(`/care-items/${id}/send`)).body.code).toBe('care_off');
    const stranger = await house.person({ entities: { customer: { actions: { read: 'self' } } } });
    expect((await stranger.get(`/care/preferences/customer/${company}`)).status).toBe(404);
    expect((await stranger.put(`/care/preferences/customer/${company}`, { off: false })).status).toBe(404);
  });
});

test('today shows what has begun with its one button; what is late leads to where one is asked', async () => {
  const seller = await house.person({
    entities: {
      careItem: { actions: { read: 'self', update: 'self' } },
      customer: { actions: { read: 'self' } },
    },
  });
  const company = await customer('今日公司', { owner: seller.id });
  const item = (subject: string, occasionOn: string) =>
    admin.create('care-items', { subject, customer: company, owner: seller.id, occasionOn });
  const [now, late] = [await item('今天的', today), await item('昨天的', inDays(-1))];
  await item('明天的', inDays(1));
  const { body } = await seller.get('/today');
  const lines = body.items.filter(({ kind }: { kind: string }) => kind === 'care');
  expect(lines.map(({ key }: { key: string }) => key)).toEqual([`care:${late.id}`, `care:${now.id}`]);
  expect(lines[0].action.open).toBe('/care');
  expect((await seller.send(lines[1].action.does.method, lines[1].action.does.path, {})).status).toBe(200);
  expect((await seller.send(lines[1].action.undo.method, lines[1].action.undo.path, {})).status).toBe(200);
});
