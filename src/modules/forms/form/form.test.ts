import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Person, startTestApp, type TestApp } from '../../../platform/testing/app.ts';
import { pagesOf } from '../../../platform/testing/pdf.ts';

let house: TestApp;
let manager: Person;
let seller: Person;
let chief: Person;
let stranger: Person;
let east: string;
let west: string;
let mine: string;
let other: string;

const all = ['read', 'create', 'update', 'delete', 'export'] as const;
const of = (scope: 'self' | 'departmentAndBelow' | 'all') => ({
  actions: Object.fromEntries(all.map((action) => [action, scope])),
});
const role = (scope: 'self' | 'departmentAndBelow' | 'all') => ({
  entities: Object.fromEntries(
    ['customer', 'contact', 'activity', 'promise', 'visit', 'customerForm', 'segment'].map((name) => [
      name,
      of(scope),
    ]),
  ),
});
const TODAY = Temporal.Now.plainDateISO('Asia/Shanghai');
const YEAR = String(TODAY.year);

beforeAll(async () => {
  house = await startTestApp();
  east = await house.department('华东大区');
  west = await house.department('西部大区');
  manager = await house.person(role('departmentAndBelow'), { name: '周主管', department: east });
  seller = await house.person(role('self'), { name: '赵磊', department: east });
  chief = await house.person(role('all'), { name: '陈总', department: east });
  stranger = await house.person(role('departmentAndBelow'), { name: '外人', department: west });
  mine = (await seller.create('customers', { name: '杭州云台机械', province: '浙江省' })).id;
  other = (await stranger.create('customers', { name: '成都天府食品', province: '四川省' })).id;
  await house.follow();
  await sql`update customer_fact set next_contact_due = current_date - 40 where id = ${mine}`.execute(
    house.services.db,
  );
});
afterAll(() => house.stop());

const make = (person: Person, body: object = {}) =>
  person.create('customer-forms', { kind: 'problem', period: YEAR, ...body });
const sheet = async (person: Person, id: string, query = '') =>
  (await person.get(`/customer-forms/${id}/sheet${query}`)).body;
const sign = (person: Person, id: string, from: string) =>
  person.post(`/customer-forms/${id}/sign`, { from });
const cell = (
  person: Person,
  id: string,
  column: string,
  value: string | null,
  base: string | null = null,
  row = mine,
) => person.put(`/customer-forms/${id}/cells`, { cells: [{ row, column, value, base }] });
const cells = (body: { rows: { key: string; cells: Record<string, string> }[] }, key = mine) =>
  body.rows.find((row) => row.key === key)?.cells;

async function locked(maker: Person = manager, reviewer: Person = chief, body: object = {}): Promise<string> {
  const { id } = await make(maker, { reviewer: reviewer.id, ...body });
  for (const [person, from] of [
    [maker, 'draft'],
    [maker, 'filling'],
    [reviewer, 'review'],
  ] as const)
    expect((await sign(person, id, from)).status).toBe(200);
  return id;
}

describe('a form is made', () => {
  test('named by what it is of, beginning as a draft', async () => {
    const form = await manager.create('customer-forms', {
      kind: 'area',
      period: '2026-Q3',
      reach: 'department',
      ofDepartment: east,
    });
    expect(form).toMatchObject({
      name: '客户区域分析表 · 2026 年第三季度 · 华东大区',
      status: 'draft',
      startsOn: '2026-07-01',
      round: 0,
    });
  });

  test.each([
    ['a period there is not', { period: '2026-13' }, 'period', 'bad_period'],
    ['a scope without what it is of', { reach: 'person' }, 'ofPerson', 'required'],
    ['two scopes', { ofPerson: 'manager' }, 'ofPerson', 'form_other_reach'],
    ['its maker as reviewer', { reviewer: 'manager' }, 'reviewer', 'form_reviewer_is_maker'],
  ])('not with %s', async (_name, body, path, code) => {
    const given = Object.fromEntries(
      Object.entries(body).map(([key, value]) => [key, value === 'manager' ? manager.id : value]),
    );
    const { status, body: answer } = await manager.post('/customer-forms', {
      kind: 'area',
      period: '2026',
      ...given,
    });
    expect([status, answer.errors]).toEqual([422, [expect.objectContaining({ path, code })]]);
  });
});

describe('judgements', () => {
  test('stand in the sheet, over what is known of itself, and are taken back', async () => {
    const { id } = await make(manager);
    expect(cells(await sheet(manager, id))).toMatchObject({
      customer: '杭州云台机械',
      signs: expect.stringMatching(/^超期未联系 \d+ 天$/),
      responsible: '赵磊',
    });
    expect((await cell(manager, id, 'responsible', '周主管')).status).toBe(200);
    await cell(manager, id, 'countermeasure', '总经理带队回访');
    await cell(manager, id, 'deadline', '2026-12-31');
    const after = await sheet(manager, id);
    expect(cells(after)).toMatchObject({
      responsible: '周主管',
      countermeasure: '总经理带队回访',
      deadline: '2026-12-31',
    });
    await cell(manager, id, 'responsible', null, '周主管');
    expect(cells(await sheet(manager, id))?.responsible).toBe('赵磊');
  });

  test.each([
    ['a column of facts', 'signs', '没问题', 422],
    ['a column there is not', 'nothing', 'x', 422],
    ['no date', 'deadline', '下周', 422],
  ])('refused: %s', async (_name, column, value, status) => {
    const { id } = await make(manager);
    expect((await cell(manager, id, column, value)).status).toBe(status);
  });

  test('only of customers one sees', async () => {
    const { id } = await make(manager);
    expect((await cell(manager, id, 'cause', '价格', null, other)).status).toBe(404);
  });

  test('two at one cell: the second is told what stands there, and nothing is lost', async () => {
    const { id } = await make(manager);
    expect((await cell(manager, id, 'cause', '交期延误')).status).toBe(200);
    const late = await cell(chief, id, 'cause', '价格', null);
    expect([late.status, late.body.code, late.body.conflicts]).toEqual([
      409,
      'form_cell_conflict',
      [{ row: mine, column: 'cause', value: '交期延误', by: '周主管' }],
    ]);
    expect((await cell(chief, id, 'cause', '价格', '交期延误')).status).toBe(200);
    expect((await cell(chief, id, 'result', '已解决')).status).toBe(200);
    expect(cells(await sheet(manager, id))).toMatchObject({ cause: '价格', result: '已解决' });
  });

  test('at the same moment exactly one gets the cell', async () => {
    const { id } = await make(manager);
    const answers = await Promise.all(
      ['甲', '乙', '丙', '丁'].map((value) => cell(manager, id, 'cause', value)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
  });

  test('given to somebody else to fill in, he may although the form is not his', async () => {
    const { id } = await make(chief, { filler: manager.id });
    expect((await cell(stranger, id, 'cause', 'x')).status).toBe(404);
    await sign(chief, id, 'draft');
    expect((await sign(chief, id, 'filling')).status).toBe(403);
    expect((await cell(manager, id, 'cause', '内容')).status).toBe(200);
  });

  test('whoever sees a part of it is told that he cannot hand it in, and what to do', async () => {
    const { id } = await make(chief, { kind: 'area', filler: manager.id });
    await sign(chief, id, 'draft');
    const { status, body } = await sign(manager, id, 'filling');
    expect([status, body.code]).toEqual([403, 'form_filler_blind']);
    await chief.patch(`/customer-forms/${id}`, { filler: chief.id });
    expect((await sign(chief, id, 'filling')).status).toBe(200);
  });
});

describe('customers by hand', () => {
  test('are put in, left out, and back as the rules say', async () => {
    const calm = (await seller.create('customers', { name: '宁波平稳贸易' })).id;
    const { id } = await make(manager);
    const put = (customer: string, value: boolean | null) =>
      manager.put(`/customer-forms/${id}/customers/${customer}`, { put: value });
    expect(cells(await sheet(manager, id), calm)).toBeUndefined();
    expect((await put(calm, true)).status).toBe(200);
    expect((await put(mine, false)).status).toBe(200);
    const after = await sheet(manager, id);
    expect(after.rows).toMatchObject([{ key: calm, hand: true }]);
    expect(after.left).toEqual([{ id: mine, title: '杭州云台机械' }]);
    await put(mine, null);
    expect(cells(await sheet(manager, id))).toBeDefined();
    expect((await put(other, true)).status).toBe(404);
  });

  test('only where a form is not wholly of rules', async () => {
    const { id } = await make(manager, { kind: 'grade' });
    const answer = await manager.put(`/customer-forms/${id}/customers/${mine}`, { put: true });
    expect([answer.status, answer.body.code]).toEqual([409, 'form_by_rules']);
  });
});

describe('signing', () => {
  test('编制 → 填写 → 审核 → 锁定; each signs in his name, and is told', async () => {
    const { id } = await make(manager, { filler: manager.id, reviewer: chief.id });
    expect((await sign(manager, id, 'filling')).body.code).toBe('form_moved');
    await sign(manager, id, 'draft');
    await cell(manager, id, 'cause', '交期延误');
    await sign(manager, id, 'filling');
    const told = (await chief.get('/notifications')).body.items.map((item: { kind: string }) => item.kind);
    expect(told).toContain('form.review');
    expect((await sign(manager, id, 'review')).status).toBe(403);
    expect((await sign(chief, id, 'review')).status).toBe(200);
    const after = await sheet(manager, id);
    expect(after).toMatchObject({
      status: 'locked',
      round: 1,
      signatures: {
        prepared: { by: { title: '周主管' }, at: expect.any(String) },
        filled: { by: { title: '周主管' } },
        reviewed: { by: { title: '陈总' }, at: expect.any(String) },
      },
      may: { edit: false, sign: false, revise: true },
    });
    const audit = (await house.administrator.get(`/audit?entity=customerForm&recordId=${id}`)).body.items;
    expect(audit.map((entry: { action: string }) => entry.action)).toEqual([
      'sign',
      'sign',
      'fillIn',
      'sign',
      'create',
    ]);
  });

  test('nobody reviews his own, also when nobody is named', async () => {
    const { id } = await make(chief, { kind: 'area' });
    await sign(chief, id, 'draft');
    await sign(chief, id, 'filling');
    expect((await sign(chief, id, 'review')).body.code).toBe('form_not_reviewer');
    expect((await sign(manager, id, 'review')).body.code).toBe('form_beyond_scope');
    expect((await sign(house.administrator, id, 'review')).status).toBe(200);
  });

  test('a reviewer who may not see its customers is refused before it goes to him', async () => {
    const { id } = await make(manager, { reviewer: stranger.id });
    await sign(manager, id, 'draft');
    expect((await sign(manager, id, 'filling')).body.code).toBe('form_reviewer_blind');
    await manager.patch(`/customer-forms/${id}`, { reviewer: chief.id });
    expect((await sign(manager, id, 'filling')).status).toBe(200);
  });

  test('sent back with a reason, handed in again: both states are kept', async () => {
    const { id } = await make(manager, { reviewer: chief.id });
    await sign(manager, id, 'draft');
    await sign(manager, id, 'filling');
    expect((await chief.post(`/customer-forms/${id}/sendBack`, {})).status).toBe(422);
    expect((await manager.post(`/customer-forms/${id}/sendBack`, { reason: '我' })).status).toBe(403);
    await chief.post(`/customer-forms/${id}/sendBack`, { reason: '对策要写到人' });
    expect(await sheet(manager, id)).toMatchObject({
      status: 'filling',
      returnReason: '对策要写到人',
      may: { edit: true },
    });
    await cell(manager, id, 'responsible', '赵磊');
    await sign(manager, id, 'filling');
    await sign(chief, id, 'review');
    const { items } = (await manager.get(`/customer-forms/${id}/history`)).body;
    expect(items).toMatchObject([
      { round: 2, state: 'locked', reason: null, decided: { by: { title: '陈总' } } },
      { round: 1, state: 'returned', reason: '对策要写到人' },
    ]);
  });

  test('whose turn it is can be changed while it waits, by its maker only', async () => {
    const { id } = await make(manager, { reviewer: chief.id });
    await sign(manager, id, 'draft');
    await sign(manager, id, 'filling');
    expect((await sheet(manager, id)).may).toMatchObject({ name: true, edit: false });
    expect((await manager.patch(`/customer-forms/${id}`, { reviewer: house.administrator.id })).status).toBe(
      200,
    );
    expect((await sign(chief, id, 'review')).body.code).toBe('form_not_reviewer');
    expect((await manager.patch(`/customer-forms/${id}`, { reviewer: manager.id })).status).toBe(422);
    expect((await sign(house.administrator, id, 'review')).status).toBe(200);
    expect((await sheet(manager, id)).may.name).toBe(false);
  });

  test('what waits for one’s review stands in the day until it is signed; whoever is named later is told too', async () => {
    const { id } = await make(manager, { reviewer: chief.id });
    const lines = async (who: Person) =>
      (await who.get('/today')).body.items.filter((item: { key: string }) => item.key === `form:${id}`);
    await sign(manager, id, 'draft');
    expect(await lines(chief)).toEqual([]);
    await sign(manager, id, 'filling');
    expect(await lines(chief)).toMatchObject([
      {
        title: expect.stringContaining('问题客户对策表'),
        why: '周主管 已提交，等您审核',
        action: { label: '去审核', open: `/forms/${id}` },
      },
    ]);
    await manager.patch(`/customer-forms/${id}`, { reviewer: house.administrator.id });
    expect([await lines(chief), (await lines(house.administrator)).length]).toEqual([[], 1]);
    const [told] = (await house.administrator.get('/notifications')).body.items;
    expect(told).toMatchObject({ kind: 'form.review', path: `/forms/${id}` });
    await sign(house.administrator, id, 'review');
    expect(await lines(house.administrator)).toEqual([]);
  });

  test('whoever is to fill it in or review it sees it, though it is of others, and no longer when someone else is named', async () => {
    const { id } = await make(manager, { reach: 'person', ofPerson: seller.id, reviewer: chief.id });
    const seen = async (who: Person) => (await who.get(`/customer-forms/${id}/sheet`)).status;
    expect(await seen(seller)).toBe(404);
    await manager.patch(`/customer-forms/${id}`, { filler: seller.id });
    expect([await seen(seller), await seen(chief)]).toEqual([200, 200]);
    await sign(manager, id, 'draft');
    const [told] = (await seller.get('/notifications')).body.items;
    expect(told.text).toContain('问题客户对策表');
    const { items } = (await seller.get('/today')).body;
    expect(items.find((item: { key: string }) => item.key === `form:${id}`)).toMatchObject({
      label: '填写',
      why: '周主管 请您填写',
      action: { label: '去填写', open: `/forms/${id}` },
    });
    expect((await cell(seller, id, 'cause', '备件缺货')).status).toBe(200);
    expect([(await sheet(seller, id)).may.drop, (await sheet(manager, id)).may.drop]).toEqual([false, true]);
    expect((await sign(seller, id, 'filling')).status).toBe(200);
    expect(await seen(seller)).toBe(200);
    await sign(chief, id, 'review');
    const revised = await manager.post(`/customer-forms/${id}/revise`, { reason: '换人' });
    expect(revised.status).toBe(200);
    await manager.patch(`/customer-forms/${id}`, { filler: manager.id });
    expect(await seen(seller)).toBe(404);
  });

  test('two at one step: one signs', async () => {
    const { id } = await make(manager);
    const answers = await Promise.all([sign(manager, id, 'draft'), sign(chief, id, 'draft')]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  });
});

describe('a signed sheet', () => {
  test('does not change, whatever becomes of the customers', async () => {
    const name = '绍兴旧名纺织';
    const customer = (await seller.create('customers', { name })).id;
    const { id } = await make(manager, { reviewer: chief.id });
    await manager.put(`/customer-forms/${id}/customers/${customer}`, { put: true });
    await sign(manager, id, 'draft');
    await cell(manager, id, 'cause', '原来的判断', null, customer);
    await sign(manager, id, 'filling');
    await seller.patch(`/customers/${customer}`, { name: '绍兴新名纺织' });
    await sign(chief, id, 'review');
    expect(cells(await sheet(manager, id), customer)).toMatchObject({ customer: name, cause: '原来的判断' });
    for (const answer of [
      await cell(manager, id, 'cause', '改口', '原来的判断', customer),
      await manager.put(`/customer-forms/${id}/customers/${customer}`, { put: false }),
    ])
      expect([answer.status, answer.body.code]).toEqual([409, 'form_signed']);
    expect((await manager.patch(`/customer-forms/${id}`, { name: '改名' })).body.errors).toMatchObject([
      { code: 'form_signed' },
    ]);
    expect((await manager.delete(`/customer-forms/${id}`)).status).toBe(409);
  });

  test('is revised in a new round; the signed one can still be read', async () => {
    const id = await locked();
    expect((await manager.post(`/customer-forms/${id}/revise`, { reason: '补充对策' })).status).toBe(200);
    await cell(manager, id, 'countermeasure', '新的对策');
    await sign(manager, id, 'filling');
    const first = await sheet(manager, id, '?round=1');
    expect([first.status, first.round, first.may.edit, cells(first)?.countermeasure]).toEqual([
      'locked',
      1,
      false,
      undefined,
    ]);
    expect(cells(await sheet(manager, id))?.countermeasure).toBe('新的对策');
    expect((await manager.get(`/customer-forms/${id}/sheet?round=9`)).status).toBe(404);
  });

  test('is read by who may see every customer it tells of, then and whoever signed it', async () => {
    const id = await locked(chief, house.administrator, { kind: 'area' });
    // The form itself is of the department, its customers are of all.
    const refused = await manager.get(`/customer-forms/${id}/sheet`);
    expect([refused.status, refused.body.code]).toEqual([403, 'form_beyond_scope']);
    expect((await manager.get(`/customer-forms/${id}/content`)).status).toBe(403);
    const own = await locked(manager, chief, { kind: 'area', reach: 'department', ofDepartment: east });
    expect((await manager.get(`/customer-forms/${own}/sheet`)).status).toBe(200);
    expect((await stranger.get(`/customer-forms/${own}/sheet`)).status).toBe(404);
  });

  test('is not read by whom a field of it is hidden from', async () => {
    const id = await locked();
    const { entities } = role('departmentAndBelow');
    const blind = await house.person(
      { entities: { ...entities, customer: { ...entities.customer!, fields: { grade: 'hidden' } } } },
      { department: east },
    );
    const refused = await blind.get(`/customer-forms/${id}/sheet`);
    expect([refused.status, refused.body.code]).toEqual([403, 'form_field_hidden']);
    expect((await blind.get(`/customer-forms/${id}/content`)).status).toBe(403);
  });

  test('forgets a customer that is erased, and keeps the line', async () => {
    const customer = (await seller.create('customers', { name: '待删除客户' })).id;
    const { id } = await make(manager, { reviewer: chief.id });
    await manager.put(`/customer-forms/${id}/customers/${customer}`, { put: true });
    await sign(manager, id, 'draft');
    await sign(manager, id, 'filling');
    await sign(chief, id, 'review');
    await seller.delete(`/customers/${customer}`);
    const erased = await house.administrator.send('DELETE', `/customers/${customer}?forever=true`);
    expect([200, 204]).toContain(erased.status);
    const row = (await sheet(manager, id)).rows.find(({ key }: { key: string }) => key === customer);
    expect(row).toMatchObject({ erased: true, cells: {} });
  });

  test('hangs on the wall: title, period, scope, names and days, no mark; a draft says so', async () => {
    const id = await locked(manager, chief, { reach: 'department', ofDepartment: east });
    const print = async (form: string) =>
      (await pagesOf((await manager.get(`/customer-forms/${form}/content`)).raw.rawPayload)).join('');
    const signed = await print(id);
    for (const part of ['问题客户对策表', `${YEAR} 年`, '华东大区', '杭州云台机械', '第 1 页 共 1 页'])
      expect(signed).toContain(part);
    expect(signed).toMatch(/编制：周主管.*填写：周主管.*审核：陈总/);
    expect(signed).not.toMatch(/草稿|待审核/);
    expect(await print((await make(manager)).id)).toContain('草稿');
  });
});

describe('on paper', () => {
  const bare = (scope: 'self' | 'departmentAndBelow' | 'all') => ({
    entities: Object.fromEntries(
      Object.entries(role(scope).entities).map(([name, { actions }]) => [
        name,
        { actions: Object.fromEntries(Object.entries(actions).filter(([action]) => action !== 'export')) },
      ]),
    ),
  });
  const taken = async (who: Person, id: string, format = 'pdf') =>
    (await who.get(`/customer-forms/${id}/content?format=${format}`)).status;

  test('whoever has a part in a form prints it without a right to export; as a table it needs the right', async () => {
    const maker = await house.person(bare('self'), { name: '小林', department: east });
    await maker.create('customers', { name: '小林自己的客户' });
    const { id } = await make(maker, { kind: 'area', reviewer: chief.id });
    expect((await sheet(maker, id)).may).toMatchObject({ print: true, table: false });
    expect([await taken(maker, id), await taken(maker, id, 'xlsx')]).toEqual([200, 403]);
    await sign(maker, id, 'draft');
    await sign(maker, id, 'filling');
    await sign(chief, id, 'review');
    expect([await taken(maker, id), await taken(maker, id, 'xlsx'), await taken(chief, id, 'xlsx')]).toEqual([
      200, 403, 200,
    ]);
    const [entry] = (await house.administrator.get(`/audit?entity=customerForm&recordId=${id}`)).body.items;
    expect(entry).toMatchObject({ action: 'export' });
    // Who only reads it has no part in it.
    const onlooker = await house.person(bare('departmentAndBelow'), { department: east });
    expect((await sheet(onlooker, id)).may).toMatchObject({ print: false, table: false });
    expect(await taken(onlooker, id)).toBe(403);
  });

  test('having a part in it opens no customers one does not see any more', async () => {
    const maker = await house.person(bare('departmentAndBelow'), { name: '小吴', department: east });
    const { id } = await make(maker, { kind: 'area', reviewer: chief.id });
    await sign(maker, id, 'draft');
    await sign(maker, id, 'filling');
    expect(await taken(maker, id)).toBe(200);
    await house.administrator.patch(`/users/${maker.id}`, { department: west });
    const refused = await maker.get(`/customer-forms/${id}/content`);
    expect([refused.status, refused.body.code]).toEqual([403, 'form_beyond_scope']);
  });
});

test('the merged customer takes its judgements along', async () => {
  const twin = (await seller.create('customers', { name: '杭州云台机械厂' })).id;
  const { id } = await make(manager);
  await manager.put(`/customer-forms/${id}/customers/${twin}`, { put: true });
  await cell(manager, id, 'cause', '双胞胎的原因', null, twin);
  const merged = await house.administrator.post('/customers/merge', { ids: [mine, twin], into: mine });
  expect(merged.status).toBe(200);
  await house.follow();
  await sql`update customer_fact set next_contact_due = current_date - 40 where id = ${mine}`.execute(
    house.services.db,
  );
  expect(cells(await sheet(manager, id))?.cause).toBe('双胞胎的原因');
});
