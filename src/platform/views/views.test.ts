import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Person, startTestApp, type TestApp } from '../testing/app.ts';

const READER = {
  entities: {
    customer: {
      actions: { read: 'all' as const },
      fields: { phone: 'masked' as const, remark: 'hidden' as const },
    },
  },
};
const definition = {
  filter: { and: [{ field: 'city', op: 'eq', value: '杭州' }] },
  sort: '-updatedAt,name',
  columns: ['name', 'city'],
  q: '科技',
};

let house: TestApp;
let east: string;
let author: Person;
let colleague: Person;
let stranger: Person;

beforeAll(async () => {
  house = await startTestApp();
  east = await house.department('华东');
  author = await house.person(READER, { department: east });
  colleague = await house.person(READER, { department: east });
  stranger = await house.person(READER);
});
afterAll(() => house.stop());

const save = (body: object, by = author) => by.post('/views', { entity: 'customer', definition, ...body });
const names = async (who: Person) =>
  (await who.get('/views?entity=customer')).body.items.map((view: { name: string }) => view.name);

test('a view is kept as it was and opens the list', async () => {
  const saved = await save({ name: '杭州客户' });
  expect(saved.status).toBe(201);
  expect(saved.body).toMatchObject({
    name: '杭州客户',
    shared: 'none',
    mine: true,
    definition,
    owner: { id: author.id },
  });
  const query = new URLSearchParams({
    filter: JSON.stringify(definition.filter),
    sort: definition.sort,
    q: definition.q,
  });
  expect((await author.get(`/customers?${query}`)).status).toBe(200);
});

test('each sees his own, his department’s and everyone’s', async () => {
  await save({ name: '自己' });
  await save({ name: '部门', shared: 'department' });
  await save({ name: '全部', shared: 'everyone' });
  expect(await names(author)).toEqual(expect.arrayContaining(['自己', '部门', '全部']));
  const others = async (who: Person) =>
    (await names(who)).filter((name: string) => ['自己', '部门', '全部'].includes(name));
  expect((await others(colleague)).sort()).toEqual(['全部', '部门'].sort());
  expect(await others(stranger)).toEqual(['全部']);
});

test('only its owner and administrators change or delete a view', async () => {
  const { body: view } = await save({ name: '大家的', shared: 'everyone' });
  const { body: own } = await save({ name: '藏着的' });
  expect((await colleague.patch(`/views/${view.id}`, { name: '抢走' })).body.code).toBe('view_of_another');
  expect((await colleague.delete(`/views/${view.id}`)).status).toBe(403);
  expect((await colleague.delete(`/views/${own.id}`)).status).toBe(404);
  expect((await author.patch(`/views/${view.id}`, { name: '改名' })).body.name).toBe('改名');
  expect((await house.administrator.patch(`/views/${view.id}`, { shared: 'none' })).body).toMatchObject({
    shared: 'none',
    mine: true,
  });
  expect(
    (await colleague.get(`/views?entity=customer`)).body.items.map((each: { id: string }) => each.id),
  ).not.toContain(view.id);
  expect((await author.delete(`/views/${view.id}`)).status).toBe(204);
  expect((await author.delete(`/views/${view.id}`)).status).toBe(404);
  const audit = await house.administrator.get('/audit?entity=saved_view');
  expect(audit.body.items.map((item: { action: string }) => item.action)).toEqual(['view_changed']);
});

test('of two who save a shared view the later one is told, with the view as it is now', async () => {
  const { body: view } = await save({ name: '两人改', shared: 'everyone' });
  expect(view.version).toBe(1);
  const path = `/views/${view.id}`;
  const first = { ...definition, q: '先' };
  const saved = await author.patch(path, { definition: first }, { 'if-match': '"1"' });
  expect(saved.body).toMatchObject({ version: 2, definition: first });
  const late = await house.administrator.patch(
    path,
    { definition: { ...definition, q: '后' } },
    { 'if-match': '"1"' },
  );
  expect(late.status).toBe(412);
  expect(late.body).toMatchObject({
    code: 'version_conflict',
    current: { id: view.id, version: 2, definition: first },
  });
  expect((await author.send('DELETE', path, undefined, { 'if-match': '"1"' })).status).toBe(412);
  expect((await author.send('PATCH', path, { name: '无版本' })).body.code).toBe('version_required');
  const found = (await author.get('/views?entity=customer')).body.items.find(
    (each: { id: string }) => each.id === view.id,
  );
  expect(found).toMatchObject({ name: '两人改', version: 2, definition: first });
});

test('of two who save at the same moment one wins', async () => {
  const { body: view } = await save({ name: '同时', shared: 'everyone' });
  const answers = await Promise.all(
    ['甲', '乙', '丙'].map((name) => author.patch(`/views/${view.id}`, { name }, { 'if-match': '"1"' })),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412]);
});

test.each([
  ['a filter on a hidden field', { definition: { filter: { field: 'remark', op: 'eq', value: 'x' } } }, 400],
  ['a filter on a masked field', { definition: { filter: { field: 'phone', op: 'eq', value: '1' } } }, 403],
  ['an unknown column', { definition: { columns: ['nothing'] } }, 422],
  ['a bad sort', { definition: { sort: 'nothing' } }, 400],
  ['an unknown record type', { entity: 'nothing' }, 404],
  ['a record type one may not read', { entity: 'role' }, 403],
  ['too much', { definition: { filter: { field: 'name', op: 'eq', value: 'x'.repeat(60_000) } } }, 422],
  ['another department', { shared: 'department', department: '01890000-0000-7000-8000-000000000000' }, 422],
])('a view with %s is refused', async (_name, body, status) => {
  const before = await names(author);
  expect((await save({ name: '坏的', ...body })).status).toBe(status);
  expect(await names(author)).toEqual(before);
});

test('a name is taken once per person and list', async () => {
  await save({ name: '重名' });
  const again = await save({ name: '重名' });
  expect(again.status).toBe(409);
  expect(again.body.errors).toMatchObject([{ path: 'name', code: 'view_name_taken' }]);
  expect((await save({ name: '重名' }, colleague)).status).toBe(201);
});

test('who has no department cannot share with it', async () => {
  const answer = await save({ name: '无部门', shared: 'department' }, stranger);
  expect(answer.body.errors).toMatchObject([{ path: 'department', code: 'required' }]);
});
