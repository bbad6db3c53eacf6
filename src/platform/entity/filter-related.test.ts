import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Person, startTestApp, type TestApp } from '../testing/app.ts';
import { listRecords } from './list.ts';

let house: TestApp;
let admin: Person;

/** 甲 has three calls (two this spring) and two tasks, 乙 one visit, 丙 nothing. */
beforeAll(async () => {
  house = await startTestApp();
  admin = house.administrator;
  const customer = async (name: string, city: string, annualRevenue?: string) =>
    (
      await admin.create('customers', {
        name,
        city,
        ...(annualRevenue ? { annualRevenue: { amount: annualRevenue, currency: 'CNY' } } : {}),
      })
    ).id;
  const [one, two] = [await customer('甲木', '杭州', '100'), await customer('乙木', '宁波', '50')];
  await customer('丙木', '杭州');
  const call = (on: string, day: string, kind = 'call') =>
    admin.create('activities', { customer: on, kind, content: '谈', occurredAt: `${day}T02:00:00Z` });
  for (const day of ['2025-01-05', '2026-04-01', '2026-04-20']) await call(one, day);
  await call(two, '2026-04-02', 'visit');
  for (const dueDate of ['2026-05-01', '2026-06-01'])
    await admin.create('tasks', { customer: one, subject: '寄样', dueDate });
  for (const [name, annualRevenue] of [
    ['甲木分号', '30'],
    ['甲木支行', '12.50'],
  ])
    await admin.create('customers', {
      name,
      parent: one,
      annualRevenue: { amount: annualRevenue, currency: 'CNY' },
    });
});
afterAll(() => house.stop());

const found = async (filter: object, entity = 'customer') =>
  (await listRecords(await house.context(), entity, { filter })).items.map((item) => item.title).sort();

const calls = { related: 'activity', via: 'customer' };
const spring = { field: 'occurredAt', op: 'between', value: ['2026-03-01', '2026-05-31'] };
const branches = { related: 'customer', via: 'parent' };
const all = ['丙木', '乙木', '甲木', '甲木分号', '甲木支行'];
const without = (...names: string[]) => all.filter((name) => !names.includes(name));

describe('a term over related records', () => {
  test.each<[string, object, string[]]>([
    ['any', calls, ['乙木', '甲木']],
    ['any of a kind', { ...calls, where: { field: 'kind', op: 'eq', value: 'visit' } }, ['乙木']],
    ['at least two in a time', { ...calls, where: spring, op: 'gte', value: 2 }, ['甲木']],
    ['more than one', { ...calls, op: 'gt', value: 1 }, ['甲木']],
    ['exactly three', { ...calls, op: 'eq', value: 3 }, ['甲木']],
    ['not three', { ...calls, op: 'ne', value: 3 }, without('甲木')],
    ['none', { ...calls, op: 'eq', value: 0 }, without('甲木', '乙木')],
    ['fewer than one', { ...calls, op: 'lt', value: 1 }, without('甲木', '乙木')],
    ['at most one', { ...calls, op: 'lte', value: 1 }, without('甲木')],
    ['fewer than none', { ...calls, op: 'lt', value: 0 }, []],
    ['at least none', { ...calls, op: 'gte', value: 0 }, all],
    ['one to two', { ...calls, op: 'between', value: [1, 2] }, ['乙木']],
    ['none to one', { ...calls, op: 'between', value: [0, 1] }, without('甲木')],
    [
      'the latest before a day',
      { ...calls, aggregate: { fn: 'max', field: 'occurredAt' }, op: 'lt', value: '2026-04-10' },
      ['乙木'],
    ],
    [
      'the earliest on a day',
      {
        related: 'task',
        via: 'customer',
        aggregate: { fn: 'min', field: 'dueDate' },
        op: 'eq',
        value: '2026-05-01',
      },
      ['甲木'],
    ],
    [
      'a sum of money',
      { ...branches, aggregate: { fn: 'sum', field: 'annualRevenue' }, op: 'eq', value: '42.5' },
      ['甲木'],
    ],
    [
      'an average',
      { ...branches, aggregate: { fn: 'avg', field: 'annualRevenue' }, op: 'between', value: ['21', '21.3'] },
      ['甲木'],
    ],
    ['within another', { ...branches, where: { not: calls } }, ['甲木']],
    ['not more than one', { not: { ...calls, op: 'gt', value: 1 } }, without('甲木')],
    ['not at least none', { not: { ...calls, op: 'gte', value: 0 } }, []],
    ['joined', { and: [calls, { not: { ...calls, op: 'gte', value: 2 } }] }, ['乙木']],
  ])('%s', async (_name, filter, expected) => {
    expect(await found(filter)).toEqual(expected.toSorted());
  });

  test.each<[string, object, string]>([
    ['an unknown record type', { related: 'nothing', via: 'customer' }, 'filter.related'],
    ['a field that leads elsewhere', { related: 'activity', via: 'owner' }, 'filter.via'],
    ['no field', { related: 'activity' }, 'filter.via.field'],
    ['a count of text', { ...calls, op: 'gte', value: 'two' }, 'filter.value'],
    [
      'a sum of a text',
      { ...calls, aggregate: { fn: 'sum', field: 'subject' }, op: 'gt', value: 1 },
      'filter.aggregate.field',
    ],
    ['an operator counts do not know', { ...calls, op: 'contains', value: 'x' }, 'filter.op'],
    ['another key', { ...calls, from: 1 }, 'filter.from'],
    ['a bad inner term', { ...calls, where: { field: 'nothing', op: 'eq', value: 1 } }, 'filter.where.field'],
  ])('refuses %s', async (_name, filter, path) => {
    const answer = await admin.get(`/customers?filter=${encodeURIComponent(JSON.stringify(filter))}`);
    expect([answer.status, answer.body.errors?.[0]?.path]).toEqual([400, path]);
  });
});

describe('a path over a reference', () => {
  test.each<[string, object, number]>([
    ['is', { field: 'customer.city', op: 'eq', value: '杭州' }, 3],
    ['is not', { field: 'customer.city', op: 'ne', value: '杭州' }, 1],
    ['two steps', { field: 'customer.owner.name', op: 'startsWith', value: '林' }, 4],
  ])('%s', async (_name, filter, count) => {
    expect(await found(filter, 'activity')).toHaveLength(count);
  });

  test('a path that leads nowhere is refused', async () => {
    for (const field of ['customer.nothing', 'subject.length', 'contacts.name']) {
      const filter = encodeURIComponent(JSON.stringify({ field, op: 'eq', value: 'x' }));
      expect((await admin.get(`/activities?filter=${filter}`)).status).toBe(400);
    }
  });
});

test('what lies out of one’s scope or sight is neither counted nor compared with', async () => {
  const limited = await house.person({
    entities: {
      customer: { actions: { read: 'all' }, fields: { city: 'hidden' } },
      activity: { actions: { read: 'self' } },
    },
  });
  const ask = async (plural: string, filter: object) =>
    limited.get(`/${plural}?filter=${encodeURIComponent(JSON.stringify(filter))}`);
  expect((await ask('customers', calls)).body.items).toEqual([]);
  expect((await ask('customers', { ...calls, op: 'eq', value: 0 })).body.items).toHaveLength(5);
  expect((await ask('customers', { related: 'task', via: 'customer' })).status).toBe(400);
  expect((await ask('activities', { field: 'customer.city', op: 'eq', value: '杭州' })).status).toBe(400);
});
