import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { executeJob } from '../../platform/jobs/execute.ts';
import type { JobSpec } from '../../platform/jobs/job.ts';
import { type Person, startTestApp, type TestApp } from '../../platform/testing/app.ts';
import { gradeJobs } from './grade/jobs.ts';

let house: TestApp;
let admin: Person;
let reader: Person;

beforeAll(async () => {
  house = await startTestApp();
  admin = house.administrator;
  reader = await house.person({
    entities: {
      customer: {
        actions: { read: 'all' },
        fields: { employees: 'hidden', wechat: 'masked', annualRevenue: 'hidden' },
      },
    },
  });
});
afterAll(() => house.stop());

async function job(id: string): Promise<void> {
  const { body } = await admin.get(`/jobs/${id}`);
  const spec = gradeJobs.find(({ name }) => name === body.name);
  await executeJob(house.services, spec as JobSpec, id, new AbortController().signal);
}
const words = (text: string) => ({ zh: text, en: text });
const scheme = async (name: string, kind: string, definition: object) => {
  const { id } = await admin.create('grade-schemes', { name, kind, definition });
  await job((await admin.post(`/grade-schemes/${id}/switchOn`)).body.jobId);
  return id;
};
const terms = (card: { changes: { readings: unknown[] }[] }) => card.changes[0]?.readings;
/** What somebody is told of why a customer has the grade it has. */
const reasons = async (who: Person, customer: string, id: string) =>
  terms(
    (await who.get(`/grades/of/${customer}`)).body.schemes.find((each: { id: string }) => each.id === id),
  );

const related = { related: 'task', via: 'customer', op: 'gte', value: 0 };
const rule = {
  and: [
    { field: 'employees', op: 'gte', value: 10 },
    { field: 'city', op: 'eq', value: '杭州市' },
    { field: 'wechat', op: 'startsWith', value: 'wx' },
    related,
  ],
};

test('why a customer has a grade or stands in a stage tells nothing its reader may not see', async () => {
  const stage = (value: string) => ({ value, label: words(value), advice: words(value), work: [] });
  await admin.put('/lifecycle/models/life', {
    active: true,
    definition: {
      stages: [stage('new'), stage('grown')],
      moves: [{ from: 'new', to: 'grown', filter: rule, evidence: words('长大了') }],
    },
  });
  await house.services.reloadRegistry();
  const { id } = await admin.create('customers', {
    name: '天目餐饮',
    employees: 777,
    city: '杭州市',
    wechat: 'wx-secret',
  });
  await house.follow();
  const conditions = await scheme('按规模', 'conditions', {
    grades: [
      { value: 'A', label: words('甲'), filter: rule },
      { value: 'B', label: words('乙') },
    ],
  });
  const score = await scheme('打分', 'score', {
    grades: [
      { value: 'S', label: words('优'), min: 1 },
      { value: 'T', label: words('良'), min: 0 },
    ],
    terms: ['employees', 'completeness'].map((field) => ({
      source: { field },
      scale: { from: 0, to: 100 },
      weight: 1,
    })),
  });
  const stages = async (who: Person) => terms((await who.get(`/lifecycle/of/${id}`)).body.models[0]);
  const city = { term: { field: 'city' }, value: '杭州市' };
  for (const all of [await reasons(admin, id, conditions), await stages(admin)]) {
    expect(all).toMatchObject([{ value: 777 }, city, { value: 'wx-secret' }, { term: related }]);
  }
  for (const some of [await reasons(reader, id, conditions), await stages(reader)])
    expect(some).toMatchObject([city]);
  expect(await reasons(admin, id, score)).toHaveLength(2);
  expect(await reasons(reader, id, score)).toMatchObject([{ term: { source: { field: 'completeness' } } }]);
});

test('trying rules out tells whoever may see it which number each part found', async () => {
  await admin.create('customers', { name: '算一算', employees: 777 });
  const { body } = await admin.post('/grades/try', {
    id: null,
    kind: 'score',
    definition: {
      grades: [
        { value: 'S', label: words('优'), min: 1 },
        { value: 'T', label: words('良'), min: 0 },
      ],
      terms: [{ source: { field: 'employees' }, scale: { from: 0, to: 100 }, weight: 1 }],
    },
  });
  const tried = body.items.find(({ title }: { title: string }) => title === '算一算');
  expect(tried.parts).toEqual([{ value: 777 }]);
});

test('of a customer in a pool no reason names what is masked', async () => {
  const member = await house.person({ entities: { customer: { actions: { read: 'self' } } } });
  const pool = await admin.create('pools', { name: '公海', members: [member.id] });
  const { id } = await admin.create('customers', {
    name: '公海工厂',
    wechat: 'wx-pool',
    city: '杭州市',
    department: (pool.unit as { id: string }).id,
  });
  const byWechat = await scheme('按微信', 'conditions', {
    grades: [
      { value: 'A', label: words('甲'), filter: { field: 'wechat', op: 'startsWith', value: 'wx' } },
      { value: 'B', label: words('乙') },
    ],
  });
  expect(await reasons(admin, id, byWechat)).toMatchObject([{ value: 'wx-pool' }]);
  expect(await reasons(member, id, byWechat)).toEqual([]);
});

test('who writes rules may ask only for what he may read himself, in saving and in trying them', async () => {
  const author = await house.person({
    entities: {
      customer: { actions: { read: 'all' }, fields: { employees: 'hidden', wechat: 'masked' } },
      gradeScheme: { actions: { read: 'all', create: 'all', update: 'all' } },
    },
  });
  const size = { field: 'employees', op: 'gte', value: 10 };
  const city = { field: 'city', op: 'eq', value: '杭州市' };
  const later = { measure: { name: 'notYetThere', op: 'gte', value: 1 } };
  const grades = (filter: object) => [
    { value: 'A', label: words('甲'), filter },
    { value: 'B', label: words('乙') },
  ];
  const scored = (source: object) => ({
    grades: [
      { value: 'A', label: words('甲'), min: 50 },
      { value: 'B', label: words('乙'), min: 0 },
    ],
    terms: [{ source, weight: 1, scale: { from: 0, to: 100 } }],
  });
  const cases: [string, object, string][] = [
    ['conditions', { grades: grades(size) }, 'definition.grades.0.filter'],
    [
      'conditions',
      { grades: grades({ and: [later, { or: [city, { not: size }] }] }) },
      'definition.grades.0.filter',
    ],
    [
      'conditions',
      { grades: grades({ field: 'wechat', op: 'startsWith', value: 'w' }) },
      'definition.grades.0.filter',
    ],
    [
      'conditions',
      { grades: grades({ field: 'nothing', op: 'eq', value: 1 }) },
      'definition.grades.0.filter',
    ],
    ['conditions', { grades: grades(related) }, 'definition.grades.0.filter'],
    ['score', scored({ field: 'employees' }), 'definition.terms.0.source'],
    ['score', scored({ when: size }), 'definition.terms.0.source'],
  ];
  for (const [at, [kind, definition, path]] of cases.entries()) {
    const refused = { status: 422, body: { errors: [{ path, code: 'rule_unreadable' }] } };
    for (const url of ['/grade-schemes', '/grades/try', '/grades/preview']) {
      const name = url === '/grade-schemes' ? { name: `窥探${at}` } : { id: null };
      expect([url, await author.post(url, { kind, definition, ...name })]).toMatchObject([url, refused]);
    }
  }
  const entries = { name: 'ownCost', op: 'gte', value: 1 };
  const ownCost = {
    name: 'ownCost',
    entity: 'customer',
    unit: 'number',
    reads: { entity: 'costEntry', fields: ['amount'] },
  };
  (house.services.measures as Map<string, unknown>).set('ownCost', { ...ownCost, value: () => sql`1` });
  const byCost = { id: null, kind: 'conditions', definition: { grades: grades({ measure: entries }) } };
  expect((await author.post('/grades/preview', byCost)).body.errors).toMatchObject([
    { code: 'rule_unreadable' },
  ]);
  expect((await admin.post('/grades/preview', byCost)).status).toBe(202);
  (house.services.measures as Map<string, unknown>).delete('ownCost');
  const fair = { kind: 'conditions', definition: { grades: grades(city) } };
  expect((await author.post('/grade-schemes', { name: '按城市', ...fair })).status).toBe(201);
  expect((await author.post('/grades/try', { id: null, ...fair })).status).toBe(200);
});

test('a preview over all tells its author of the customers he sees as they are, and of no grade hidden from him', async () => {
  const author = await house.person({
    entities: {
      customer: { actions: { read: 'self', create: 'self' }, fields: { grade: 'hidden' } },
      gradeScheme: { actions: { read: 'all', create: 'all', update: 'all' } },
    },
  });
  const city = '舟山市';
  const { id: mine } = await author.create('customers', { name: '看得见的', city });
  await admin.create('customers', { name: '看不见的', city });
  const pool = await admin.create('pools', { name: '公海二', members: [author.id] });
  const unit = (pool.unit as { id: string }).id;
  await admin.create('customers', { name: '公海里的', city, department: unit });
  const asked = {
    id: null as string | null,
    kind: 'conditions',
    definition: {
      grades: [
        { value: 'A', label: words('甲'), filter: { field: 'city', op: 'eq', value: city } },
        { value: 'B', label: words('乙') },
      ],
    },
  };
  const previewed = async (who: Person, id: string | null) => {
    const { status, body } = await who.post('/grades/preview', { ...asked, id });
    expect(status).toBe(202);
    await job(body.jobId);
    return (await who.get(`/jobs/${body.jobId}`)).body.result;
  };
  expect(await previewed(author, null)).toEqual({
    total: 1,
    moves: [{ from: null, to: 'A', count: 1, samples: [mine] }],
  });
  const whole = await previewed(admin, null);
  expect(whole.moves.find(({ to }: { to: string }) => to === 'A').count).toBe(3);
  const { id } = await admin.create('grade-schemes', { name: '按舟山', ...asked, id: undefined });
  await job((await admin.post(`/grade-schemes/${id}/switchOn`)).body.jobId);
  expect((await previewed(author, id)).moves).toMatchObject([{ from: null, to: 'A', count: 1 }]);
  expect((await author.post('/grades/try', { ...asked, id })).body.items).toMatchObject([
    { id: mine, from: null },
  ]);
  expect((await previewed(admin, id)).moves).toContainEqual(
    expect.objectContaining({ from: 'A', to: 'A', count: 3 }),
  );
});
