import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Context } from '../context/context.ts';
import { countRecords, idPages } from '../entity/list.ts';
import type { Filter } from '../entity/meta.shared.ts';
import type { Person, TestApp } from '../testing/app.ts';
import { reportQuery } from './definition.ts';
import {
  cellFilter,
  type GroupSpec,
  type ReportAnswer,
  type ReportQuery,
  type ValueSpec,
} from './query.shared.ts';
import { runReport } from './run.ts';
import { companyWithBusiness } from './testing/business.ts';

let house: TestApp;
const people = {} as Record<'administrator' | 'seller' | 'manager' | 'blind', Person>;
beforeAll(async () => {
  const { house: made, ...others } = await companyWithBusiness();
  house = made;
  Object.assign(people, others, { administrator: house.administrator });
}, 120_000);
afterAll(() => house.stop());

const ask = async (query: Partial<ReportQuery>, who: keyof typeof people = 'administrator') =>
  runReport(
    await house.contextOf(people[who]),
    reportQuery.parse({ entity: 'opportunity', values: [{ fn: 'count' }], ...query }),
  );

const table = ({ lines }: ReportAnswer) =>
  lines.map(({ keys, total }) => [...keys.map(({ label }) => label), ...total]);

const won: Filter = { field: 'status', op: 'eq', value: 'won' };
const decided: Filter = { field: 'status', op: 'in', value: ['won', 'lost'] };

describe('a report', () => {
  test('without groups is one line', async () => {
    const answer = await ask({ values: [{ fn: 'count' }, { fn: 'count', where: won }] });
    expect(answer.lines).toMatchObject([{ keys: [], total: ['90', '15'] }]);
    expect(answer.totals.all).toEqual(['90', '15']);
  });

  test('groups over references by names people know', async () => {
    const answer = await ask({ rows: [{ field: 'customer.city' }] });
    expect(answer.rows[0]?.label).toBe('客户 › 城市');
    // 杭州 and 杭州市 are one place.
    expect(
      table(answer)
        .map(([label]) => label)
        .toSorted(),
    ).toEqual(['（无）', '宁波', '杭州', '苏州'].toSorted());
  });

  test('tells a ratio, an average of days, and the choices in their order', async () => {
    const answer = await ask({
      rows: [{ field: 'status' }],
      sort: { by: 'label' },
      values: [
        {
          ratio: [
            { fn: 'count', where: won },
            { fn: 'count', where: decided },
          ],
          label: '赢率',
        },
        { fn: 'avg', field: 'closedOn', since: 'startedOn' },
      ],
    });
    expect(table(answer).map((line) => line.slice(0, 2))).toEqual([
      ['进行中', null],
      ['赢单', '1.000000'],
      ['输单', '0.000000'],
    ]);
    expect(answer.totals.all[0]).toBe('0.500000');
    expect(answer.values.map(({ kind }) => kind)).toEqual(['percent', 'days']);
  });

  test('counts a record with several products under each, and once in all', async () => {
    const answer = await ask({ rows: [{ field: 'products' }] });
    const sum = answer.lines.reduce((all, { total }) => all + Number(total[0]), 0);
    expect(answer.totals.all).toEqual(['90']);
    expect(sum).toBeGreaterThan(90);
    expect(answer.lines).toHaveLength(4);
  });

  test('adds up by period without holes, tells shares and changes', async () => {
    const answer = await ask({
      rows: [{ field: 'closeDate', by: 'quarter' }],
      filter: { field: 'closeDate', op: 'gte', value: '2026-01-01' },
      values: [
        { fn: 'count' },
        { fn: 'count', show: 'cumulative' },
        { fn: 'count', show: 'share' },
        { fn: 'count', show: 'change' },
      ],
    });
    const counts = answer.lines.map(({ total }) => Number(total[0]));
    let sum = 0;
    expect(table(answer)).toEqual(
      answer.lines.map(({ keys }, at) => {
        sum += counts[at]!;
        const before = counts[at - 1];
        return [
          keys[0]?.label,
          String(counts[at]),
          String(sum),
          expect.stringMatching(/^0\.\d+$/),
          before ? String(Math.round(((counts[at]! - before) / before) * 1e6) / 1e6) : null,
        ];
      }),
    );
    expect(answer.lines[0]?.keys[0]?.label).toBe('2026年1季度');
  });

  test('pivots', async () => {
    const answer = await ask({
      rows: [{ field: 'owner' }],
      columns: [{ field: 'status' }],
      values: [{ fn: 'sum', field: 'amount' }],
    });
    expect(answer.columnKeys.map(({ keys }) => keys[0]?.label)).toEqual(['进行中', '赢单', '输单']);
    expect(answer.uncounted).toBeGreaterThan(0);
    for (const line of answer.lines) {
      const sum = line.cells.reduce((all, cell) => all + Number(cell[0] ?? 0), 0);
      expect(sum).toBeCloseTo(Number(line.total[0] ?? 0), 2);
    }
  });

  test('takes only the best, and says how many there are', async () => {
    const query = { rows: [{ field: 'customer' }], sort: { by: 0, desc: true } } as const;
    const all = await ask({ ...query, rows: [{ field: 'customer' }] });
    const few = await ask({ ...query, rows: [{ field: 'customer' }], limit: 3 });
    expect(few.lines.map(({ total }) => total)).toEqual(all.lines.slice(0, 3).map(({ total }) => total));
    expect([few.found, few.totals.all]).toEqual([all.lines.length, ['90']]);
  });
});

describe('what cannot be asked', () => {
  test.each<[string, Partial<ReportQuery>, keyof typeof people, string, number]>([
    ['an unknown field', { rows: [{ field: 'nothing' }] }, 'administrator', 'bad_filter', 400],
    ['a way over no reference', { rows: [{ field: 'name.length' }] }, 'administrator', 'bad_filter', 400],
    ['a hidden field as a group', { rows: [{ field: 'customer.city' }] }, 'blind', 'bad_filter', 400],
    [
      'a masked field as a group',
      { rows: [{ field: 'customer.industry' }] },
      'blind',
      'field_not_filterable',
      403,
    ],
    ['a hidden field as a sum', { values: [{ fn: 'sum', field: 'amount' }] }, 'blind', 'bad_filter', 400],
    [
      'a hidden field in a condition of a number',
      { values: [{ fn: 'count', where: { field: 'amount', op: 'gt', value: '1' } }] },
      'blind',
      'bad_filter',
      400,
    ],
    ['records one may not read', { entity: 'role' }, 'seller', 'forbidden', 403],
    ['a record type that is not', { entity: 'nothing' }, 'administrator', 'unknown_entity', 404],
    ['a part of a text', { rows: [{ field: 'name', by: 'month' }] }, 'administrator', 'bad_filter', 400],
    ['amounts without ranges', { rows: [{ field: 'amount' }] }, 'administrator', 'bad_filter', 400],
    ['a sum of names', { values: [{ fn: 'sum', field: 'name' }] }, 'administrator', 'bad_filter', 400],
    [
      'a share of averages',
      { values: [{ fn: 'avg', field: 'amount', show: 'share' }] },
      'administrator',
      'bad_filter',
      400,
    ],
    [
      'a change without periods',
      { rows: [{ field: 'owner' }], values: [{ fn: 'count', show: 'change' }] },
      'administrator',
      'report_needs_period',
      422,
    ],
    [
      'two fields with several values',
      { rows: [{ field: 'products' }], columns: [{ field: 'competitors' }] },
      'administrator',
      'report_two_lists',
      422,
    ],
  ])('%s', async (_what, query, who, code, status) => {
    await expect(ask(query, who)).rejects.toMatchObject({ code, status });
  });
});

const GROUPS: GroupSpec[] = [
  { field: 'status' },
  { field: 'stage' },
  { field: 'owner' },
  { field: 'department' },
  { field: 'products' },
  { field: 'customer' },
  { field: 'customer.city' },
  { field: 'customer.industry' },
  { field: 'customer.owner.department' },
  { field: 'customer.employees', cuts: [50, 120] },
  { field: 'probability' },
  { field: 'amount', cuts: [200, 1000] },
  { field: 'closeDate', by: 'quarter' },
  { field: 'closeDate', by: 'week' },
  { field: 'startedOn', by: 'month' },
  { field: 'createdAt', by: 'day' },
];
const FILTERS: (Filter | undefined)[] = [
  undefined,
  decided,
  { field: 'customer.city', op: 'eq', value: '杭州' },
  { or: [won, { field: 'closeDate', op: 'empty' }] },
  { not: { field: 'amount', op: 'gte', value: '1000' } },
];
const VALUES: ValueSpec[] = [
  { fn: 'count' },
  { fn: 'count', where: won },
  { fn: 'sum', field: 'amount' },
  { fn: 'avg', field: 'amount', where: decided },
  { fn: 'max', field: 'closeDate' },
  { fn: 'avg', field: 'closedOn', since: 'startedOn' },
];

/** The same number by plain SQL over the records that the ordinary list shows. */
async function plainly(ctx: Context, spec: ValueSpec, filter: Filter | null): Promise<string | null> {
  const ids: string[] = [];
  for await (const page of idPages(ctx, 'opportunity', filter ? { filter } : {}, 'read', 500))
    ids.push(...page);
  if (!('fn' in spec)) return null;
  const number =
    spec.fn === 'count'
      ? sql`count(*)`
      : spec.since
        ? sql`round(avg(closed_on - started_on), 4)`
        : spec.field === 'amount'
          ? sql`round(${sql.raw(spec.fn)}(amount_base), 2)`
          : sql`max(close_date)`;
  const { rows } = await sql<{ n: string | null }>`select (${number})::text as n from opportunity
    where id = any(${ids}::uuid[])`.execute(ctx.db);
  return rows[0]?.n ?? null;
}

const rounded = (number: string | null | undefined) =>
  number != null && /^-?\d+(\.\d+)?$/.test(number) ? Number(number) : (number ?? null);

test('every cell says what the ordinary list behind it says, for whoever asks', async () => {
  const contexts = new Map<string, Context>();
  for (const who of ['administrator', 'seller', 'manager'] as const)
    contexts.set(who, await house.contextOf(people[who]));
  const lists = (groups: GroupSpec[]) => groups.filter(({ field }) => field === 'products').length;
  const reports = fc.record({
    who: fc.constantFrom(...contexts.keys()),
    groups: fc
      .uniqueArray(fc.constantFrom(...GROUPS), { maxLength: 3 })
      .filter((groups) => lists(groups) < 2),
    split: fc.nat(2),
    filter: fc.constantFrom(...FILTERS),
    value: fc.constantFrom(...VALUES),
    cell: fc.nat(1000),
  });
  await fc.assert(
    fc.asyncProperty(reports, async ({ who, groups, split, filter, value, cell }) => {
      const ctx = contexts.get(who) as Context;
      const [rows, columns] = [groups.slice(0, Math.max(1, split)), groups.slice(Math.max(1, split))];
      const answer = await runReport(ctx, { entity: 'opportunity', filter, rows, columns, values: [value] });
      const line = answer.lines[cell % Math.max(1, answer.lines.length)];
      const column = columns.length ? cell % Math.max(1, answer.columnKeys.length) : null;
      const looks: [string | null | undefined, Filter | null | undefined][] = [
        [answer.totals.all[0], cellFilter(answer, null, null, 0)],
      ];
      if (line) looks.push([line.total[0], cellFilter(answer, line, null, 0)]);
      if (line && column !== null && answer.columnKeys.length) {
        looks.push([line.cells[column]?.[0], cellFilter(answer, line, column, 0)]);
        looks.push([answer.totals.columns[column]?.[0], cellFilter(answer, null, column, 0)]);
      }
      for (const [told, behind] of looks) {
        expect(behind).toBeDefined();
        expect(rounded(told)).toEqual(rounded(await plainly(ctx, value, behind ?? null)));
        if ('fn' in value && value.fn === 'count')
          expect(Number(told)).toBe(await countRecords(ctx, 'opportunity', behind ? { filter: behind } : {}));
      }
    }),
    { numRuns: 150 },
  );
}, 120_000);
