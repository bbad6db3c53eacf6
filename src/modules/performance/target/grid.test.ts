import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Person, startTestApp, type TestApp } from '../../../platform/testing/app.ts';

let house: TestApp;
let boss: Person;
let manager: Person;
let wang: Person;
let stranger: Person;
let east: string;

const MANAGES = {
  actions: {
    read: 'departmentAndBelow',
    create: 'departmentAndBelow',
    update: 'departmentAndBelow',
    delete: 'departmentAndBelow',
  },
} as const;
const MONEY = { actions: { read: 'self' } } as const;
const reads = { salesTarget: MONEY, receipt: MONEY, customer: MONEY, opportunity: MONEY };

beforeAll(async () => {
  house = await startTestApp();
  boss = house.administrator;
  east = await house.department('华东');
  const west = await house.department('西部');
  manager = await house.person(
    { entities: { ...reads, salesTarget: MANAGES } },
    { department: east, name: '周主管' },
  );
  wang = await house.person({ entities: reads }, { department: east, name: '王芳' });
  stranger = await house.person(
    { entities: { ...reads, salesTarget: MANAGES } },
    { department: west, name: '外人' },
  );
});
afterAll(() => house.stop());

const put = (person: Person, cells: object[], measure = 'receipts') =>
  person.put('/performance/targets', { measure, cells });
const grid = async (person: Person, year = 2026) =>
  (await person.get(`/performance/targets?measure=receipts&year=${year}`)).body;
const rowOf = async (person: Person, id: string, year = 2026) =>
  (await grid(person, year)).rows.find((row: { id: string }) => row.id === id);
const month = (at: number, amount: string | null) => ({
  period: 'month',
  startsOn: `2026-${String(at).padStart(2, '0')}-01`,
  amount,
});

describe('the grid of targets', () => {
  test('a value somebody else wrote meanwhile is told, and nothing is put in place', async () => {
    const cell = (at: number, amount: string | null, was?: string | null) => ({
      person: wang.id,
      ...month(at, amount),
      ...(was === undefined ? {} : { was }),
    });
    expect((await put(manager, [cell(9, '10', null)])).body).toMatchObject({ made: 1 });
    const late = await put(boss, [cell(9, '20', null), cell(10, '7', null)]);
    expect(late).toMatchObject({ status: 409, body: { code: 'target_moved' } });
    expect(late.body.errors).toMatchObject([{ path: 'cells.0.amount', code: 'target_moved' }]);
    expect(late.body.detail).toContain('10');
    expect((await rowOf(boss, wang.id)).cells).toEqual([expect.objectContaining({ amount: '10' })]);
    // The same value from both, one that was seen, and one who does not say what he saw.
    expect((await put(boss, [cell(9, '10.00', null)])).status).toBe(200);
    expect((await put(boss, [cell(9, '20', '10.00')])).body).toMatchObject({ changed: 1 });
    expect((await put(manager, [cell(9, null, '10')])).status).toBe(409);
    expect((await put(manager, [cell(9, null)])).body).toMatchObject({ removed: 1 });
  });

  test('takes values, changes them and takes them away, all or none', async () => {
    const cells = [
      { person: wang.id, ...month(1, '100') },
      { person: wang.id, ...month(2, '200.5') },
      { team: east, period: 'year', startsOn: '2026-01-01', amount: '5000' },
    ];
    expect((await put(manager, cells)).body).toEqual({ made: 3, changed: 0, removed: 0 });
    const again = [
      { person: wang.id, ...month(1, '120') },
      { person: wang.id, ...month(2, null) },
      { person: wang.id, ...month(3, '30') },
    ];
    expect((await put(manager, again)).body).toEqual({ made: 1, changed: 1, removed: 1 });
    expect(await rowOf(manager, wang.id)).toMatchObject({
      name: '王芳',
      parent: east,
      writable: true,
      total: '150',
      cells: expect.arrayContaining([
        { period: 'month', startsOn: '2026-01-01', amount: '120', version: 2 },
        { period: 'month', startsOn: '2026-03-01', amount: '30', version: 1 },
      ]),
    });
    expect(await rowOf(manager, east)).toMatchObject({ kind: 'team', total: '5000' });
    expect((await put(manager, again)).body).toEqual({ made: 0, changed: 0, removed: 0 });
    const bad = await put(manager, [
      { person: wang.id, ...month(4, '1') },
      { person: stranger.id, ...month(4, '1') },
    ]);
    expect(bad.body.errors[0]).toMatchObject({ path: 'cells.1.owner', code: 'outside_scope' });
    expect((await rowOf(manager, wang.id)).cells).toHaveLength(2);
  });

  test('is a record each, with its name and its history', async () => {
    const filter = encodeURIComponent(JSON.stringify({ field: 'owner', op: 'eq', value: wang.id }));
    const { items } = (await boss.get(`/sales-targets?filter=${filter}&sort=startsOn`)).body;
    expect(items[0]).toMatchObject({
      name: '王芳 2026-01',
      owner: { id: wang.id },
      department: { id: east },
    });
    expect((await boss.get(`/audit?recordId=${items[0].id}`)).body.items).toHaveLength(2);
  });

  test('shows a person his own, a manager his department’s, nobody others’', async () => {
    const people = async (person: Person) =>
      (await grid(person)).rows.flatMap((row: { kind: string; name: string }) => row.name || row.kind);
    expect(await people(wang)).toEqual(['王芳']);
    expect(await people(manager)).toEqual(['华东', '王芳', '周主管']);
    expect(await people(stranger)).toEqual(['西部', '外人']);
    expect((await people(boss))[0]).toBe('company');
    expect((await put(wang, [{ person: wang.id, ...month(1, '1') }])).status).toBe(403);
    expect((await put(stranger, [{ person: wang.id, ...month(1, '1') }])).status).toBe(422);
    expect(await rowOf(wang, wang.id)).toMatchObject({ writable: false, total: '150' });
  });

  test('a target is for one person or department, and of what its measure tells', async () => {
    const make = async (more: object) =>
      (
        await boss.post('/sales-targets', {
          measure: 'receipts',
          startsOn: '2027-05-17',
          amount: '1',
          ...more,
        })
      ).body;
    expect(await make({ owner: wang.id })).toMatchObject({ startsOn: '2027-05-01', name: '王芳 2027-05' });
    const product = await boss.create('products', { name: '阀门' });
    expect((await make({ owner: wang.id, product: product.id })).errors[0].code).toBe('target_untold');
    expect(await make({ owner: wang.id, team: east })).toMatchObject({ owner: null, name: '华东 2027-05' });
    expect((await make({ owner: wang.id })).errors[0]).toMatchObject({ code: 'not_unique' });
  });
});

describe('a company whose year begins in April', () => {
  const setYear = (yearBegins: number) => boss.patch('/settings', { yearBegins });

  test('has targets from April to March, and leaves those of before where they are', async () => {
    await setYear(4);
    const year = { team: east, period: 'year', startsOn: '2028-04-01', amount: '120' };
    const month = { person: wang.id, period: 'month', startsOn: '2029-03-01', amount: '7' };
    expect((await put(manager, [year, month])).body).toEqual({ made: 2, changed: 0, removed: 0 });
    expect((await grid(manager, 2028)).startsOn).toBe('2028-04-01');
    expect(await rowOf(manager, east, 2028)).toMatchObject({ total: '120' });
    expect(await rowOf(manager, wang.id, 2028)).toMatchObject({ total: '7' });
    const path = '/performance/attainment?measure=receipts&period=quarter&startsOn=2029-02-11';
    expect((await boss.get(path)).body).toMatchObject({ from: '2029-01-01', to: '2029-03-31' });
    const made = await boss.post('/sales-targets', {
      measure: 'receipts',
      period: 'year',
      startsOn: '2030-01-15',
      amount: '1',
    });
    expect(made.body).toMatchObject({ startsOn: '2029-04-01', name: '林静 2029-04 – 2030-03' });
    await setYear(1);
    expect((await boss.patch(`/sales-targets/${made.body.id}`, { owner: wang.id })).body.startsOn).toBe(
      '2029-04-01',
    );
  });
});

test('targets of a product, category or province have a grid of their own', async () => {
  const { id } = await boss.create('product-categories', { name: '阀门类' });
  const of = { measure: 'orders', category: id, province: '浙江' };
  const cells = [{ person: wang.id, ...month(1, '9') }];
  expect((await boss.put('/performance/targets', { ...of, cells })).body).toMatchObject({ made: 1 });
  const asked = (more: object) => `/performance/targets?${new URLSearchParams({ year: '2026', ...more })}`;
  const sumOf = async (more: object) => {
    const { body } = await boss.get(asked(more));
    return [
      body.of.category?.title ?? null,
      body.rows.find((row: { id: string }) => row.id === wang.id).total,
    ];
  };
  expect(await sumOf(of)).toEqual(['阀门类', '9']);
  expect(await sumOf({ measure: 'orders', category: id })).toEqual(['阀门类', null]);
  expect(await sumOf({ measure: 'orders' })).toEqual([null, null]);
});

describe('a proposal', () => {
  const ask = async (person: Person, body: object) =>
    (await person.post('/performance/targets/split', { measure: 'receipts', way: 'evenly', ...body })).body
      .cells;

  test('divides a year into months to the last fen, and a department’s among its people', async () => {
    const year = { team: east, period: 'year', startsOn: '2026-01-01', amount: '100' };
    const months = await ask(manager, { ...year, into: 'month' });
    expect(months.map(({ amount }: { amount: string }) => amount).slice(3, 5)).toEqual(['8.34', '8.33']);
    const people = await ask(manager, { ...year, into: 'people' });
    expect(people.map(({ person, amount }: { person: string; amount: string }) => [person, amount])).toEqual(
      expect.arrayContaining([
        [wang.id, '50.00'],
        [manager.id, '50.00'],
      ]),
    );
  });

  test('follows what came in a year ago', async () => {
    const customer = await boss.create('customers', { name: '苏州恒力机械有限公司', owner: wang.id });
    for (const [date, amount] of [
      ['2026-02-10', '300'],
      ['2026-05-20', '100'],
    ]) {
      const { id } = await boss.create('receipts', {
        customer: customer.id,
        amount: { amount, currency: 'CNY' },
        date,
        performer: wang.id,
      });
      expect((await boss.post(`/receipts/${id}/confirm`, {})).status).toBe(200);
    }
    const wish = { person: wang.id, period: 'year', startsOn: '2027-01-01', amount: '1000', into: 'quarter' };
    const quarters = await ask(manager, { ...wish, way: 'lastYear' });
    expect(quarters.map(({ amount }: { amount: string }) => amount)).toEqual([
      '750.00',
      '250.00',
      '0.00',
      '0.00',
    ]);
    expect(quarters[1]).toMatchObject({ person: wang.id, period: 'quarter', startsOn: '2027-04-01' });
  });

  test('copies last year’s with a growth', async () => {
    const { body } = await manager.post('/performance/targets/copy', {
      measure: 'receipts',
      year: 2027,
      growth: '10',
    });
    expect(body.cells).toEqual(
      expect.arrayContaining([
        { person: wang.id, team: null, period: 'month', startsOn: '2027-01-01', amount: '132.00' },
        { person: null, team: east, period: 'year', startsOn: '2027-01-01', amount: '5500.00' },
      ]),
    );
  });
});
