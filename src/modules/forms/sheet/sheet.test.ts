import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { MeasureSpec } from '../../../platform/measures/measure.ts';
import { readAll, removeTemporaryFiles } from '../../../platform/tabular/fixture.ts';
import { type Person, startTestApp, type TestApp } from '../../../platform/testing/app.ts';
import { pagesOf } from '../../../platform/testing/pdf.ts';
import { recording } from '../../../platform/testing/statements.ts';
import type { FormKind } from '../form/form.shared.ts';
import type { Reach } from './base.ts';
import { fillSheet } from './fill.ts';
import { periodOf } from './period.ts';

let house: TestApp;
let seller: Person;
let quiet: string;
let busy: string;
let department: string;
let scheme: string;

const TODAY = Temporal.Now.plainDateISO('Asia/Shanghai');
const YEAR = String(TODAY.year);
const NOW = `${YEAR}-Q${Math.ceil(TODAY.month / 3)}`;
const ALL: Reach = { kind: 'visible', id: null };
const all = ['read', 'create', 'update', 'export'] as const;
const own = { actions: Object.fromEntries(all.map((action) => [action, 'self' as const])) };
const role = {
  entities: {
    segment: { actions: { read: 'all' as const } },
    ...Object.fromEntries(['customer', 'contact', 'activity', 'promise', 'visit'].map((name) => [name, own])),
  },
};

beforeAll(async () => {
  house = await startTestApp();
  department = await house.department('销售一部');
  seller = await house.person(role, { name: '赵磊', department });
  const { db } = house.services;
  scheme = (
    await house.administrator.create('grade-schemes', {
      name: '主方案',
      kind: 'conditions',
      definition: {
        grades: [
          { value: 'A', label: { zh: 'A', en: 'A' }, filter: { field: 'employees', op: 'gte', value: 100 } },
          { value: 'B', label: { zh: 'B', en: 'B' } },
        ],
      },
    })
  ).id;
  await sql`update grade_scheme set main = true, active = true where id = ${scheme}`.execute(db);
  const make = async (name: string, more: object = {}) =>
    (await seller.create('customers', { name, ...more })).id;
  busy = await make('杭州云台机械', { province: '浙江省', city: '杭州市', employees: 300 });
  quiet = await make('宁波静海包装', { province: '浙江省', city: '宁波市', employees: 20 });
  await make('未知地区客户');
  await house.administrator.create('customers', { name: '深圳天目餐饮', province: '广东省' });
  for (const [id, grade] of [
    [busy, 'A'],
    [quiet, 'B'],
  ] as const)
    await sql`insert into customer_grade (scheme_id, customer_id, grade, since) values (${scheme}, ${id}, ${grade}, now())
      on conflict (scheme_id, customer_id) do update set grade = excluded.grade`.execute(db);
  await sql`delete from grade_change`.execute(db);
  const readings = JSON.stringify([{ term: { field: 'employees', op: 'gte', value: 100 }, value: 300 }]);
  await sql`insert into grade_change (scheme_id, customer_id, from_grade, to_grade, cause, readings, at) values
    (${scheme}, ${busy}, null, 'A', 'rule', ${readings}::jsonb, '2020-01-01'),
    (${scheme}, ${quiet}, null, 'A', 'rule', ${readings}::jsonb, '2020-01-01'),
    (${scheme}, ${quiet}, 'A', 'B', 'hand', '[]', now())`.execute(db);
  await sql`update grade_change set note = '连续两季未下单' where cause = 'hand'`.execute(db);
  await house.follow();
  for (const [id, grade] of [
    [busy, 'A'],
    [quiet, 'B'],
  ] as const)
    await sql`update customer_fact set grade = ${grade}, grade_score = 80 where id = ${id}`.execute(db);
});
afterAll(async () => {
  removeTemporaryFiles();
  await house.stop();
});

/** Sales as the module that sells will tell them: of the period asked for. */
const telling = (name: string, amounts: Record<string, Record<string, string>>): [string, MeasureSpec] => [
  name,
  {
    name,
    entity: 'customer',
    unit: 'money',
    value: ({ alias }, { from }) =>
      sql`select v.n::numeric from jsonb_to_recordset(${JSON.stringify(
        Object.entries(amounts).flatMap(([id, by]) => Object.entries(by).map(([at, n]) => ({ id, at, n }))),
      )}::jsonb) as v(id uuid, at text, n text) where v.id = ${sql.ref(`${alias}.id`)} and v.at = ${from}`,
  },
];

async function filled(
  kind: FormKind,
  { period = NOW, reach = ALL, measures = [] as [string, MeasureSpec][], more = {} } = {},
) {
  const ctx = await house.contextOf(seller);
  // Who tells of sales is said by each test.
  const others = [...ctx.measures].filter(([name]) => !['sales', 'margin', 'receipts'].includes(name));
  const known = new Map([...others, ...measures]);
  return fillSheet(
    { ...ctx, measures: known },
    { kind, period: periodOf(period), reach, action: 'read', ...more },
  );
}
const row = (sheet: Awaited<ReturnType<typeof filled>>, key: string) =>
  sheet.rows.find((each) => each.key === key)?.cells;

describe('客户区域分析表', () => {
  test('of one province by its cities, with shares that add up and grades; no sales are made up', async () => {
    const sheet = await filled('area');
    expect(sheet.rows.map(({ cells }) => [cells.area, cells.customers, cells.share, cells.grades])).toEqual([
      ['杭州市', '1', '33.4', 'A 1'],
      ['宁波市', '1', '33.3', 'B 1'],
      ['未填写', '1', '33.3', 'B 1'],
    ]);
    expect(sheet.total).toMatchObject({ area: '合计', customers: '3', gained: '3', gainedBefore: '0' });
    expect(sheet.notes).toEqual(['noSales']);
    expect(sheet.rows[0]?.cells).toMatchObject({ sales: null, salesShare: null, growth: null });
  });

  test('with sales once somebody tells them', async () => {
    const [from, before] = [
      periodOf(NOW).from,
      Temporal.PlainDate.from(periodOf(NOW).from).subtract({ years: 1 }).toString(),
    ];
    const sales = telling('sales', {
      [busy]: { [from]: '300', [before]: '200' },
      [quiet]: { [from]: '100' },
    });
    const sheet = await filled('area', { measures: [sales] });
    expect(row(sheet, '杭州市')).toMatchObject({ sales: '300', salesShare: '75.0', growth: '50.0' });
    expect(sheet.total).toMatchObject({ sales: '400', growth: '100.0' });
    expect(sheet.notes).toEqual([]);
  });
});

describe('客户销售分析表', () => {
  test('says plainly that nobody tells sales', async () => {
    expect(await filled('sales')).toMatchObject({ rows: [], notes: ['noSales'] });
  });

  test('this period, a year ago, share, since January, margin and what was paid', async () => {
    const period = '2026-Q3';
    const of = (now: string, before: string, year: string) => ({
      '2026-07-01': now,
      '2025-07-01': before,
      '2026-01-01': year,
    });
    const measures = [
      telling('sales', { [busy]: of('300', '200', '900'), [quiet]: of('100', '0', '100') }),
      telling('margin', { [busy]: of('90', '0', '0') }),
      telling('receipts', { [busy]: of('240', '0', '0') }),
    ];
    const sheet = await filled('sales', { period, measures });
    expect(sheet.rows.map(({ key }) => key)).toEqual([busy, quiet]);
    expect(row(sheet, busy)).toEqual({
      customer: '杭州云台机械',
      owner: '赵磊',
      salesNow: '300',
      salesBefore: '200',
      growth: '50.0',
      share: '75.0',
      yearToDate: '900',
      margin: '90',
      receiptRate: '80.0',
    });
    expect(row(sheet, quiet)).toMatchObject({ growth: null, share: '25.0', receiptRate: '0.0' });
    expect(sheet.total).toMatchObject({
      salesNow: '400',
      yearToDate: '1000',
      margin: '90',
      receiptRate: '60.0',
    });
  });
});

describe('客户分级表', () => {
  test('who stands where, on what basis, and before', async () => {
    const sheet = await filled('grade');
    expect(sheet.rows.map(({ cells }) => cells.grade)).toEqual(['A', 'B', 'B']);
    expect(row(sheet, busy)).toMatchObject({
      grade: 'A',
      gradeBefore: 'A',
      basis: expect.stringMatching(/员工.* 300/),
    });
    expect(row(sheet, quiet)).toMatchObject({
      grade: 'B',
      gradeBefore: 'A',
      basis: '人工评定：连续两季未下单',
    });
  });

  test('tells nothing of a field that is hidden from the reader, and lets nobody else read it', async () => {
    const { needs } = (await filled('grade')).columns.find(({ name }) => name === 'basis')!;
    expect(needs).toEqual(['customer.employees']);
    const blind = await house.person({
      entities: { customer: { actions: { read: 'all' }, fields: { employees: 'hidden' } } },
    });
    const ctx = await house.contextOf(blind);
    const sheet = await fillSheet(ctx, { kind: 'grade', period: periodOf(NOW), reach: ALL, action: 'read' });
    expect(row(sheet, busy)).toMatchObject({ grade: 'A', basis: '' });
  });

  test('of a period that is past, as things stood at its end', async () => {
    const sheet = await filled('grade', { period: '2020-Q1' });
    expect(row(sheet, quiet)).toMatchObject({ grade: 'A', gradeBefore: null });
    expect((await filled('grade', { period: '2019' })).rows).toEqual([]);
  });
});

describe('问题客户对策表', () => {
  test('fallen in grade, overdue, let down: the worst first', async () => {
    const promised = await seller.create('promises', {
      what: '补发备件',
      customer: busy,
      dueDate: '2026-01-05',
    });
    await sql`update promise set due_at = now() - interval '3 days', status = 'open' where id = ${promised.id}`.execute(
      house.services.db,
    );
    await house.follow();
    await sql`update customer_fact set next_contact_due = ${TODAY.subtract({ days: 45 }).toString()}::date where id = ${busy}`.execute(
      house.services.db,
    );
    const sheet = await filled('problem');
    expect(sheet.rows.map(({ key, cells }) => [key, cells.signs])).toEqual([
      [busy, '超期未联系 45 天；承诺未兑现 1 项'],
      [quiet, '级别 A → B'],
    ]);
  });

  test('what happened in another period is no sign in this one', async () => {
    expect((await filled('problem', { period: '2020-Q1' })).rows).toEqual([]);
  });
});

describe('客户关系评估表', () => {
  test('facts score, people judge, and weights make the total', async () => {
    await sql`update customer_fact set keep_rate = 50, coverage = '{silent}' where id = ${busy}`.execute(
      house.services.db,
    );
    await seller.create('activities', {
      kind: 'call',
      subject: '报价',
      content: '谈价格',
      customer: busy,
      occurredAt: `${TODAY}T01:00:00Z`,
    });
    const judged = { [busy]: { i_satisfaction: '90', i_potential: '70' } };
    const sheet = await filled('evaluation', { more: { filled: judged } });
    const cells = row(sheet, busy)!;
    expect(cells).toMatchObject({
      i_promises: '50',
      i_coverage: '75',
      i_receipts: null,
      i_satisfaction: '90',
      i_potential: '70',
    });
    const weighed = (Number(cells.i_contacts) * 20 + 50 * 20 + 75 * 15 + 90 * 15 + 70 * 15) / 85;
    expect(cells.total).toBe(weighed.toFixed(1));
    expect(cells.rating).toMatch(/^[优良中差]$/);
    expect(row(sheet, quiet)).toMatchObject({ total: expect.any(String), rating: null });
    expect(sheet.columns.find(({ name }) => name === 'i_contacts')?.labels?.zh).toBe('联系频率（20）');
  });

  const part = (key: string, weight: number) => ({
    key,
    label: { zh: key, en: key },
    weight,
    source: 'judgement',
  });
  test.each([
    ['weights that are not 100 together', [part('a', 60), part('b', 30)], 'weights_not_whole'],
    ['one key twice', [part('a', 60), part('a', 40)], 'not_unique'],
  ])('a template is refused for %s', async (_name, indicators, code) => {
    const { status, body } = await house.administrator.put('/customer-form-template', { indicators });
    expect([status, body.errors[0].code]).toEqual([422, code]);
  });

  test('administrators write the template', async () => {
    const indicators = [part('trust', 60), part('reach', 40)];
    expect((await seller.put('/customer-form-template', { indicators })).status).toBe(403);
    expect((await house.administrator.put('/customer-form-template', { indicators })).status).toBe(200);
    const { columns } = await filled('evaluation');
    expect(columns.filter(({ edit }) => edit === 'score').map(({ name }) => name)).toEqual([
      'i_trust',
      'i_reach',
    ]);
  });
});

describe('客户拜访记录表', () => {
  test('whom, what for, what was said, how he took it, what was promised — and no telephone number', async () => {
    const contact = await seller.create('contacts', { name: '欧阳明', customer: busy });
    const visit = await seller.create('activities', {
      kind: 'visit',
      customer: busy,
      contacts: [contact.id],
      subject: '谈扩产',
      content: '王总手机 13812345678，座机 0571-88886666，订单号 20261122',
      occurredAt: '2026-09-30T15:59:00Z',
    });
    await seller.create('promises', {
      what: '十日内报价',
      customer: busy,
      activity: visit.id,
      dueDate: '2026-10-10',
    });
    await seller.create('activities', {
      kind: 'visit',
      customer: busy,
      subject: '下一季',
      occurredAt: '2026-09-30T16:00:00Z',
    });
    const sheet = await filled('visit', {
      period: '2026-Q3',
      more: { filled: { [visit.id]: { reaction: '很有兴趣' } } },
    });
    expect(sheet.rows).toHaveLength(1);
    expect(row(sheet, visit.id)).toMatchObject({
      at: '2026-09-30 23:59',
      people: '欧阳明',
      subject: '谈扩产',
      content: '王总手机 138****5678，座机 0571-****6666，订单号 20261122',
      reaction: '很有兴趣',
      promised: '十日内报价 2026-10-10',
    });
  });

  test('who may not see people is told of none', async () => {
    const blind = await house.person({ entities: { customer: own, activity: own } });
    const ctx = await house.contextOf(blind);
    const { columns } = await fillSheet(ctx, {
      kind: 'visit',
      period: periodOf(NOW),
      reach: ALL,
      action: 'read',
    });
    expect(columns.map(({ name }) => name)).toEqual([
      'at',
      'customer',
      'visitor',
      'subject',
      'content',
      'next',
    ]);
  });
});

describe('scope', () => {
  test.each<[string, () => Reach, number]>([
    ['a department with those below', () => ({ kind: 'department', id: department }), 3],
    ['a person', () => ({ kind: 'person', id: seller.id }), 3],
    ['another person', () => ({ kind: 'person', id: house.administrator.id }), 0],
  ])('%s', async (_name, reach, count) => {
    const { rows } = await filled('area', { reach: reach() });
    expect(rows.reduce((sum, { cells }) => sum + Number(cells.customers), 0)).toBe(count);
  });

  test('a segment', async () => {
    const { id } = await house.administrator.create('segments', {
      name: '宁波',
      entity: 'customer',
      definition: { field: 'city', op: 'in', value: ['宁波市'] },
    });
    expect((await filled('area', { reach: { kind: 'segment', id } })).rows.map(({ key }) => key)).toEqual([
      '宁波市',
    ]);
  });
});

test.each(['area', 'sales', 'grade', 'problem', 'evaluation', 'visit'] as const)(
  '%s takes as many statements for many customers as for one',
  async (kind) => {
    const count = async () => {
      const { ctx, statements } = recording(await house.contextOf(seller), house.services.pool);
      await fillSheet(ctx, { kind, period: periodOf(YEAR), reach: ALL, action: 'read' });
      return statements.length;
    };
    const few = await count();
    for (let at = 0; at < 5; at++) {
      const { id } = await seller.create('customers', { name: `多一家${kind}${at}` });
      await seller.create('activities', {
        kind: 'visit',
        customer: id,
        subject: '走访',
        occurredAt: `${YEAR}-01-05T02:00:00Z`,
      });
    }
    expect(await count()).toBe(few);
    expect(few).toBeLessThanOrEqual(6);
  },
);

describe('without keeping it', () => {
  const content = (person: Person, query: string) => person.get(`/customer-forms/live/content?${query}`);

  test('printed as things stand', async () => {
    const { status, headers, raw } = await content(seller, 'kind=visit&period=2026-Q3');
    expect([status, headers['content-type']]).toEqual([200, 'application/pdf']);
    const text = (await pagesOf(raw.rawPayload)).join('');
    for (const part of ['客户拜访记录表', '2026 年第三季度', '赵磊 可见的客户', '谈扩产', '编制：', '审核：'])
      expect(text).toContain(part);
  });

  test('as a table that is read back: numbers are numbers', async () => {
    const { raw } = await content(seller, `kind=area&period=${YEAR}&format=xlsx`);
    const { table, texts: lines } = await readAll(raw.rawPayload);
    expect(table.headers.slice(0, 3)).toEqual(['地区', '客户数', '占比（%）']);
    expect(lines.every((line) => /^\d+$/.test(line[1] ?? ''))).toBe(true);
    expect(lines.at(-1)?.[0]).toBe('合计');
  });

  test.each([
    ['without the right to export', { actions: { read: 'all' as const } }, 403],
    [
      'without sight of a column',
      { actions: { export: 'all' as const, read: 'all' as const }, fields: { province: 'hidden' as const } },
      403,
    ],
  ])('refused %s', async (_name, customer, status) => {
    const person = await house.person({ entities: { customer } });
    expect((await content(person, 'kind=area&period=2026')).status).toBe(status);
  });

  test('not of a period there is not', async () => {
    expect((await content(seller, 'kind=area&period=2026-13')).status).toBe(400);
  });
});
