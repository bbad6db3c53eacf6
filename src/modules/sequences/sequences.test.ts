import { createHmac } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { dayOf } from '../../platform/context/day.ts';
import { MAIL_USER, type MailServer, startMailServer } from '../../platform/mail/testing/smtp.ts';
import { type Person, startTestApp, type TestApp } from '../../platform/testing/app.ts';
import { offLink } from '../care/public.ts';
import { sequenceOff } from './reply/off.ts';
import { enrolWhatEnters, sequenceNight } from './rule/enter.ts';
import { doDue } from './run/job.ts';

let house: TestApp;
let boss: Person;
let serial = 0;

const STEPS = [
  { wait: 0, action: 'call', subject: '问{name}要什么' },
  { wait: 2, action: 'message', subject: '给{company}发资料', text: '{name}您好，我是{owner}。' },
  { wait: 1, action: 'task', subject: '收尾' },
];

beforeAll(async () => {
  house = await startTestApp();
  boss = house.administrator;
  // Always at work, so that no test waits for Monday.
  const days = Object.fromEntries(
    Array.from({ length: 60 }, (_, at) => [
      Temporal.Now.plainDateISO().subtract({ days: 20 }).add({ days: at }).toString(),
      'work',
    ]),
  );
  const value = JSON.stringify({ days, hours: [['00:00', '24:00']] });
  await sql`insert into setting (key, value) values ('businessDays', ${value}::jsonb)
    on conflict (key) do update set value = excluded.value`.execute(house.services.db);
  house.services.forgetSettings();
});
afterAll(() => house.stop());
beforeEach(() => sql`delete from care_day`.execute(house.services.db));

const sequenceOf = (values: object = {}) =>
  boss.create('sequences', { name: `节奏${++serial}`, target: 'lead', steps: STEPS, ...values });
const leadOf = (who: Person = boss, values: object = {}) =>
  who.create('leads', {
    name: '欧阳锋',
    company: `白驼山${++serial}厂`,
    phone: `1380001${1000 + serial}`,
    ...values,
  });
const begin = async (kind: string, id: string, sequence: string, who: Person = boss) => {
  const { body, status } = await who.post(`/${kind}/${id}/enrol`, { sequence });
  if (status !== 200) throw new Error(JSON.stringify(body));
  return (await runsOf(sequence)).at(-1);
};
const list = async (plural: string, filter: object, who: Person = boss) =>
  (await who.get(`/${plural}?filter=${encodeURIComponent(JSON.stringify(filter))}&sort=createdAt`)).body
    .items;
const runsOf = (sequence: string) => list('sequence-runs', { field: 'sequence', op: 'eq', value: sequence });
const read = async (run: { id: string }) => (await boss.get(`/sequence-runs/${run.id}`)).body;
const due = (run: { id: string }) =>
  sql`update sequence_run set next_at = now() - interval '1 second' where id = ${run.id}`.execute(
    house.services.db,
  );
const work = () => doDue(house.services);
const tasksOf = (lead: string) => list('tasks', { field: 'lead', op: 'eq', value: lead });

test('steps become tasks of today one after the other, and the last one ends it', async () => {
  const sequence = await sequenceOf();
  const lead = await leadOf();
  const run = await begin('leads', lead.id, sequence.id);
  expect(run).toMatchObject({ status: 'active', step: 0, lead: { id: lead.id } });
  await work();
  const today = dayOf(await house.context());
  expect(await tasksOf(lead.id)).toMatchObject([
    { subject: '电话：问欧阳锋要什么', dueDate: today, owner: { id: boss.id } },
  ]);
  await work();
  expect(await tasksOf(lead.id)).toHaveLength(1);
  await due(run);
  await work();
  const [, message] = await tasksOf(lead.id);
  expect(message.subject).toBe(`发消息：给${lead.company}发资料`);
  expect(message.remark).toContain('我是林静');
  await due(run);
  await work();
  expect(await read(run)).toMatchObject({ status: 'finished', step: 3, nextAt: null });
  const { items } = (await boss.get(`/sequences/${sequence.id}/figures`)).body;
  expect(items.map(({ reached }: { reached: number }) => reached)).toEqual([1, 1, 1]);
});

test('however many work at once, and though one dies amid a step, every step is done once', async () => {
  const sequence = await sequenceOf();
  const leads = await Promise.all(Array.from({ length: 6 }, () => leadOf()));
  for (const { id } of leads) await begin('leads', id, sequence.id);
  // The process dies after the task was made and before the run moved on.
  const { db } = house.services;
  await sql`create function break_it() returns trigger language plpgsql as
    'begin raise exception ''power cut''; end'`.execute(db);
  await sql`create trigger break_it before insert on sequence_touch for each row execute function break_it()`.execute(
    db,
  );
  await expect(work()).rejects.toThrow('power cut');
  await sql`drop trigger break_it on sequence_touch`.execute(db);
  expect((await Promise.all(leads.map(({ id }) => tasksOf(id)))).flat()).toEqual([]);
  await Promise.all([work(), work(), work()]);
  for (const { id } of leads) expect(await tasksOf(id)).toHaveLength(1);
});

test.each<[string, string, (lead: string, run: string) => Promise<unknown>]>([
  [
    'answers',
    'reply',
    (lead) => boss.create('activities', { lead, kind: 'mail', content: '要', fromCustomer: true }),
  ],
  [
    'becomes a customer',
    'converted',
    (lead) =>
      boss.post(`/leads/${lead}/convert`, {
        customer: { name: `新客${serial}`, kind: 'company' },
        contact: null,
        opportunity: null,
      }),
  ],
  ['is put aside', 'lost', (lead) => boss.post(`/leads/${lead}/disqualify`, { reason: 'noNeed' })],
  ['wants none', 'optOut', (lead) => boss.put(`/care/preferences/lead/${lead}`, { off: true })],
  ['is stopped by hand', 'hand', (_lead, run) => boss.post(`/sequence-runs/${run}/sequenceEnd`, {})],
  [
    'is said to have answered',
    'reply',
    (_lead, run) => boss.post(`/sequence-runs/${run}/sequenceReplied`, { text: '好的' }),
  ],
])('a lead that %s hears no more', async (_what, reason, happens) => {
  const sequence = await sequenceOf();
  const lead = await leadOf();
  const run = await begin('leads', lead.id, sequence.id);
  await work();
  const told = (await happens(lead.id, run.id)) as { status?: unknown; body?: unknown };
  expect(told.body ?? 'made').not.toMatchObject({ status: 422 });
  await due(run);
  await work();
  const { rows } = await sql`select status, stop_reason from sequence_run where id = ${run.id}`.execute(
    house.services.db,
  );
  expect(rows).toEqual([{ status: 'stopped', stop_reason: reason }]);
});

test('our own call is no answer; an answer ends it before the next step is due', async () => {
  const sequence = await sequenceOf();
  const lead = await leadOf();
  const run = await begin('leads', lead.id, sequence.id);
  await work();
  await boss.create('activities', { lead: lead.id, kind: 'call', content: '没人接' });
  await house.follow();
  expect(await read(run)).toMatchObject({ status: 'active' });
  await boss.create('activities', { lead: lead.id, kind: 'call', content: '他打来问价', fromCustomer: true });
  await house.follow();
  expect(await read(run)).toMatchObject({ status: 'stopped', stopReason: 'reply' });
  const { items } = (await boss.get(`/sequences/${sequence.id}/figures`)).body;
  expect(items[0]).toMatchObject({ reached: 1, replied: 1 });
});

test('business that moves on, or is decided, hears no more; one that stays does', async () => {
  const stages = (await boss.get('/stages?sort=position')).body.items;
  const sequence = await sequenceOf({ target: 'opportunity' });
  const customer = await boss.create('customers', { name: '桃花岛' });
  const make = () =>
    boss.create('opportunities', { name: '药炉', customer: customer.id, stage: stages[0].id });
  const [moved, stays] = [await make(), await make()];
  const run = await begin('opportunities', moved.id, sequence.id);
  const other = (await begin('opportunities', stays.id, sequence.id)) as { id: string };
  await boss.patch(`/opportunities/${moved.id}`, { stage: stages[1].id });
  await house.follow();
  expect(await read(run)).toMatchObject({ status: 'stopped', stopReason: 'stage' });
  expect(await read(other)).toMatchObject({ status: 'active' });
});

test('a sequence of a stage begins by itself for what enters it, once', async () => {
  const stages = (await boss.get('/stages?sort=position')).body.items;
  const sequence = await sequenceOf({ target: 'opportunity', start: 'auto', stage: stages[1].id });
  const customer = await boss.create('customers', { name: '全真教' });
  const { id } = await boss.create('opportunities', {
    name: '剑',
    customer: customer.id,
    stage: stages[0].id,
  });
  await house.follow();
  expect(await runsOf(sequence.id)).toEqual([]);
  await boss.patch(`/opportunities/${id}`, { stage: stages[1].id });
  await house.follow();
  await sql`delete from event_cursor where subscriber = ${enrolWhatEnters.name}`.execute(house.services.db);
  await house.follow();
  expect(await runsOf(sequence.id)).toHaveLength(1);
});

test('a rule that cannot begin anything holds no other up', async () => {
  const [broken, sound] = [await sequenceOf({ start: 'auto' }), await sequenceOf({ start: 'auto' })];
  await sql`delete from sequence_step where sequence_id = ${broken.id}`.execute(house.services.db);
  await leadOf();
  await house.follow();
  expect([await runsOf(broken.id), (await runsOf(sound.id)).length]).toEqual([[], 1]);
  for (const { id } of [broken, sound]) await boss.delete(`/sequences/${id}`);
});

test('what a stage offers is its playbook, its texts filled in', async () => {
  const stages = (await boss.get('/stages?sort=position')).body.items;
  const sequence = await sequenceOf({ target: 'opportunity', start: 'suggest', stage: stages[2].id });
  const customer = await boss.create('customers', { name: '丐帮' });
  const amount = { amount: '1', currency: 'CNY' };
  const business = await boss.create('opportunities', {
    name: '碗',
    customer: customer.id,
    stage: stages[2].id,
    amount,
    closeDate: '2027-01-01',
  });
  const offers = async () => (await boss.get(`/opportunities/${business.id}/playbook`)).body.offers;
  const [offer] = await offers();
  expect(offer).toMatchObject({ id: sequence.id, run: null });
  expect(offer.steps[1]).toMatchObject({ subject: '给丐帮发资料', text: '丐帮您好，我是林静。' });
  await begin('opportunities', business.id, sequence.id);
  expect((await offers())[0].run).not.toBeNull();
  await boss.patch(`/stages/${stages[2].id}`, { playbook: '先问预算' });
  const told = async (entities: object) => {
    const all = { actions: { read: 'all' } };
    const base = { customer: all, opportunity: all, stage: all, sequence: all };
    const who = await house.person({ entities: { ...base, ...entities } } as never);
    return (await who.get(`/opportunities/${business.id}/playbook`)).body;
  };
  const own = { sequenceRun: { actions: { read: 'self' } } };
  expect(await told(own)).toMatchObject({ text: '先问预算', offers: [{ run: null }] });
  const hides = (field: string) => ({ actions: { read: 'all' }, fields: { [field]: 'hidden' } });
  expect(await told({ stage: hides('playbook') })).toMatchObject({ text: null, offers: [{ run: null }] });
  expect(await told({ sequenceStep: hides('text') })).toMatchObject({ offers: [] });
});

test('whose task is a step is told of which run only where he sees the run', async () => {
  const sequence = await sequenceOf();
  const helper = await house.person({ entities: { task: { actions: { read: 'self' } } } });
  const lead = await leadOf();
  const run = await begin('leads', lead.id, sequence.id);
  await work();
  const [task] = await tasksOf(lead.id);
  await boss.patch(`/tasks/${task.id}`, { owner: helper.id });
  const step = async (who: Person) => (await who.get(`/tasks/${task.id}/sequence-step`)).body.step;
  expect(await step(boss)).toMatchObject({ run: run.id, action: 'call' });
  expect(await step(helper)).toMatchObject({ run: null, action: 'call' });
});

test('members of a segment begin by night, so many a night, each once', async () => {
  for (const name of ['甲', '乙', '丙'])
    await boss.create('customers', { name: `星宿${name}`, city: '西宁市' });
  const segment = await boss.create('segments', {
    name: '西宁',
    definition: { field: 'city', op: 'eq', value: '西宁市' },
  });
  const sequence = await sequenceOf({ target: 'customer', start: 'auto', segment: segment.id, perDay: 2 });
  const night = () => sequenceNight.run(house.services, {}, { progress: async () => {} } as never);
  const begun = async () => {
    await night();
    return (await runsOf(sequence.id)).length;
  };
  expect([await begun(), await begun(), await begun()]).toEqual([2, 3, 3]);
});

test('nobody is in a sequence twice; paused it waits, resumed it goes on', async () => {
  const sequence = await sequenceOf();
  const lead = await leadOf();
  const run = await begin('leads', lead.id, sequence.id);
  expect((await boss.post(`/leads/enrol`, { ids: [lead.id], sequence: sequence.id })).body).toMatchObject({
    done: 0,
  });
  await boss.post(`/sequence-runs/${run.id}/sequencePause`, {});
  await work();
  expect(await tasksOf(lead.id)).toEqual([]);
  await boss.post(`/sequence-runs/${run.id}/sequenceResume`, {});
  await work();
  expect(await tasksOf(lead.id)).toHaveLength(1);
});

test('on one day a person gets one message, from whichever room', async () => {
  const steps = [{ wait: 0, action: 'message', subject: '问候' }];
  const [one, two] = [await sequenceOf({ steps }), await sequenceOf({ steps })];
  const lead = await leadOf();
  await begin('leads', lead.id, one.id);
  const second = await begin('leads', lead.id, two.id);
  await work();
  expect(await tasksOf(lead.id)).toHaveLength(1);
  expect((await read(second)).status).toBe('active');
  // The message goes out when its task is done; another that day is refused.
  const [task] = await tasksOf(lead.id);
  await sql`insert into care_day (person_id, day, use) values (${lead.id}, ${dayOf(await house.context())}, 'sent')`.execute(
    house.services.db,
  );
  const refused = await boss.patch(`/tasks/${task.id}`, { status: 'done' });
  expect(refused.body.errors).toMatchObject([{ path: 'status', code: 'care_day_taken' }]);
  await sql`delete from care_day where use = 'sent'`.execute(house.services.db);
  expect((await boss.patch(`/tasks/${task.id}`, { status: 'done' })).status).toBe(200);
  const sent = () => sql`select 1 from care_day where use = 'sent'`.execute(house.services.db);
  expect((await sent()).rows).toHaveLength(1);
  await boss.patch(`/tasks/${task.id}`, { status: 'open' });
  expect((await sent()).rows).toHaveLength(0);
});

test('steps follow whoever looks after the lead, and wait while nobody does', async () => {
  const rights = { entities: { lead: { actions: { read: 'all', update: 'all' } as const } } };
  const [former, next] = [await house.person(rights), await house.person(rights)];
  const sequence = await sequenceOf();
  const lead = await leadOf(boss, { owner: former.id });
  const run = await begin('leads', lead.id, sequence.id);
  await sql`update "user" set status = 'deactivated' where id = ${former.id}`.execute(house.services.db);
  await work();
  expect(await tasksOf(lead.id)).toEqual([]);
  await boss.patch(`/leads/${lead.id}`, { owner: next.id });
  await due(run);
  await work();
  expect(await tasksOf(lead.id)).toMatchObject([{ owner: { id: next.id } }]);
});

test('a mail goes out once, answers go to whoever looks after it, one link ends it', async () => {
  const server: MailServer = await startMailServer();
  try {
    const password = MAIL_USER.password;
    await boss.put('/mail/settings', {
      host: '127.0.0.1',
      port: server.port,
      security: 'none',
      acceptSelfSigned: false,
      user: MAIL_USER.user,
      password,
      from: 'crm@yunhe.example',
      fromName: '云鹤',
    });
    const steps = [{ wait: 0, action: 'mail', subject: '{company}的选型', text: '{name}您好' }, STEPS[0]];
    const sequence = await sequenceOf({ steps });
    const lead = await leadOf(boss, { email: 'feng@baituo.example' });
    const run = await begin('leads', lead.id, sequence.id);
    await Promise.all([work(), work()]);
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from mail_message
      where recipient = 'feng@baituo.example'`.execute(house.services.db);
    expect(rows).toEqual([{ n: 1 }]);
    expect(await tasksOf(lead.id)).toEqual([]);
    expect(await list('activities', { field: 'lead', op: 'eq', value: lead.id })).toMatchObject([
      { kind: 'mail', subject: `${lead.company}的选型` },
    ]);
    const path = new URL(offLink(house.services, sequenceOff, run.id)).pathname;
    expect((await house.server.inject({ method: 'GET', url: path })).statusCode).toBe(200);
    expect((await house.server.inject({ method: 'POST', url: path })).statusCode).toBe(200);
    expect((await house.server.inject({ method: 'POST', url: `${path}x` })).statusCode).toBe(404);
    expect(await read(run)).toMatchObject({ status: 'stopped', stopReason: 'optOut' });
  } finally {
    await boss.delete('/mail/settings');
    await server.close();
  }
});

test('an answer told by a signed request ends it; unsigned or repeated it does nothing', async () => {
  const sequence = await sequenceOf();
  const lead = await leadOf(boss, { email: 'huang@taohua.example' });
  const run = await begin('leads', lead.id, sequence.id);
  const channel = await boss.create('lead-channels', { name: '邮箱', kind: 'api' });
  const { secret } = (await boss.post(`/lead-channels/${channel.id}/secret`)).body;
  const { rows } = await sql<{ key: string }>`select key from lead_channel where id = ${channel.id}`.execute(
    house.services.db,
  );
  const time = String(Math.floor(Temporal.Now.instant().epochMilliseconds / 1000));
  const payload = JSON.stringify({ email: 'Huang@taohua.example', text: '可以谈' });
  const tell = (signature: string) =>
    house.server.inject({
      method: 'POST',
      url: `/api/v1/sequences/replies/${rows[0]?.key}`,
      headers: { 'content-type': 'application/json', 'x-guanxi-time': time, 'x-guanxi-signature': signature },
      payload,
    });
  expect((await tell('0'.repeat(64))).statusCode).toBe(401);
  for (const _ of [1, 2])
    expect(
      (await tell(createHmac('sha256', secret).update(`${time}.${payload}`).digest('hex'))).statusCode,
    ).toBe(200);
  await house.follow();
  expect(await list('activities', { field: 'lead', op: 'eq', value: lead.id })).toHaveLength(1);
  expect(await read(run)).toMatchObject({ status: 'stopped', stopReason: 'reply' });
});

test('who may not change a lead begins nothing for it, and sees only runs of his own', async () => {
  const own = { actions: { read: 'self', create: 'self', update: 'self' } as const };
  const rights = {
    entities: { lead: own, sequenceRun: own, sequence: { actions: { read: 'all' } as const } },
  };
  const seller = await house.person(rights);
  const sequence = await sequenceOf();
  const lead = await leadOf();
  const run = await begin('leads', lead.id, sequence.id);
  expect((await seller.post(`/leads/${lead.id}/enrol`, { sequence: sequence.id })).status).toBe(404);
  expect((await seller.post(`/sequence-runs/${run.id}/sequenceEnd`, {})).status).toBe(404);
  expect((await seller.get('/sequences/counts')).body.items).toEqual([]);
  expect((await seller.get(`/sequences/${sequence.id}/figures`)).body.items[0]).toMatchObject({ reached: 0 });
  const mine = await leadOf(seller);
  await begin('leads', mine.id, sequence.id, seller);
  expect((await seller.get('/sequences/counts')).body.items).toMatchObject([{ active: 1 }]);
  const blind = await house.person({ entities: { lead: own } });
  expect((await blind.get('/sequences/counts')).body.items).toEqual([]);
  expect((await blind.get(`/sequences/${sequence.id}/figures`)).status).toBe(403);
});

test.each<[string, object, string]>([
  ['a word nobody knows', { steps: [{ wait: 1, action: 'call', subject: '问{phone}' }] }, 'steps.0.subject'],
  ['a stage for leads', { start: 'suggest' }, 'start'],
  ['no segment to find anybody in', { target: 'customer', start: 'auto' }, 'segment'],
  ['no stage to enter', { target: 'opportunity', start: 'auto' }, 'stage'],
  ['no steps and a beginning', { start: 'auto', steps: [] }, 'steps'],
])('a sequence with %s is refused', async (_what, values, path) => {
  const { status, body } = await boss.post('/sequences', {
    name: `错${++serial}`,
    target: 'lead',
    steps: STEPS,
    ...values,
  });
  expect([status, body.errors.map((each: { path: string }) => each.path)]).toEqual([422, [path]]);
});
