import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Context } from '../context/context.ts';
import { type Person, startTestApp, type TestApp } from '../testing/app.ts';
import { operatorsOf } from './filter-compare.ts';
import { listRecords } from './list.ts';
import type { Filter } from './meta.shared.ts';
import type { FieldKind } from './types.ts';

let house: TestApp;
let admin: Person;
let limited: Person;
const ids: Record<string, string> = {};

/** Three customers, 甲 乙 丙: two with everything, one with a name only; three follow-ups and three tasks likewise. */
beforeAll(async () => {
  house = await startTestApp();
  admin = house.administrator;
  limited = await house.person({
    entities: {
      customer: { actions: { read: 'all' }, fields: { phone: 'masked', email: 'hidden', city: 'hidden' } },
    },
  });
  const make = async (key: string, plural: string, body: object) => {
    ids[key] = (await admin.create(plural, body)).id;
  };
  await make('vip', 'tags', { name: '重要' });
  await make('old', 'tags', { name: '老客户' });
  await make('甲', 'customers', {
    name: '甲木商行',
    kind: 'company',
    phone: '13812345678',
    otherPhones: ['0571-88886666'],
    email: 'Li@Jia.example',
    province: '浙江省',
    city: '杭州市',
    industry: 'trade',
    employees: 10,
    annualRevenue: { amount: '1200.50', currency: 'CNY' },
    addressInvalid: true,
    tags: [ids.vip],
    remark: '百分之百_放心',
    website: 'https://jia.example',
  });
  await make('乙', 'customers', {
    name: '乙火商行',
    kind: 'person',
    phone: '13987654321',
    city: '杭州',
    industry: '养蜂',
    employees: 20,
    annualRevenue: { amount: '5000', currency: 'CNY' },
    tags: [ids.vip, ids.old],
    parent: ids.甲,
  });
  await make('丙', 'customers', { name: '丙土商行', owner: null });
  // 2026-03-05 in Shanghai runs from 16:00 UTC of the 4th to 16:00 UTC of the 5th.
  await make('丁', 'activities', { subject: '丁', occurredAt: '2026-03-04T15:59:59.999999Z' });
  await make('戊', 'activities', { subject: '戊', occurredAt: '2026-03-04T16:00:00Z', nextDate: null });
  await make('己', 'activities', { subject: '己', occurredAt: '2026-03-05T15:59:59Z' });
  await make('庚', 'tasks', { subject: '庚', dueDate: '2026-03-04' });
  await make('辛', 'tasks', { subject: '辛', dueDate: '2026-03-05' });
  await make('壬', 'tasks', { subject: '壬' });
});
afterAll(() => house.stop());

test('an amount in another currency is not missing', async () => {
  const { id } = await admin.create('customers', {
    name: '另一种货币',
    annualRevenue: { amount: '5.00', currency: 'USD' },
  });
  const one = { field: 'id', op: 'eq', value: id } as const;
  const found = async (value: boolean) => {
    const filter: Filter = { and: [one, { field: 'annualRevenue', op: 'empty', value }] };
    return (await admin.get(`/customers?filter=${encodeURIComponent(JSON.stringify(filter))}`)).body.items
      .length;
  };
  expect([await found(true), await found(false)]).toEqual([0, 1]);
  await admin.delete(`/customers/${id}`);
});

/** The records found, each by the first character of its name, in order of writing. */
async function found(ctx: Context, entity: string, filter: unknown): Promise<string> {
  const { items } = await listRecords(ctx, entity, { filter, sort: 'createdAt' });
  return items.map((item) => item.title.slice(0, 1)).join('');
}

const ask = (who: Person, filter: unknown, more = '') =>
  who.get(`/customers?filter=${encodeURIComponent(JSON.stringify(filter))}${more}`);

describe('operators', () => {
  const value = (name: string) => ids[name];
  const cases: [FieldKind, Filter | (() => Filter), string][] = [
    ['text', { field: 'name', op: 'eq', value: '甲木商行' }, '甲'],
    ['text', { field: 'name', op: 'ne', value: '甲木商行' }, '乙丙'],
    ['text', { field: 'name', op: 'in', value: ['甲木商行', '丙土商行'] }, '甲丙'],
    ['text', { field: 'name', op: 'nin', value: ['甲木商行', '丙土商行'] }, '乙'],
    ['text', { field: 'name', op: 'in', value: [] }, ''],
    ['text', { field: 'name', op: 'contains', value: '火商' }, '乙'],
    ['text', { field: 'name', op: 'startsWith', value: '丙' }, '丙'],
    ['text', { field: 'name', op: 'startsWith', value: '商' }, ''],
    ['text', { field: 'occupation', op: 'empty' }, '甲乙丙'],
    ['longText', { field: 'remark', op: 'contains', value: '百_放' }, '甲'],
    ['longText', { field: 'remark', op: 'contains', value: '百%放' }, ''],
    ['longText', { field: 'remark', op: 'empty', value: false }, '甲'],
    ['url', { field: 'website', op: 'startsWith', value: 'https://jia' }, '甲'],
    ['phone', { field: 'phone', op: 'contains', value: '5678' }, '甲'],
    ['phone', { field: 'phone', op: 'contains', value: '78' }, '甲'],
    ['phone', { field: 'phone', op: 'empty' }, '丙'],
    ['phones', { field: 'otherPhones', op: 'eq', value: '0571-88886666' }, '甲'],
    ['phones', { field: 'otherPhones', op: 'empty' }, '乙丙'],
    ['phones', { field: 'otherPhones', op: 'empty', value: false }, '甲'],
    ['email', { field: 'email', op: 'contains', value: 'jia' }, '甲'],
    ['email', { field: 'email', op: 'startsWith', value: 'li@' }, '甲'],
    ['choice', { field: 'kind', op: 'eq', value: 'company' }, '甲丙'],
    ['choice', { field: 'kind', op: 'in', value: ['person'] }, '乙'],
    ['choice', { field: 'industry', op: 'eq', value: '养蜂' }, '乙'],
    ['choice', { field: 'industry', op: 'ne', value: '养蜂' }, '甲丙'],
    ['region', { field: 'city', op: 'eq', value: '杭州' }, '甲乙'],
    ['region', { field: 'city', op: 'eq', value: '杭州市' }, '甲乙'],
    ['region', { field: 'city', op: 'in', value: ['杭州', '苏州'] }, '甲乙'],
    ['region', { field: 'city', op: 'ne', value: '杭州' }, '丙'],
    ['region', { field: 'city', op: 'nin', value: ['杭州市'] }, '丙'],
    ['region', { field: 'province', op: 'eq', value: '浙江' }, '甲'],
    ['integer', { field: 'employees', op: 'eq', value: 10 }, '甲'],
    ['integer', { field: 'employees', op: 'ne', value: 10 }, '乙丙'],
    ['integer', { field: 'employees', op: 'lt', value: 20 }, '甲'],
    ['integer', { field: 'employees', op: 'lte', value: 20 }, '甲乙'],
    ['integer', { field: 'employees', op: 'gt', value: 10 }, '乙'],
    ['integer', { field: 'employees', op: 'gte', value: 10 }, '甲乙'],
    ['integer', { field: 'employees', op: 'between', value: [11, 20] }, '乙'],
    ['integer', { field: 'employees', op: 'nin', value: [10] }, '乙丙'],
    ['integer', { field: 'employees', op: 'empty' }, '丙'],
    ['money', { field: 'annualRevenue', op: 'eq', value: '1200.5' }, '甲'],
    ['money', { field: 'annualRevenue', op: 'gt', value: { amount: '1200.50', currency: 'CNY' } }, '乙'],
    ['money', { field: 'annualRevenue', op: 'between', value: ['1200.50', '5000.00'] }, '甲乙'],
    ['money', { field: 'annualRevenue', op: 'empty' }, '丙'],
    ['boolean', { field: 'addressInvalid', op: 'eq', value: true }, '甲'],
    ['boolean', { field: 'addressInvalid', op: 'ne', value: true }, '乙丙'],
    ['reference', () => ({ field: 'parent', op: 'eq', value: value('甲') }), '乙'],
    ['reference', () => ({ field: 'parent', op: 'eq', value: { id: value('甲') } }), '乙'],
    ['reference', () => ({ field: 'parent', op: 'ne', value: value('甲') }), '甲丙'],
    ['reference', { field: 'owner', op: 'empty' }, '丙'],
    ['references', () => ({ field: 'tags', op: 'contains', value: value('old') }), '乙'],
    ['references', () => ({ field: 'tags', op: 'in', value: [value('vip'), value('old')] }), '甲乙'],
    ['references', () => ({ field: 'tags', op: 'nin', value: [value('old')] }), '甲丙'],
    ['references', { field: 'tags', op: 'empty' }, '丙'],
    ['reference', () => ({ field: 'id', op: 'in', value: [value('甲'), value('丙')] }), '甲丙'],
    ['text', { and: [] }, '甲乙丙'],
    [
      'text',
      {
        or: [
          { field: 'name', op: 'startsWith', value: '甲' },
          { field: 'employees', op: 'empty' },
        ],
      },
      '甲丙',
    ],
    ['integer', { not: { field: 'employees', op: 'gt', value: 10 } }, '甲丙'],
    [
      'integer',
      {
        not: {
          and: [
            { field: 'employees', op: 'gte', value: 10 },
            { field: 'employees', op: 'lt', value: 20 },
          ],
        },
      },
      '乙丙',
    ],
  ];

  test.each(cases)('%s %j finds %s', async (_kind, filter, expected) => {
    const ctx = await house.context();
    expect(await found(ctx, 'customer', typeof filter === 'function' ? filter() : filter)).toBe(expected);
  });

  test('every kind of field that customers, follow-ups and tasks have is among the cases', () => {
    const { entities } = house.services.registry();
    const kinds = new Set(
      entities
        .filter(({ name }) => ['customer', 'activity', 'task'].includes(name))
        .flatMap(({ fieldList }) => fieldList.map(({ kind }) => kind)),
    );
    const tried = new Set<FieldKind>([...cases.map(([kind]) => kind), 'date', 'instant']);
    expect([...kinds].filter((kind) => !tried.has(kind)).sort()).toEqual(['birthday', 'decimal']);
    expect(operatorsOf('decimal')).toEqual(operatorsOf('integer'));
    expect(operatorsOf('birthday')).toEqual(operatorsOf('text'));
  });
});

describe('days and moments', () => {
  const at = async (now: string, timeZone: string): Promise<Context> => {
    const ctx = await house.context();
    return { ...ctx, now, principal: { ...ctx.principal, timeZone } };
  };
  const SHANGHAI = 'Asia/Shanghai';
  const noon = '2026-03-05T04:00:00Z';

  test.each<[unknown, string]>([
    [{ op: 'eq', value: '2026-03-05' }, '戊己'],
    [{ op: 'lt', value: '2026-03-05' }, '丁'],
    [{ op: 'lte', value: '2026-03-05' }, '丁戊己'],
    [{ op: 'gt', value: '2026-03-04' }, '戊己'],
    [{ op: 'gte', value: '2026-03-05' }, '戊己'],
    [{ op: 'between', value: ['2026-03-05', '2026-03-05'] }, '戊己'],
    [{ op: 'between', value: ['2026-03-04', '2026-03-05'] }, '丁戊己'],
    [{ op: 'between', value: ['2026-03-04T16:00:00Z', '2026-03-05T00:00:00+08:00'] }, '戊'],
    [{ op: 'eq', value: '2026-03-05T00:00:00+08:00' }, '戊'],
    [{ op: 'gt', value: '2026-03-04T15:59:59.999999Z' }, '戊己'],
    [{ op: 'eq', value: 'today' }, '戊己'],
    [{ op: 'within', value: 'yesterday' }, '丁'],
    [{ op: 'within', value: { within: { days: 1 } } }, '戊己'],
    [{ op: 'within', value: { within: { days: 2 } } }, '丁戊己'],
    [{ op: 'eq', value: { daysAgo: 1 } }, '丁'],
    [{ op: 'within', value: { olderThan: { days: 0 } } }, '丁'],
    [{ op: 'lt', value: 'thisWeek' }, ''],
    [{ op: 'within', value: 'thisMonth' }, '丁戊己'],
    [{ op: 'empty' }, ''],
  ])('of a moment, %j in Shanghai finds %s', async (term, expected) => {
    const filter = { field: 'occurredAt', ...(term as object) };
    expect(await found(await at(noon, SHANGHAI), 'activity', filter)).toBe(expected);
  });

  test.each<[string, string, unknown, string]>([
    // The same instant is the 5th in Shanghai and still the 4th in New York.
    [SHANGHAI, noon, 'today', '辛'],
    ['America/New_York', noon, 'today', '庚'],
    [SHANGHAI, '2026-03-05T16:00:00Z', 'yesterday', '辛'],
    [SHANGHAI, noon, { daysAgo: 1 }, '庚'],
    [SHANGHAI, noon, { next: { days: 1 } }, '辛'],
    [SHANGHAI, noon, 'thisWeek', '庚辛'],
    [SHANGHAI, noon, { laterThan: { days: 0 } }, ''],
  ])('of a day, in %s at %s, %j finds %s', async (zone, now, value, expected) => {
    expect(await found(await at(now, zone), 'task', { field: 'dueDate', op: 'within', value })).toBe(
      expected,
    );
  });

  test('a moment is compared with the days of the caller’s zone', async () => {
    const today = { field: 'occurredAt', op: 'eq', value: 'today' };
    expect(await found(await at('2026-03-04T15:00:00Z', SHANGHAI), 'activity', today)).toBe('丁');
    expect(await found(await at('2026-03-04T15:00:00Z', 'UTC'), 'activity', today)).toBe('丁戊');
    expect(await found(await at('2026-03-05T12:00:00Z', 'UTC'), 'activity', today)).toBe('己');
  });

  test('plain comparison of days', async () => {
    const ctx = await house.context();
    const of = (op: string, value?: unknown) => found(ctx, 'task', { field: 'dueDate', op, value });
    expect(await of('eq', '2026-03-05')).toBe('辛');
    expect(await of('between', ['2026-03-01', '2026-03-04'])).toBe('庚');
    expect(await of('empty')).toBe('壬');
    expect(await of('ne', '2026-03-05')).toBe('庚壬');
  });
});

const short = (value: unknown) => JSON.stringify(value).slice(0, 80);

describe('refusals', () => {
  test.each(
    [
      [[], 'filter', 'wrong_type'],
      ['name', 'filter', 'wrong_type'],
      [{ and: {} }, 'filter.and', 'wrong_type'],
      [{ field: 'nothing', op: 'eq', value: 1 }, 'filter.field', 'unknown_field'],
      [{ field: '__proto__', op: 'eq', value: 1 }, 'filter.field', 'unknown_field'],
      [{ field: 'constructor', op: 'eq', value: 1 }, 'filter.field', 'unknown_field'],
      [{ field: 7, op: 'eq', value: 1 }, 'filter.field', 'unknown_field'],
      [{ field: 'name', op: 'eq', value: 'x', or: [] }, 'filter.or', 'unknown_field'],
      [{ field: 'name', op: 'lt', value: 'x' }, 'filter.op', 'bad_operator'],
      [{ field: 'name', op: 'like', value: 'x' }, 'filter.op', 'bad_operator'],
      [{ field: 'name', value: 'x' }, 'filter.op', 'bad_operator'],
      [{ field: 'name', op: 'eq', value: null }, 'filter.value', 'wrong_type'],
      [{ field: 'name', op: 'eq', value: ['x'] }, 'filter.value', 'wrong_type'],
      [{ field: 'name', op: 'eq', value: 'a\u0000b' }, 'filter.value', 'wrong_type'],
      [{ field: 'name', op: 'contains', value: 'a\u0000b' }, 'filter.value', 'wrong_type'],
      [{ field: 'name', op: 'contains', value: '  ' }, 'filter.value', 'wrong_type'],
      [{ field: 'name', op: 'contains', value: '长'.repeat(201) }, 'filter.value', 'too_long'],
      [{ field: 'name', op: 'eq', value: '长'.repeat(30_000) }, 'filter.value', 'wrong_type'],
      [{ field: 'employees', op: 'eq', value: '10' }, 'filter.value', 'wrong_type'],
      [{ field: 'employees', op: 'gt', value: 1e300 }, 'filter.value', 'wrong_type'],
      [{ field: 'employees', op: 'between', value: [1] }, 'filter.value', 'wrong_type'],
      [{ field: 'employees', op: 'between', value: [1, 2, 3] }, 'filter.value', 'wrong_type'],
      [{ field: 'employees', op: 'in', value: 5 }, 'filter.value', 'wrong_type'],
      [{ field: 'employees', op: 'in', value: Array(1001).fill(1) }, 'filter.value', 'too_large'],
      [{ field: 'annualRevenue', op: 'gt', value: 'NaN' }, 'filter.value', 'wrong_type'],
      [{ field: 'annualRevenue', op: 'gt', value: '1e5' }, 'filter.value', 'wrong_type'],
      [{ field: 'addressInvalid', op: 'eq', value: 'true' }, 'filter.value', 'wrong_type'],
      [{ field: 'parent', op: 'eq', value: 'not-an-id' }, 'filter.value', 'wrong_type'],
      [{ field: 'id', op: 'eq', value: '-'.repeat(36) }, 'filter.value', 'bad_uuid'],
      [{ field: 'id', op: 'gt', value: 'x' }, 'filter.op', 'bad_operator'],
      [{ field: 'createdAt', op: 'eq', value: '2026-02-30' }, 'filter.value', 'bad_date'],
      [{ field: 'createdAt', op: 'within', value: 'someday' }, 'filter.value', 'bad_relative_date'],
      [
        { field: 'createdAt', op: 'within', value: { within: { days: 1e9 } } },
        'filter.value',
        'bad_relative_date',
      ],
      [{ field: 'createdAt', op: 'lt', value: { olderThan: { days: 3 } } }, 'filter.op', 'bad_operator'],
      [{ field: 'createdAt', op: 'in', value: 'today' }, 'filter.op', 'bad_operator'],
      [{ field: 'createdAt', op: 'eq', value: '+999999-01-01T00:00:00Z' }, 'filter.value', 'wrong_type'],
      [{ field: 'phone', op: 'empty', value: 'yes' }, 'filter.value', 'wrong_type'],
      [
        { and: Array(1000).fill({ field: 'name', op: 'eq', value: 'x' }) },
        'filter.and.100',
        'filter_too_long',
      ],
      [
        { not: { not: { not: { not: { not: { not: { not: { field: 'name', op: 'empty' } } } } } } } },
        'filter.not.not.not.not.not.not.not',
        'filter_too_deep',
      ],
    ].map(([filter, path, code]) => [String(path), String(code), short(filter), filter] as const),
  )('at %s %s: %s', async (path, code, _short, filter) => {
    const { status, body } = await ask(admin, filter);
    expect({ status, ...body.errors?.[0], message: null }).toEqual({
      status: 400,
      path,
      code,
      message: null,
    });
  });

  test('what is no JSON, and what is too much of it', async () => {
    const bad = await admin.get('/customers?filter=%7Bname');
    expect([bad.status, bad.body.errors[0].code]).toEqual([400, 'bad_json']);
    const deep = `${'{"not":'.repeat(10_000)}{}${'}'.repeat(10_000)}`;
    expect((await admin.get(`/customers?filter=${encodeURIComponent(deep)}`)).status).toBe(400);
    const long = JSON.stringify({ field: 'name', op: 'eq', value: 'x'.repeat(100_000) });
    expect((await admin.get(`/customers?filter=${encodeURIComponent(long)}`)).status).toBe(400);
  });

  test('the longest filter that is allowed runs', async () => {
    const or = Array.from({ length: 100 }, (_, index) => ({ field: 'employees', op: 'eq', value: index }));
    const { status, body } = await ask(admin, { or });
    expect([status, body.items.length]).toEqual([200, 2]);
  });
});

describe('fields the caller may not see', () => {
  test.each([
    ['filter', { field: 'email', op: 'contains', value: 'jia' }, 400, 'unknown_field'],
    ['filter', { field: 'phone', op: 'startsWith', value: '138' }, 403, 'field_not_filterable'],
    ['filter', { not: { field: 'phone', op: 'empty' } }, 403, 'field_not_filterable'],
    ['sort', 'email', 400, 'unknown_field'],
    ['sort', 'phone', 403, 'field_not_filterable'],
  ] as const)('%s %j is refused', async (kind, value, status, code) => {
    const answer =
      kind === 'filter' ? await ask(limited, value) : await limited.get(`/customers?sort=${value}`);
    expect([answer.status, answer.body.errors[0].code]).toEqual([status, code]);
  });

  test.each(['13812345678', '5678', 'li@jia.example', 'jia.example', '杭州甲木'])(
    'searching %s finds nothing by them, in the list and everywhere',
    async (needle) => {
      const q = encodeURIComponent(needle);
      expect((await limited.get(`/customers?q=${q}&count=true`)).body).toMatchObject({ items: [], total: 0 });
      expect((await limited.get(`/search?q=${q}`)).body.groups).toEqual([]);
      expect((await admin.get(`/customers?q=${q}`)).body.items.length).toBeGreaterThan(0);
    },
  );
});
