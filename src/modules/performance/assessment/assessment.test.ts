import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Person, startTestApp, type TestApp } from '../../../platform/testing/app.ts';
import { pagesOf } from '../../../platform/testing/pdf.ts';
import { recording } from '../../../platform/testing/statements.ts';
import { computeAll } from './compute.ts';
import { isOver, lockPeriod } from './lock.ts';
import { schemeNamed } from './scheme.ts';

let house: TestApp;
let boss: Person;
let manager: Person;
let wang: Person;
let li: Person;
let east: string;
let scheme: string;

const below = {
  actions: {
    read: 'departmentAndBelow',
    create: 'departmentAndBelow',
    update: 'departmentAndBelow',
    export: 'departmentAndBelow',
  },
} as const;
const self = { actions: { read: 'self' } } as const;
const reads = { receipt: self, customer: self, assessmentScheme: { actions: { read: 'all' } } } as const;
const AT = '2026-03-01';
const judgedOnly = [{ key: 'a', name: '态度', kind: 'judged', weight: '100' }];
const INDICATORS = [
  {
    key: 'money',
    name: '回款达成',
    kind: 'computed',
    weight: '60',
    measure: 'receipts',
    formula: '达成率 = 实际 / 目标 * 100\n如果(达成率 >= 50, 最小(达成率, 120), 0)',
  },
  {
    key: 'growth',
    name: '同比',
    kind: 'computed',
    weight: '10',
    measure: 'receipts',
    formula: '实际 / 同期 * 100',
  },
  { key: 'manner', name: '服务态度', kind: 'judged', weight: '30', most: '100', least: '0' },
];

beforeAll(async () => {
  house = await startTestApp();
  boss = house.administrator;
  east = await house.department('华东');
  manager = await house.person(
    { entities: { ...reads, salesTarget: below } },
    { department: east, name: '周主管' },
  );
  wang = await house.person(
    { entities: { ...reads, salesTarget: self } },
    { department: east, name: '王芳' },
  );
  li = await house.person({ entities: { ...reads, salesTarget: self } }, { department: east, name: '李强' });
  await boss.patch(`/departments/${east}`, { manager: manager.id });
  for (const [person, amount, date] of [
    [wang, '900', '2026-03-02'],
    [wang, '600', '2025-03-02'],
    [li, '100', '2026-03-20'],
  ] as const)
    await paid(person, amount, date);
  await boss.put('/performance/targets', {
    measure: 'receipts',
    cells: [
      { person: wang.id, period: 'month', startsOn: AT, amount: '1000' },
      { person: li.id, period: 'month', startsOn: AT, amount: '1000' },
    ],
  });
  const definition = {
    indicators: INDICATORS,
    levels: [
      { name: '优秀', from: '80' },
      { name: '合格', from: '30' },
    ],
  };
  ({ id: scheme } = await boss.create('assessment-schemes', {
    name: '销售月度考核',
    departments: [east],
    definition,
  }));
});
afterAll(() => house.stop());

async function paid(performer: Person, amount: string, date: string): Promise<void> {
  const customer = await boss.create('customers', { name: `客户${amount}${date}`, owner: performer.id });
  const { id } = await boss.create('receipts', {
    customer: customer.id,
    amount: { amount, currency: 'CNY' },
    date,
    performer: performer.id,
  });
  expect((await boss.post(`/receipts/${id}/confirm`, {})).status).toBe(200);
}
const view = async (person: Person) =>
  (await person.get(`/performance/assessments/${scheme}?startsOn=${AT}`)).body;
const resultOf = async (viewer: Person, person: Person) =>
  (await view(viewer)).results.find((each: { person: string }) => each.person === person.id);
const act = (person: Person, verb: string, more: object = {}) =>
  person.post(`/performance/assessments/${scheme}/${verb}`, { startsOn: AT, ...more });
const judge = (person: Person, scores: object[]) =>
  person.put(`/performance/assessments/${scheme}/judgements`, { startsOn: AT, scores });

test.each([
  ['on its last day', '2026-03-31T15:59:59Z', false],
  ['once that is over where the company is', '2026-03-31T16:00:00Z', true],
])('a month can be closed %s: %s', (_when, now, over) => {
  expect(isOver({ timeZone: 'Asia/Shanghai', now }, { period: 'month' }, AT)).toBe(over);
});

describe('a scheme', () => {
  const make = async (indicators: object[], more: object = {}) =>
    (
      await boss.post('/assessment-schemes', {
        name: `方案${Math.random()}`,
        definition: { indicators, ...more },
      })
    ).body;

  test('whose formulas cannot be understood is refused, in its place', async () => {
    const broken = { key: 'a', name: '甲', kind: 'computed', weight: '100', measure: 'receipts' };
    for (const [formula, code] of [
      ['实际 / 目标值', 'formula_unknown_name'],
      ['实际 /', 'formula_bad'],
    ])
      expect((await make([{ ...broken, formula }])).errors).toEqual([
        expect.objectContaining({ path: 'definition.indicators.0.formula', code }),
      ]);
    expect((await make([{ ...broken, measure: null }])).errors[0]).toMatchObject({
      path: 'definition.indicators.0.measure',
      code: 'indicator_needs_measure',
    });
    expect((await make([{ ...broken, weight: '90' }])).errors[0]).toMatchObject({
      code: 'weights_not_100',
      message: '各指标权重之和是 90%，要正好 100%。',
    });
    expect((await make([])).errors[0].code).toBe('bad_indicator');
    const levels = [
      { name: '低', from: '10' },
      { name: '高', from: '90' },
    ];
    expect((await make(judgedOnly, { levels })).errors[0].code).toBe('levels_fall');
  });

  test('is tried on a person, who need not be wronged by a mistake', async () => {
    const indicator = { ...INDICATORS[0], formula: '实际 / 零' };
    const ask = (person: Person, formula: string, whom = wang.id) =>
      person.post('/performance/try', {
        indicator: { ...indicator, formula },
        period: 'month',
        startsOn: AT,
        person: whom,
      });
    expect((await ask(boss, '实际 / 目标 * 100')).body).toEqual({
      score: '90',
      values: [
        { name: '实际', value: '900' },
        { name: '目标', value: '1000' },
      ],
      problem: null,
    });
    expect((await ask(boss, '实际 / (目标 - 目标)')).body.problem).toEqual({
      code: 'formula_divides_by_zero',
      text: '除数为零。',
      at: null,
      length: 1,
    });
    expect((await ask(boss, '回款实际 + 拜访目标')).body).toMatchObject({
      values: [
        { name: '回款实际', value: '900' },
        { name: '拜访目标', value: null },
      ],
      problem: { code: 'formula_no_value' },
    });
    expect((await ask(boss, '实际 / 零')).body.problem).toMatchObject({
      code: 'formula_unknown_name',
      at: 5,
      length: 1,
    });
    expect((await ask(manager, '1')).status).toBe(403);
  });
});

describe('a month', () => {
  test('is shown before it is closed: to a person his own, to a superior his people’s', async () => {
    const all = await view(boss);
    expect(all).toMatchObject({ people: 3, lockedAt: null, over: true, open: { missing: 3, problems: 3 } });
    expect((await view(wang)).results).toMatchObject([{ name: '王芳', mine: true, judged: false }]);
    expect((await view(manager)).results).toHaveLength(3);
    expect(await resultOf(manager, wang)).toMatchObject({
      rank: 1,
      judged: true,
      scores: [
        { key: 'money', score: '90', target: '1000', actual: '900' },
        { key: 'growth', score: '150', lastYear: '600' },
        { key: 'manner', score: null },
      ],
    });
    // Nothing a year ago: no number, the reason, and no points.
    expect((await resultOf(manager, li)).scores[1]).toMatchObject({
      score: '0',
      problem: { code: 'formula_divides_by_zero', text: '除数为零。' },
    });
    const outsider = await house.person({ entities: { assessmentScheme: reads.assessmentScheme } });
    expect((await outsider.get(`/performance/assessments/${scheme}?startsOn=${AT}`)).status).toBe(403);
  });

  test('a superior judges, within bounds, and nobody himself', async () => {
    const score = (person: Person, value: string | null) => ({
      person: person.id,
      indicator: 'manner',
      score: value,
    });
    expect((await judge(wang, [score(wang, '100')])).body.code).toBe('judge_self');
    expect((await judge(wang, [score(li, '0')])).status).toBe(403);
    expect((await judge(manager, [score(manager, '100')])).body.code).toBe('judge_self');
    expect((await judge(manager, [score(wang, '80'), score(wang, '90')])).status).toBe(422);
    expect((await judge(manager, [score(wang, '101')])).body.errors[0].code).toBe('too_large');
    expect((await judge(manager, [{ ...score(wang, '1'), indicator: 'money' }])).body.errors[0].code).toBe(
      'indicator_not_judged',
    );
    expect((await judge(manager, [score(wang, '80'), score(li, '60')])).body).toEqual({ done: 2 });
    expect((await judge(manager, [{ ...score(wang, '90'), note: '客户表扬' }])).status).toBe(200);
    // 90 × 60% + 150 × 10% + 90 × 30%
    expect(await resultOf(wang, wang)).toMatchObject({ total: '96', level: '优秀' });
  });

  test('is closed by whoever may, and not by halves', async () => {
    expect((await act(manager, 'lock', { incomplete: true })).status).toBe(403);
    expect((await act(boss, 'lock')).body).toMatchObject({
      code: 'assessment_incomplete',
      open: { missing: 1 },
    });
    expect(
      (await boss.post(`/performance/assessments/${scheme}/lock`, { startsOn: '2999-01-01' })).body.code,
    ).toBe('assessment_not_over');
    const ctx = await house.context();
    const found = await schemeNamed(ctx, scheme);
    await expect(
      ctx.db.transaction().execute(async (db) => {
        await lockPeriod({ ...ctx, db }, found, AT, true);
        throw new Error('the power goes out');
      }),
    ).rejects.toThrow('power');
    expect((await view(boss)).lockedAt).toBeNull();
    const both = await Promise.all([
      act(boss, 'lock', { incomplete: true }),
      act(boss, 'lock', { incomplete: true }),
    ]);
    expect(both.map(({ body }) => body).toSorted((a, b) => Number(a.already) - Number(b.already))).toEqual([
      { people: 3, already: false },
      { people: 3, already: true },
    ]);
  });

  test('stays as it was closed, whatever is booked, aimed for or written later', async () => {
    const before = await view(boss);
    await paid(wang, '5000', '2026-03-15');
    await boss.put('/performance/targets', {
      measure: 'receipts',
      cells: [{ person: wang.id, period: 'month', startsOn: AT, amount: '1' }],
    });
    const other = await house.department('华南');
    await boss.patch(`/users/${li.id}`, { department: other });
    await boss.patch(`/assessment-schemes/${scheme}`, { definition: { indicators: judgedOnly } });
    expect(await view(boss)).toEqual(before);
    expect((await judge(manager, [{ person: wang.id, indicator: 'a', score: '1' }])).body.code).toBe(
      'assessment_locked',
    );
    await boss.patch(`/users/${li.id}`, { department: east });
    await boss.patch(`/assessment-schemes/${scheme}`, { definition: { indicators: INDICATORS } });
  });

  test('each says what he thinks of his own', async () => {
    expect((await wang.get('/today')).body.items).toEqual(
      expect.arrayContaining([expect.objectContaining({ kind: 'assessment' })]),
    );
    expect((await act(wang, 'sign')).body).toEqual({ state: 'confirmed' });
    expect((await act(wang, 'sign')).body.code).toBe('assessment_signed');
    expect((await act(li, 'sign', { appeal: '三月的一笔没有算进来' })).body).toEqual({ state: 'appealed' });
    const { items } = (await manager.get('/notifications')).body;
    expect(items[0].text).toContain('李强');
    expect((await act(wang, 'answer', { person: li.id, answer: '不管' })).status).toBe(404);
    expect((await act(manager, 'answer', { person: li.id, answer: '四月到账，算四月' })).body).toEqual({
      state: 'answered',
    });
    expect(await resultOf(li, li)).toMatchObject({ state: 'answered', answer: '四月到账，算四月' });
    expect((await act(li, 'sign')).body).toEqual({ state: 'confirmed' });
    expect((await act(boss, 'sign')).body.code).toBe('assessment_signed');
  });

  test('leaves the house as a table, for those who may take it out', async () => {
    const file = (person: Person, format: string) =>
      person.get(`/performance/assessments/${scheme}/file?startsOn=${AT}&format=${format}`);
    expect((await file(wang, 'xlsx')).status).toBe(403);
    const sheet = await file(manager, 'xlsx');
    expect(sheet.status).toBe(200);
    expect(sheet.raw.rawPayload.subarray(0, 2).toString()).toBe('PK');
    const pdf = await file(boss, 'pdf');
    expect(pdf.raw.rawPayload.subarray(0, 5).toString()).toBe('%PDF-');
    // Whom he sees is not whom he may take out.
    const actions = { read: 'all', export: 'departmentAndBelow' } as const;
    const other = await house.person(
      { entities: { ...reads, salesTarget: { actions } } },
      { department: await house.department('督导') },
    );
    expect((await view(other)).results).toHaveLength(3);
    const out = (await pagesOf((await file(other, 'pdf')).raw.rawPayload)).join('');
    expect([out.includes('服务态度'), out.includes('王芳')]).toEqual([true, false]);
  });

  test('is opened again with a right and a reason; what was is set aside', async () => {
    expect((await act(manager, 'unlock', { reason: '补一笔' })).status).toBe(403);
    expect((await act(boss, 'unlock', { reason: ' ' })).status).toBe(422);
    expect((await act(boss, 'unlock', { reason: '补一笔回款' })).body).toEqual({ people: 3 });
    expect((await act(boss, 'unlock', { reason: '再来' })).body.code).toBe('assessment_open');
    const audit = (await boss.get(`/audit?recordId=${scheme}`)).body.items;
    expect(audit.find((each: { action: string }) => each.action === 'unlockAssessment').note).toContain(
      '补一笔回款',
    );
    expect((await resultOf(wang, wang)).scores[0]).toMatchObject({
      target: '1',
      actual: '5900',
      score: '120',
    });
    expect((await act(boss, 'lock', { incomplete: true })).body).toEqual({ people: 3, already: false });
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from assessment_result
      where scheme_id = ${scheme} and replaced_at is not null`.execute(house.services.db);
    expect(rows[0]?.n).toBe(3);
  });
});

test('closing asks the same number of questions, however many people there are', async () => {
  const statements = async () => {
    const { ctx, statements: all } = recording(await house.context(), house.services.pool);
    await computeAll(ctx, await schemeNamed(ctx, scheme), AT);
    return all.length;
  };
  const few = await statements();
  await sql`insert into "user" (name, name_key, department_id, status)
    select '新人' || n, 'xinren' || n, ${east}::uuid, 'active' from generate_series(1, 200) n`.execute(
    house.services.db,
  );
  expect(await statements()).toBe(few);
  expect(few).toBeLessThan(20);
  const locked = await boss.post(`/performance/assessments/${scheme}/lock`, {
    startsOn: '2026-02-01',
    incomplete: true,
  });
  expect(locked.body).toEqual({ people: 203, already: false });
});
