import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemContext } from '../../../platform/context/services.ts';
import { executeJob } from '../../../platform/jobs/execute.ts';
import type { JobSpec } from '../../../platform/jobs/job.ts';
import { type Person, startTestApp, type TestApp } from '../../../platform/testing/app.ts';
import { DEFAULT_MODELS } from '../model/defaults.ts';
import type { ModelDefinition } from '../model/definition.shared.ts';
import { modelNamed } from '../model/store.ts';
import { advanceAll, lifecycleJobs } from './run.ts';

let house: TestApp;
let admin: Person;
let made = 0;

const words = (zh: string) => ({ zh, en: zh });
const stage = (value: string, zh: string, work: ModelDefinition['stages'][number]['work'] = []) => ({
  value,
  label: words(zh),
  advice: words(`${zh}：要做的事`),
  work,
});
const move = (from: string, to: string, filter: object | null) => ({
  from,
  to,
  filter,
  evidence: words(`${from}到${to}`),
});
const size = (op: string, value: number) => ({ field: 'employees', op, value });
/** By size: small, large; whoever shrinks is in danger. */
const model: ModelDefinition = {
  stages: [
    stage('new', '新', [
      { subject: words('打电话'), days: 2 },
      { subject: words('寄样品'), days: 5, priority: 'high' },
    ]),
    stage('grown', '大'),
    stage('danger', '险'),
  ],
  moves: [
    move('new', 'grown', size('gte', 100)),
    move('grown', 'danger', size('lt', 100)),
    move('danger', 'grown', size('gte', 100)),
  ],
};

beforeAll(async () => {
  house = await startTestApp();
  admin = house.administrator;
  await save(model);
});
afterAll(() => house.stop());

const put = (definition: object, active = true, code = 'life') =>
  admin.put(`/lifecycle/models/${code}`, { active, definition });
async function save(definition: object, active = true, code = 'life') {
  const { status, body } = await put(definition, active, code);
  expect(status, JSON.stringify(body)).toBe(200);
  const { body: job } = await admin.get(`/jobs/${body.jobId}`);
  const spec = lifecycleJobs.find(({ name }) => name === job.name) as JobSpec;
  await executeJob(house.services, spec, body.jobId, new AbortController().signal);
  await house.services.reloadRegistry();
}
const customer = async (values: object = {}) =>
  (await admin.create('customers', { name: `客户${++made}有限公司`, ...values })).id;
const card = async (id: string, code = 'life', who = admin) =>
  (await who.get(`/lifecycle/of/${id}`)).body.models?.find((each: { model: string }) => each.model === code);
const today = () => Temporal.Now.zonedDateTimeISO('Asia/Shanghai').toPlainDate();
const period = () => `since=${today().subtract({ days: 1 })}&until=${today().add({ days: 1 })}`;

describe('by rule', () => {
  test('a customer begins in the first stage, moves with evidence, and lists know it', async () => {
    const id = await customer({ employees: 5 });
    await house.follow();
    expect(await card(id)).toMatchObject({ stage: 'new', changes: [{ cause: 'begin', to: 'new' }] });
    await admin.patch(`/customers/${id}`, { employees: 500 });
    await house.follow();
    expect(await card(id)).toMatchObject({
      stage: 'grown',
      next: [{ to: 'danger' }],
      changes: [
        {
          from: 'new',
          to: 'grown',
          cause: 'rule',
          evidence: 'new到grown',
          readings: [{ term: size('gte', 100), value: 500 }],
        },
        {},
      ],
    });
    expect((await admin.get(`/customers/${id}`)).body).toMatchObject({ lifeStage: 'grown', version: 2 });
    const filter = encodeURIComponent(JSON.stringify({ field: 'lifeStage', op: 'in', value: ['grown'] }));
    const listed = (await admin.get(`/customers?filter=${filter}`)).body.items;
    expect(listed.map((item: { id: string }) => item.id)).toContain(id);
  });

  test('several steps are gone in one go, each remembered', async () => {
    await save({
      ...model,
      moves: [move('new', 'grown', size('gte', 10)), move('grown', 'danger', size('gte', 100))],
    });
    const id = await customer({ employees: 200 });
    await house.follow();
    expect((await card(id)).changes.map(({ to }: { to: string }) => to)).toEqual(['danger', 'grown', 'new']);
    await save(model);
  });

  test('rules that lead some in a circle end', async () => {
    // Rules that surely contradict each other are refused; of these nobody can tell before.
    const either = { or: [size('gte', 500), size('lt', 100)] };
    await save({ ...model, moves: [move('new', 'grown', size('gte', 1)), move('grown', 'new', either)] });
    const id = await customer({ employees: 7 });
    for (const employees of [8, 9, 10, 11, 12]) {
      await house.follow();
      await admin.patch(`/customers/${id}`, { employees });
    }
    await house.follow();
    // There and back and there again at most, however often it changes on one day.
    const { length } = (await card(id)).changes;
    expect(length).toBeGreaterThan(1);
    expect(length).toBeLessThanOrEqual(4);
    await save(model);
  });

  test('a field that is gone: everyone stays, and the model says why', async () => {
    const id = await customer({ employees: 300 });
    await house.follow();
    const broken = structuredClone(model);
    (broken.moves[1] as { filter: unknown }).filter = { field: 'x_gone', op: 'gte', value: 1 };
    await sql`update lifecycle_model set definition = ${JSON.stringify(broken)}::jsonb where code = 'life'`.execute(
      house.services.db,
    );
    const ctx = await systemContext(house.services, { kind: 'system' });
    expect(await advanceAll(ctx, await modelNamed(ctx, 'life'))).toBeNull();
    const { items } = (await admin.get('/lifecycle/models')).body;
    expect(items[0].problem).toContain('x_gone');
    expect((await card(id)).stage).toBe('grown');
    await save(model);
    expect((await admin.get('/lifecycle/models')).body.items[0].problem).toBeNull();
  });

  test.each<[string, object, string]>([
    ['an unknown end', { ...model, moves: [move('new', 'nowhere', null)] }, 'unknown_stage'],
    ['a way to itself', { ...model, moves: [move('new', 'new', null)] }, 'stage_same'],
    [
      'a rule that is none',
      { ...model, moves: [move('new', 'grown', { field: 'x', op: 'eq' })] },
      'unknown_field',
    ],
    [
      'one code twice',
      { ...model, stages: [stage('new', '一'), stage('new', '二')], moves: [] },
      'stage_twice',
    ],
  ])('%s is refused', async (_what, definition, code) => {
    const { status, body } = await put(definition);
    expect([status, body.errors[0].code]).toEqual([422, code]);
  });
});

describe('by hand', () => {
  test('with evidence, and rules leave it alone until its day', async () => {
    const id = await customer({ employees: 500 });
    await house.follow();
    const heldUntil = today().add({ days: 30 }).toString();
    const way = { model: 'life', stage: 'danger', evidence: '对方换了采购负责人', heldUntil };
    expect((await admin.post(`/lifecycle/of/${id}/move`, way)).status).toBe(200);
    await admin.patch(`/customers/${id}`, { employees: 900 });
    await house.follow();
    expect(await card(id)).toMatchObject({
      stage: 'danger',
      held: { until: heldUntil, by: '林静' },
      changes: [
        { from: 'grown', to: 'danger', cause: 'hand', evidence: '对方换了采购负责人', by: '林静' },
        {},
        {},
      ],
    });
    const later = await systemContext(house.services, { kind: 'system' });
    const now = `${today().add({ days: 40 })}T02:00:00Z`;
    await advanceAll({ ...later, now }, await modelNamed(later, 'life'));
    expect(await card(id)).toMatchObject({ stage: 'grown', held: null });
    const bad = async (more: object, who = admin) =>
      (await who.post(`/lifecycle/of/${id}/move`, { ...way, ...more })).status;
    expect(await bad({ stage: 'x' })).toBe(422);
    expect(await bad({ evidence: '' })).toBe(422);
    expect(await bad({ heldUntil: '2001-01-01' })).toBe(422);
    expect(await bad({ model: 'relation' })).toBe(409);
    const reader = await house.person({ entities: { customer: { actions: { read: 'all' } } } });
    expect(await bad({}, reader)).toBe(403);
    const stranger = await house.person({ entities: { customer: { actions: { read: 'self' } } } });
    expect((await stranger.get(`/lifecycle/of/${id}`)).status).toBe(404);
    expect((await reader.put('/lifecycle/models/life', { active: true, definition: model })).status).toBe(
      403,
    );
  });
});

test('recommended work becomes tasks for the owner, due in working days, once a stage', async () => {
  const id = await customer({ employees: 5 });
  await house.follow();
  const first = await admin.post(`/lifecycle/of/${id}/work`, { model: 'life', work: [0, 1] });
  expect([first.status, first.body.made]).toEqual([201, 2]);
  const again = await admin.post(`/lifecycle/of/${id}/work`, { model: 'life', work: [0] });
  expect(again.body.made).toBe(0);
  const filter = encodeURIComponent(JSON.stringify({ field: 'customer', op: 'eq', value: id }));
  const tasks = (await admin.get(`/tasks?filter=${filter}&sort=dueDate`)).body.items;
  expect(tasks).toMatchObject([
    { subject: '打电话', priority: 'normal', owner: { id: admin.id } },
    { subject: '寄样品', priority: 'high' },
  ]);
  expect(tasks[0].dueDate > today().toString()).toBe(true);
  expect((await card(id)).made.map(({ work }: { work: number }) => work).sort()).toEqual([0, 1]);
  expect(
    (await admin.post(`/lifecycle/of/${id}/work`, { model: 'life', work: [7] })).body.errors[0].code,
  ).toBe('unknown_work');
});

test('the funnel counts moves of a period within one’s sight, and each number leads to its customers', async () => {
  const owner = await house.person({ entities: { customer: { actions: { read: 'self' } } } });
  const mine = await customer({ employees: 5, owner: owner.id });
  await house.follow();
  await admin.patch(`/customers/${mine}`, { employees: 800 });
  await house.follow();
  const { body } = await owner.get(`/lifecycle/funnel/life?${period()}`);
  expect(body.moves).toEqual([
    { from: 'new', to: 'grown', count: 1 },
    { from: null, to: 'new', count: 1 },
  ]);
  expect(body.stages).toMatchObject([{ count: 0 }, { value: 'grown', count: 1, days: 0 }, { count: 0 }]);
  const behind = await owner.get(`/lifecycle/moved/life?${period()}&from=new&to=grown`);
  expect(behind.body.items).toMatchObject([{ id: mine, evidence: 'new到grown' }]);
  const all = await admin.get(`/lifecycle/funnel/life?${period()}`);
  expect(all.body.moves[0].count).toBeGreaterThan(1);
});

test('both models stand side by side; the shipped ones work, and off is off', async () => {
  const id = await customer({ employees: 5 });
  await save(DEFAULT_MODELS.life);
  await save(DEFAULT_MODELS.relation, true, 'relation');
  for (let call = 0; call < 3; call++)
    await admin.create('activities', {
      customer: id,
      kind: 'call',
      content: '谈了一次',
      occurredAt: Temporal.Now.instant().toString(),
    });
  await house.follow();
  expect([(await card(id)).stage, (await card(id, 'relation')).stage]).toEqual(['nurture', 'confirm']);
  expect((await admin.get(`/customers/${id}`)).body).toMatchObject({
    lifeStage: 'nurture',
    relationStage: 'confirm',
  });
  // Time alone moves on: a year without contact.
  const ctx = await systemContext(house.services, { kind: 'system' });
  const now = `${today().add({ days: 400 })}T02:00:00Z`;
  await advanceAll({ ...ctx, now }, await modelNamed(ctx, 'relation'));
  expect((await card(id, 'relation')).stage).toBe('lost');
  await save(DEFAULT_MODELS.relation, false, 'relation');
  expect(await card(id, 'relation')).toBeUndefined();
  expect((await admin.get(`/customers/${id}`)).body.relationStage).toBeNull();
});

describe('rules that contradict each other', () => {
  const round = (there: object, back: object) => ({
    ...model,
    moves: [move('new', 'grown', there), move('grown', 'new', back)],
  });

  test('for sure are refused, with the way round', async () => {
    const { status, body } = await put(round(size('gte', 100), size('gte', 50)), true, 'relation');
    expect([status, body.errors]).toMatchObject([
      422,
      [
        {
          path: 'definition.moves.1.filter',
          code: 'stage_circle',
          message: expect.stringContaining('新 → 大 → 新'),
        },
      ],
    ]);
  });

  test('for customers there are, are told of; of customers there are not, they are let be', async () => {
    const contacts = { measure: { name: 'contacts', op: 'lt', value: 5 } };
    const idle = (op: string) => ({ measure: { name: 'visits', op, value: 0 } });
    await customer();
    const { body } = await put(round(contacts, idle('eq')), true, 'relation');
    expect(body.circles).toMatchObject([{ way: '新 → 大 → 新', count: expect.any(Number) }]);
    expect((await put(round(contacts, idle('lt')), false, 'relation')).body.circles).toEqual([]);
    expect((await put(round(contacts, idle('lt')), true, 'relation')).body.circles).toEqual([]);
    await save(model, false, 'relation');
  });
});

test('of customers that became one the stages of both are told, each by its name', async () => {
  await save(model);
  const [kept, gone] = [await customer({ employees: 1 }), await customer({ employees: 500 })];
  await house.follow();
  const { name } = (await admin.get(`/customers/${gone}`)).body;
  const { body } = await admin.post('/customers/merge', { ids: [kept, gone], into: kept });
  const parts = async () => (await card(kept)).changes.map(({ part }: { part: string | null }) => part);
  expect(new Set(await parts())).toEqual(new Set([null, name]));
  await admin.post(`/merges/${body.mergeId}/undo`);
  expect(new Set(await parts())).toEqual(new Set([null]));
});
