import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemContext } from '../../../platform/context/services.ts';
import { executeJob } from '../../../platform/jobs/execute.ts';
import type { JobSpec } from '../../../platform/jobs/job.ts';
import { type Person, startTestApp, type TestApp } from '../../../platform/testing/app.ts';
import { policiesOfCustomers, policyOf } from '../public.ts';
import { activeSchemes, schemeNamed } from '../scheme/read.ts';
import { gradeJobs } from './jobs.ts';
import { announceFalls } from './notice.ts';
import { graderOf, regrade } from './regrade.ts';
import { gradeAll } from './run.ts';
import { gradesAreRun } from './running.ts';

let house: TestApp;
let admin: Person;

beforeAll(async () => {
  house = await startTestApp();
  admin = house.administrator;
});
afterAll(() => house.stop());

const job = async (id: string) => {
  const { body } = await admin.get(`/jobs/${id}`);
  const spec = gradeJobs.find(({ name }) => name === body.name) as JobSpec;
  await executeJob(house.services, spec, id, new AbortController().signal);
  return (await admin.get(`/jobs/${id}`)).body;
};

/** Circumstances of the product's own work on a day of its choice. */
const on = async (day: string) => ({
  ...(await systemContext(house.services, { kind: 'system' })),
  now: `${day}T02:00:00Z`,
});

let made = 0;
const small = (value: string, zh: string, more: object = {}) => ({ value, label: { zh, en: zh }, ...more });
const bySize = () => ({
  grades: [
    small('A', '甲', {
      color: 'dai',
      filter: { field: 'employees', op: 'gte', value: 100 },
      policy: { visitDays: 14 },
    }),
    small('B', '乙', { filter: { field: 'employees', op: 'gte', value: 10 }, policy: { visitDays: 30 } }),
    small('C', '丙'),
  ],
});
const scheme = async (definition: object, more: object = {}) =>
  (await admin.create('grade-schemes', { name: `方案${++made}`, definition, ...more })).id;
const switchOn = async (id: string) => job((await admin.post(`/grade-schemes/${id}/switchOn`)).body.jobId);
const customer = async (values: object = {}) =>
  (await admin.create('customers', { name: `客户${++made}有限公司`, ...values })).id;
const gradeOf = async (schemeId: string, id: string) =>
  (
    await sql<{
      grade: string;
    }>`select grade, score::float8 as score, pending_grade, pending_due::text as pending_due from customer_grade
      where scheme_id = ${schemeId} and customer_id = ${id}`.execute(house.services.db)
  ).rows[0] as unknown as
    | { grade: string; score: number | null; pending_grade: string | null; pending_due: string | null }
    | undefined;
const card = async (id: string, schemeId: string) =>
  (await admin.get(`/grades/of/${id}`)).body.schemes.find((each: { id: string }) => each.id === schemeId);

describe('a scheme of conditions', () => {
  test('grades everyone when switched on, becomes the main one, and lists know it', async () => {
    const [large, middle, none] = [
      await customer({ employees: 500 }),
      await customer({ employees: 20 }),
      await customer(),
    ];
    const id = await scheme(bySize());
    expect(await gradeOf(id, large)).toBeUndefined();
    expect((await switchOn(id)).state).toBe('done');
    await house.services.reloadRegistry();
    expect([
      (await gradeOf(id, large))?.grade,
      (await gradeOf(id, middle))?.grade,
      (await gradeOf(id, none))?.grade,
    ]).toEqual(['A', 'B', 'C']);
    expect((await admin.get(`/customers/${large}`)).body).toMatchObject({ grade: 'A', version: 1 });
    const filter = encodeURIComponent(JSON.stringify({ field: 'grade', op: 'in', value: ['A'] }));
    const listed = await admin.get(`/customers?filter=${filter}`);
    expect(listed.body.items.map((item: { id: string }) => item.id)).toEqual([large]);
    const meta = (await admin.get('/meta')).body.entities.find(
      (e: { name: string }) => e.name === 'customer',
    );
    expect(meta.fields.find((field: { name: string }) => field.name === 'grade').options).toContainEqual({
      value: 'A',
      label: '甲',
      color: 'dai',
    });
    expect((await admin.get(`/grades/distribution/${id}`)).body.items).toMatchObject([
      { value: 'A', count: 1 },
      { value: 'B', count: 1 },
      { value: 'C', count: 1 },
    ]);
    const ctx = await house.context();
    expect(await policyOf(ctx, middle)).toEqual({ grade: 'B', visitDays: 30 });
    expect(await policiesOfCustomers(ctx, [large, none])).toEqual(
      new Map([
        [large, { grade: 'A', visitDays: 14 }],
        [none, { grade: 'C' }],
      ]),
    );
    expect((await card(large, id)).changes[0]).toMatchObject({
      from: null,
      to: 'A',
      cause: 'rule',
      readings: [{ term: { field: 'employees', op: 'gte', value: 100 }, value: 500 }],
      rest: false,
    });
    expect((await card(none, id)).changes[0]).toMatchObject({ to: 'C', readings: [], rest: true });
  });

  test('a rise counts at once, a fall when the period is over and its owner knows', async () => {
    const id = await scheme(bySize(), { period: 'quarter' });
    await switchOn(id);
    const owner = await house.person({ entities: { customer: { actions: { read: 'self' } } } });
    const one = await customer({ employees: 20, owner: owner.id });
    await house.follow();
    expect((await gradeOf(id, one))?.grade).toBe('B');
    await admin.patch(`/customers/${one}`, { employees: 200 });
    await house.follow();
    expect((await gradeOf(id, one))?.grade).toBe('A');
    await admin.patch(`/customers/${one}`, { employees: 1 });
    const january = await on('2027-01-20');
    const grader = async (day: string) => {
      const ctx = await on(day);
      return regrade(ctx, await graderOf(ctx, await schemeNamed(ctx, id)), [one]);
    };
    await grader('2027-01-20');
    expect(await gradeOf(id, one)).toMatchObject({
      grade: 'A',
      pending_grade: 'C',
      pending_due: '2027-04-01',
    });
    // Without notice nobody falls, whatever day it is.
    await grader('2027-04-02');
    expect((await gradeOf(id, one))?.grade).toBe('A');
    expect(await announceFalls(january, await schemeNamed(january, id))).toBe(1);
    expect(await announceFalls(january, await schemeNamed(january, id))).toBe(0);
    const told = await sql<{ user_id: string; params: unknown }>`select user_id, params from notification
      where kind = 'grade.falling'`.execute(house.services.db);
    expect(told.rows).toMatchObject([{ user_id: owner.id, params: { count: 1, due: '2027-04-01' } }]);
    await grader('2027-03-31');
    expect((await gradeOf(id, one))?.grade).toBe('A');
    await grader('2027-04-01');
    expect(await gradeOf(id, one)).toMatchObject({ grade: 'C', pending_due: null });
    expect((await card(one, id)).changes[0]).toMatchObject({ from: 'A', to: 'C', cause: 'periodEnd' });
  });

  test('who recovers before the end does not fall', async () => {
    const id = await scheme(bySize());
    const one = await customer({ employees: 200 });
    await switchOn(id);
    await admin.patch(`/customers/${one}`, { employees: 20 });
    await house.follow();
    expect((await gradeOf(id, one))?.pending_grade).toBe('B');
    await admin.patch(`/customers/${one}`, { employees: 300 });
    await house.follow();
    expect(await gradeOf(id, one)).toMatchObject({ grade: 'A', pending_grade: null, pending_due: null });
  });

  test('a locked grade stays until its day or until it is let go', async () => {
    const id = await scheme(bySize());
    const one = await customer({ employees: 1 });
    await switchOn(id);
    const lock = (body: object, who = admin) =>
      who.post(`/grades/of/${one}/lock`, { scheme: id, reason: '总裁的老客户', ...body });
    expect((await lock({ grade: 'A', until: '2099-12-31' })).status).toBe(200);
    await admin.patch(`/customers/${one}`, { employees: 2 });
    await house.follow();
    expect(await gradeOf(id, one)).toMatchObject({ grade: 'A', pending_grade: null });
    expect(await card(one, id)).toMatchObject({
      lock: { until: '2099-12-31', by: '林静', reason: '总裁的老客户' },
      changes: [{ cause: 'hand', to: 'A', note: '总裁的老客户' }, {}],
    });
    // Past its day the rules decide again.
    const later = await on('2100-01-01');
    await regrade(later, await graderOf(later, await schemeNamed(later, id)), [one]);
    expect((await gradeOf(id, one))?.pending_grade).toBe('C');
    expect((await admin.post(`/grades/of/${one}/unlock`, { scheme: id })).body.schemes).toContainEqual(
      expect.objectContaining({ id, grade: 'A', lock: null, falling: expect.objectContaining({ to: 'C' }) }),
    );
    const audit = await admin.get(`/audit?entity=customer&recordId=${one}`);
    expect(JSON.stringify(audit.body)).toContain('lockGrade');
    expect((await lock({ grade: 'Z' })).body.errors[0].code).toBe('unknown_grade');
    expect((await lock({ until: '2001-01-01' })).body.errors[0].code).toBe('date_past');
    const sales = await house.person({
      entities: { customer: { actions: { read: 'all', update: 'all' } } },
    });
    expect((await lock({ grade: 'A' }, sales)).status).toBe(403);
  });

  test('of a department concerns its customers only', async () => {
    const top = await house.department('华东');
    const below = await house.department('杭州', top);
    const inside = await customer({ employees: 200, department: below });
    const outside = await customer({ employees: 200 });
    const id = await scheme(bySize(), { department: top });
    await switchOn(id);
    expect([(await gradeOf(id, inside))?.grade, await gradeOf(id, outside)]).toEqual(['A', undefined]);
    await admin.patch(`/customers/${inside}`, { department: await house.department('华北') });
    await house.follow();
    expect((await gradeOf(id, inside))?.grade).toBeNull();
  });
});

describe('a score', () => {
  const weighed = {
    grades: [small('A', '甲', { min: 60 }), small('B', '乙', { min: 30 }), small('C', '丙', { min: 0 })],
    terms: [
      { source: { field: 'employees' }, weight: 3, scale: { from: 0, to: 200 } },
      {
        source: { measure: 'contacts', days: 90 },
        weight: 1,
        scale: {
          steps: [
            { from: 1, points: 40 },
            { from: 2, points: 100 },
          ],
        },
      },
    ],
  };

  test('follows what its parts are derived of', async () => {
    const id = await scheme(weighed, { kind: 'score' });
    await switchOn(id);
    const one = await customer({ employees: 100 });
    await house.follow();
    expect(await gradeOf(id, one)).toMatchObject({ grade: 'B', score: 37.5 });
    const occurredAt = Temporal.Now.instant().toString();
    const call = { customer: one, kind: 'call', content: '谈价', occurredAt };
    await admin.create('activities', call);
    await house.follow();
    expect(await gradeOf(id, one)).toMatchObject({ grade: 'B', score: 47.5 });
    await admin.create('activities', call);
    await house.follow();
    expect(await gradeOf(id, one)).toMatchObject({ grade: 'A', score: 62.5 });
    expect((await card(one, id)).changes[0].readings).toMatchObject([
      { term: weighed.terms[0], value: 100, points: 50 },
      { term: weighed.terms[1], value: 2, points: 100 },
    ]);
  });
});

describe('before it is switched on', () => {
  test('a preview shows who would change, over all, and changes nothing', async () => {
    const id = await scheme(bySize());
    const large = await customer({ employees: 900 });
    await switchOn(id);
    const changed = bySize();
    (changed.grades[0] as unknown as { filter: { value: number } }).filter.value = 1000;
    const input = { id, kind: 'conditions', definition: changed };
    const started = await admin.post('/grades/preview', input);
    expect(started.status).toBe(202);
    const { result } = await job(started.body.jobId);
    const move = result.moves.find(
      (each: { from: string; to: string }) => each.from === 'A' && each.to === 'B',
    );
    const distribution = (await admin.get(`/grades/distribution/${id}`)).body.items;
    expect([move.count, move.samples.length]).toEqual([distribution[0].count, Math.min(5, move.count)]);
    const tried = await admin.post('/grades/try', input);
    expect(tried.body.items).toContainEqual(
      expect.objectContaining({ id: large, from: 'A', to: 'B', score: null }),
    );
    expect((await gradeOf(id, large))?.grade).toBe('A');
    const reader = await house.person({
      entities: { customer: { actions: { read: 'all' } }, gradeScheme: { actions: { read: 'all' } } },
    });
    for (const path of ['/grades/try', '/grades/preview'])
      expect((await reader.post(path, input)).status).toBe(403);
    expect((await reader.post(`/grade-schemes/${id}/switchOff`)).status).toBe(403);
    const editor = await house.person({
      entities: {
        customer: { actions: { read: 'all' } },
        gradeScheme: { actions: { read: 'all', update: 'all' } },
      },
    });
    expect((await editor.post('/grades/try', input)).status).toBe(200);
  });

  test.each<[string, object, string, string]>([
    [
      'an unknown field',
      { field: 'nothing', op: 'eq', value: 1 },
      'definition.grades.0.filter.field',
      'unknown_field',
    ],
    [
      'a bad operator',
      { field: 'employees', op: 'contains', value: 1 },
      'definition.grades.0.filter.op',
      'bad_operator',
    ],
    [
      'a bad measure',
      { measure: { name: 'contacts', op: 'x', value: 1 } },
      'definition.grades.0.filter.measure',
      'wrong_type',
    ],
  ])('%s is refused at its place', async (_what, filter, path, code) => {
    const definition = { grades: [small('A', '甲', { filter }), small('B', '乙')] };
    const { status, body } = await admin.post('/grade-schemes', { name: `坏${++made}`, definition });
    expect([status, body.errors?.[0]]).toMatchObject([422, { path, code }]);
  });

  test.each<[string, object, string]>([
    [
      'two grades for the rest',
      {
        grades: [
          small('A', '甲', { filter: { field: 'employees', op: 'gte', value: 1 } }),
          small('B', '乙'),
          small('C', '丙'),
        ],
      },
      'two_rests',
    ],
    ['no rule at all', { grades: [small('A', '甲'), small('A2', '乙')] }, 'two_rests'],
    [
      'one code twice',
      {
        grades: [small('A', '甲', { filter: { field: 'employees', op: 'gte', value: 1 } }), small('A', '乙')],
      },
      'grade_twice',
    ],
    ['one grade only', { grades: [small('A', '甲')] }, 'bad_rule'],
  ])('%s is refused', async (_what, definition, code) => {
    const { status, body } = await admin.post('/grade-schemes', { name: `坏${++made}`, definition });
    expect([status, body.errors?.[0]?.code]).toEqual([422, code]);
  });
});

describe('what cannot be worked out', () => {
  test('a measure nobody tells yet: it waits, says so, and grades nobody', async () => {
    const answer = await admin.post('/grades/templates/value', { name: `价值${++made}` });
    expect([answer.status, answer.body.warnings?.[0]?.code]).toEqual([201, 'measure_missing']);
    await switchOn(answer.body.id);
    expect((await admin.get(`/grade-schemes/${answer.body.id}`)).body.problem).toContain('利润');
    const one = await customer();
    expect(await gradeOf(answer.body.id, one)).toBeUndefined();
    await admin.post(`/grade-schemes/${answer.body.id}/switchOff`);
  });

  test('a field that is gone: last grades stay, and it heals', async () => {
    const id = await scheme(bySize());
    const one = await customer({ employees: 300 });
    await switchOn(id);
    const set = (from: string, to: string) =>
      sql`update grade_scheme set definition = replace(definition::text, ${from}, ${to})::jsonb where id = ${id}`.execute(
        house.services.db,
      );
    await set('"employees"', '"x_gone"');
    const ctx = await on('2027-01-01');
    expect(await gradeAll(ctx, await schemeNamed(ctx, id))).toBeNull();
    expect((await admin.get(`/grade-schemes/${id}`)).body.problem).toContain('x_gone: ');
    expect((await gradeOf(id, one))?.grade).toBe('A');
    await set('"x_gone"', '"employees"');
    expect(await gradeAll(ctx, await schemeNamed(ctx, id))).toBeGreaterThanOrEqual(0);
    expect((await admin.get(`/grade-schemes/${id}`)).body.problem).toBeNull();
  });
});

test('another main scheme, and none, are what customers show', async () => {
  const one = await customer({ employees: 300 });
  await house.follow();
  const other = await scheme({
    grades: [
      small('VIP', '贵宾', { filter: { field: 'employees', op: 'gte', value: 1 } }),
      small('N', '普通'),
    ],
  });
  await switchOn(other);
  const shown = async () => (await admin.get(`/customers/${one}`)).body.grade;
  expect(await shown()).toBe('A');
  await job((await admin.post(`/grade-schemes/${other}/makeMain`)).body.jobId);
  expect(await shown()).toBe('VIP');
  expect((await admin.delete(`/grade-schemes/${other}`)).body.code).toBe('scheme_active');
  await job((await admin.post(`/grade-schemes/${other}/switchOff`)).body.jobId);
  expect(await shown()).toBeNull();
  expect((await admin.delete(`/grade-schemes/${other}`)).status).toBe(204);
});

test('a main scheme switched off and on again shows the grades it had, and nobody follows the scheme besides', async () => {
  const one = await customer({ employees: 300 });
  const main = await scheme({
    grades: [small('A', '大', { filter: { field: 'employees', op: 'gte', value: 1 } }), small('N', '小')],
  });
  await switchOn(main);
  const shown = async () => (await admin.get(`/customers/${one}`)).body.grade;
  expect(await shown()).toBe('A');
  await job((await admin.post(`/grade-schemes/${main}/switchOff`)).body.jobId);
  expect(await shown()).toBeNull();
  await house.follow();
  await sql`delete from job where name = 'facts.rebuild'`.execute(house.services.db);
  await switchOn(main);
  expect(await shown()).toBe('A');
  await house.follow();
  const rebuilt = async () =>
    (await sql`select from job where name = 'facts.rebuild'`.execute(house.services.db)).rows.length;
  expect(await rebuilt()).toBe(0);
  await admin.patch(`/grade-schemes/${main}`, { name: '主方案' });
  await house.follow();
  expect(await rebuilt()).toBe(1);
});

test.each([
  ['running', '1 minute', true],
  ['queued', '1 minute', false],
  ['running', '20 minutes', false],
])('what follows from grades waits for a job that is %s since %s: %s', async (state, ago, waits) => {
  const { db } = house.services;
  const { rows } = await sql<{ id: string }>`insert into job (name, state, started_at)
    values ('grades.run', ${state}, now() - ${ago}::interval) returning id`.execute(db);
  expect(await gradesAreRun(house.services)).toBe(waits);
  await sql`delete from job where id = ${rows[0]?.id}`.execute(db);
});

test('every template can be made, tried and switched on', async () => {
  const { items } = (await admin.get('/grades/templates')).body;
  expect(items.map((item: { name: string }) => item.name)).toEqual(['vip', 'abcd', 'value', 'orientation']);
  for (const { name } of items) {
    const { status, body } = await admin.post(`/grades/templates/${name}`, {});
    expect(status).toBe(201);
    await switchOn(body.id);
    const problem = (await admin.get(`/grade-schemes/${body.id}`)).body.problem;
    expect(problem === null).toBe(name !== 'value');
  }
  const measures = (await admin.get('/grades/measures')).body.items;
  expect(measures).toContainEqual({
    name: 'contacts',
    label: '联系次数',
    unit: 'times',
    days: 90,
    available: true,
  });
  expect(measures).toContainEqual(
    expect.objectContaining({ name: 'profit', label: '利润', available: false }),
  );
  expect((await activeSchemes({ db: house.services.db })).length).toBeGreaterThanOrEqual(4);
  expect((await admin.post('/grades/templates/none', {})).status).toBe(404);
});
