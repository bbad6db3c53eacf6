import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { schemaDrift } from '../db/drift.ts';
import { eventually, type Person, startTestApp, type TestApp } from '../testing/app.ts';

let house: TestApp;
let admin: Person;

beforeAll(async () => {
  house = await startTestApp();
  await house.app.startBackground();
  admin = house.administrator;
});
afterAll(() => house.stop());

const drift = () => schemaDrift(house.services.db, house.services.registry());
const timeline = async (customer: string) =>
  (await admin.get(`/customers/${customer}/timeline?category=work`)).body.items.map(
    (item: { title: string }) => item.title,
  );

test('a record type of one’s own lives like a built-in one', async () => {
  const { status, body: type } = await admin.post('/record-types', {
    label: { zh: '设备', en: 'Device' },
    titleLabel: { zh: '机号', en: 'Serial' },
    scope: 'child',
    parent: 'customer',
    numberPrefix: 'SB',
    timeline: true,
    fields: [
      { label: { zh: '型号', en: 'Model' }, kind: 'text', required: true },
      { label: '价格', kind: 'money' },
      { label: '保修到', kind: 'date' },
      { label: '机号牌', kind: 'text', unique: true },
    ],
  });
  expect(status).toBe(201);
  expect(type).toMatchObject({ name: 'x_shebei', plural: 'x_shebeis', state: 'ready' });
  expect(type.fields.map((field: { name: string; state: string }) => [field.name, field.state])).toEqual([
    ['x_xinghao', 'ready'],
    ['x_jiage', 'ready'],
    ['x_baoxiudao', 'ready'],
    ['x_jihaopai', 'ready'],
  ]);
  expect(await drift()).toEqual([]);

  const customer = await admin.create('customers', { name: '盛达机械' });
  const missing = await admin.post('/x_shebeis', { name: 'A1', customer: customer.id });
  expect(missing.body.errors).toMatchObject([{ path: 'x_xinghao', code: 'required' }]);
  const device = await admin.create('x_shebeis', {
    name: 'A1',
    customer: customer.id,
    x_xinghao: '数控车床',
    x_jiage: { amount: '88000.00', currency: 'CNY' },
    x_jihaopai: 'P-1',
  });
  expect(device).toMatchObject({
    title: 'A1',
    number: expect.stringMatching(/^SB-\d{4}-000001$/),
    customer: { id: customer.id, title: '盛达机械' },
    owner: { id: admin.id },
  });
  const same = await admin.post('/x_shebeis', { name: 'A2', x_xinghao: '铣床', x_jihaopai: 'P-1' });
  expect(same.body.errors).toMatchObject([{ path: 'x_jihaopai', code: 'not_unique' }]);
  expect(await timeline(customer.id)).toEqual(['A1']);

  const meta = (await admin.get('/meta')).body.entities;
  const entity = meta.find((each: { name: string }) => each.name === 'x_shebei');
  expect(entity).toMatchObject({
    label: '设备',
    plural: 'x_shebeis',
    custom: true,
    scope: 'child',
    scopeOf: 'customer',
  });
  expect(entity.list.columns).toContain('x_xinghao');
  expect(meta.find((each: { name: string }) => each.name === 'customer').children).toContainEqual({
    entity: 'x_shebei',
    field: 'customer',
  });
  const { paths } = (await admin.get('/openapi.json')).body;
  expect(paths).toHaveProperty('/api/v1/x_shebeis');
  const { groups } = (await admin.get(`/search?q=${encodeURIComponent('车床')}`)).body;
  expect(groups).toMatchObject([{ entity: 'x_shebei', label: '设备', items: [{ title: 'A1' }] }]);
  const listed = await admin.get('/x_shebeis?sort=x_xinghao,-x_jiage&count=true');
  expect(listed.body).toMatchObject({ total: 1, items: [{ title: 'A1' }] });
  const patched = await admin.patch(
    `/x_shebeis/${device.id}`,
    { x_baoxiudao: '2027-01-31' },
    { 'if-match': '"1"' },
  );
  expect(patched.body).toMatchObject({ version: 2, x_baoxiudao: '2027-01-31' });
  expect((await admin.patch(`/x_shebeis/${device.id}`, { name: 'B' }, { 'if-match': '"1"' })).status).toBe(
    412,
  );
  expect((await admin.delete(`/x_shebeis/${device.id}`)).status).toBe(204);
  expect((await admin.post(`/x_shebeis/${device.id}/restore`)).status).toBe(200);
});

test('rights apply to it: by name, by the stand-in for all types, and through the customer’s owner', async () => {
  const { body: type } = await admin.post('/record-types', { label: '保单', scope: 'own' });
  const path = `/${type.plural}`;
  const self = { [type.name]: { actions: { read: 'self', create: 'self', update: 'self' } } } as const;
  const clerk = await house.person({ entities: self });
  const other = await house.person({ entities: { '*': { actions: { read: 'self', create: 'self' } } } });
  const nobody = await house.person({ entities: { customer: { actions: { read: 'all' } } } });
  const mine = await clerk.create(type.plural, { name: '甲保单' });
  expect((await clerk.get(path)).body.items).toHaveLength(1);
  expect((await other.get(path)).body.items).toHaveLength(0);
  expect((await other.get(`${path}/${mine.id}`)).status).toBe(404);
  expect((await nobody.get(path)).status).toBe(403);
  expect((await nobody.get('/meta')).body.entities.map((each: { name: string }) => each.name)).not.toContain(
    type.name,
  );
  expect((await clerk.delete(`${path}/${mine.id}`)).status).toBe(403);

  await admin.patch(`/x_shebeis/${(await admin.get('/x_shebeis')).body.items[0].id}`, { owner: clerk.id });
  const keeper = await house.person({
    entities: {
      x_shebei: { actions: { read: 'self' } },
      customer: { actions: { read: 'self', create: 'self' } },
    },
  });
  const his = await keeper.create('customers', { name: '客户甲' });
  await admin.create('x_shebeis', { name: 'C1', x_xinghao: '车床', customer: his.id });
  expect((await keeper.get('/x_shebeis')).body.items.map((item: { title: string }) => item.title)).toEqual([
    'C1',
  ]);
});

test('fields can be added later, also links between own types', async () => {
  const link = await admin.post('/custom-fields', {
    entity: 'x_shebei',
    label: '保单',
    kind: 'reference',
    to: 'x_baodan',
  });
  expect(link.body).toMatchObject({ name: 'x_baodan' });
  const contract = await admin.create('x_baodans', { name: '乙保单' });
  const device = await admin.create('x_shebeis', { name: 'D1', x_xinghao: '车床', x_baodan: contract.id });
  expect(device.x_baodan).toEqual({ id: contract.id, title: '乙保单' });
  await eventually(
    async () =>
      (await drift()).length === 0 &&
      (await admin.get('/custom-fields?entity=x_shebei')).body.items.every(
        (item: { state: string }) => item.state === 'ready',
      ),
  );
  const { items } = (await admin.get('/record-types')).body;
  const used = items.find((item: { name: string }) => item.name === 'x_baodan');
  const refused = await admin.delete(`/record-types/${used.id}`);
  expect(refused.body).toMatchObject({ code: 'record_type_in_use', references: ['x_shebei.x_baodan'] });
});

test('a type is changed, retired, brought back and destroyed', async () => {
  const { items } = (await admin.get('/record-types')).body;
  const { id, plural } = items.find((item: { name: string }) => item.name === 'x_shebei');
  const customer = (await admin.get('/customers?q=盛达')).body.items[0];
  const changed = await admin.patch(`/record-types/${id}`, {
    label: { zh: '机器', en: 'Machine' },
    timeline: false,
  });
  expect(changed.body).toMatchObject({ label: { zh: '机器' }, name: 'x_shebei', timeline: false });
  expect(await timeline(customer.id)).toEqual([]);
  await admin.patch(`/record-types/${id}`, { timeline: true });
  expect(await timeline(customer.id)).toEqual(['A1']);

  expect((await admin.delete(`/record-types/${id}`)).body).toMatchObject({
    state: 'retired',
    usedBy: { views: [] },
  });
  expect((await admin.get(`/${plural}`)).status).toBe(404);
  expect(await timeline(customer.id)).toEqual([]);
  const hits = (await admin.get(`/search?q=${encodeURIComponent('车床')}`)).body.groups;
  expect(hits).toEqual([]);

  await admin.patch(`/record-types/${id}`, { retired: false });
  expect((await admin.get(`/${plural}`)).body.items).toHaveLength(3);
  expect(await timeline(customer.id)).toEqual(['A1']);

  await admin.delete(`/record-types/${id}`);
  expect((await admin.delete(`/record-types/${id}`)).body).toMatchObject({
    code: 'erase_needs_confirmation',
    count: 3,
  });
  expect((await admin.delete(`/record-types/${id}?confirm=3`)).status).toBe(204);
  const left = await sql`select 1 from pg_class where relname like 'x_shebei%'`.execute(house.services.db);
  expect(left.rows).toEqual([]);
  expect((await admin.get('/custom-fields?entity=x_shebei')).body.items).toEqual([]);
  const again = await admin.post('/record-types', { label: '设备', scope: 'open' });
  expect(again.body).toMatchObject({ name: 'x_shebei2', plural: 'x_shebei2s' });
  expect(await drift()).toEqual([]);
});

test('what cannot be is refused and leaves nothing behind', async () => {
  const cases: [object, string, string | undefined][] = [
    [{ label: '客户', scope: 'open' }, 'label_taken', 'label'],
    [{ label: '新型', scope: 'open', name: 'customer' }, 'invalid', 'name'],
    [{ label: '新型', scope: 'open', name: 'x_baodan' }, 'not_unique', 'name'],
    [{ label: '新型', scope: 'team' }, 'invalid', 'scope'],
    [{ label: '新型', scope: 'child' }, 'invalid', 'parent'],
    [{ label: '新型', scope: 'child', parent: 'product' }, 'invalid', 'parent'],
    [{ label: '新型', scope: 'open', timeline: true }, 'invalid', 'timeline'],
    [{ label: '新型', scope: 'open', numberPrefix: 'a b' }, 'invalid', 'numberPrefix'],
    [
      { label: '新型', scope: 'open', fields: [{ label: '甲', kind: 'choice' }] },
      'invalid',
      'fields.0.options',
    ],
    [
      {
        label: '新型',
        scope: 'open',
        fields: [
          { label: '甲', kind: 'text' },
          { label: '甲', kind: 'text' },
        ],
      },
      'label_taken',
      'fields.1.label',
    ],
  ];
  for (const [input, code, path] of cases) {
    const { body } = await admin.post('/record-types', input);
    expect([body.code, body.errors?.[0]?.path], JSON.stringify(input)).toEqual([code, path]);
  }
  const tables = await sql`select 1 from pg_class where relname like 'x_xinxing%'`.execute(house.services.db);
  expect(tables.rows).toEqual([]);
});
