import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { schemaDrift } from '../db/drift.ts';
import type { MetaField } from '../entity/meta.shared.ts';
import { eventually, type Person, startTestApp, type TestApp } from '../testing/app.ts';

let house: TestApp;
let admin: Person;
let supplier: { id: string };

beforeAll(async () => {
  house = await startTestApp();
  await house.app.startBackground();
  admin = house.administrator;
  supplier = await admin.create('customers', { name: '远山供应' });
});
afterAll(() => house.stop());

interface Made {
  id: string;
  name: string;
  version: number;
  [key: string]: unknown;
}

async function make(input: object): Promise<Made> {
  const answer = await admin.post('/custom-fields', { entity: 'customer', ...input });
  expect(answer.body).toMatchObject({ id: expect.any(String) });
  return answer.body;
}

/** The field once its indexes stand. */
const ready = (id: string) =>
  eventually(async () => {
    const { items } = (await admin.get('/custom-fields')).body;
    return items.find((item: Made) => item.id === id && item.state !== 'indexing');
  });

const found = async (query: string) =>
  (await admin.get(`/customers?limit=50&${query}`)).body.items?.map((item: { title: string }) => item.title);
const filtered = (field: string, op: string, value?: unknown) =>
  found(`filter=${encodeURIComponent(JSON.stringify({ field, op, value }))}&sort=name`);
const metaField = async (name: string): Promise<MetaField | undefined> =>
  (await admin.get('/meta')).body.entities
    .find((entity: { name: string }) => entity.name === 'customer')
    .fields.find((field: MetaField) => field.name === name);

interface Case {
  label: string;
  input: object;
  /** What the first and the second record hold; the third holds nothing. */
  values(): [unknown, unknown];
  /** A filter that only the first meets. */
  filter(): [string, unknown];
  /** Words that find the first. */
  q?: string;
  sortable?: boolean;
  /** How a value is read, where not as it is written. */
  read?(value: unknown): unknown;
  bad: unknown;
}

const plain = (value: unknown) => value;
const CASES: Record<string, Case> = {
  text: {
    label: '合作伙伴',
    input: { max: 20 },
    values: () => ['安达物流', '天翼速运'],
    filter: () => ['contains', '达物'],
    q: '达物流',
    sortable: true,
    bad: '长'.repeat(21),
  },
  longText: {
    label: '背景介绍',
    input: {},
    values: () => ['在苏州设有两处仓库', '只做零售'],
    filter: () => ['contains', '苏州'],
    q: '两处仓库',
    bad: 7,
  },
  phone: {
    label: '传真',
    input: {},
    values: () => ['0571-88223344', '021-55667788'],
    filter: () => ['eq', '0571-88223344'],
    q: '88223344',
    bad: 12,
  },
  email: {
    label: '发票邮箱',
    input: {},
    values: () => ['piao@anda.example', 'x@tianyi.example'],
    filter: () => ['startsWith', 'piao'],
    q: 'piao@anda.example',
    bad: 'no mail',
  },
  integer: {
    label: '车辆数',
    input: { min: 0, maxValue: 1000 },
    values: () => [12, 200],
    filter: () => ['lt', 100],
    sortable: true,
    bad: 1001,
  },
  decimal: {
    label: '折扣率',
    input: { min: 0, maxValue: 1 },
    values: () => ['0.125', '0.9'],
    filter: () => ['lte', '0.5'],
    sortable: true,
    bad: '1.5',
  },
  money: {
    label: '授信额度',
    input: { min: 0 },
    values: () => [
      { amount: '5000.00', currency: 'CNY' },
      { amount: '12000.00', currency: 'CNY' },
    ],
    filter: () => ['lt', '6000'],
    sortable: true,
    bad: { amount: '-1', currency: 'CNY' },
  },
  date: {
    label: '签约日',
    input: {},
    values: () => ['2026-03-05', '2026-08-01'],
    filter: () => ['lt', '2026-06-01'],
    sortable: true,
    bad: '2026-02-30',
  },
  instant: {
    label: '最近盘点',
    input: {},
    values: () => ['2026-03-05T01:00:00Z', '2026-08-01T01:00:00Z'],
    filter: () => ['eq', '2026-03-05'],
    sortable: true,
    bad: 'yesterday',
  },
  boolean: {
    label: '是否上市',
    input: {},
    values: () => [true, false],
    filter: () => ['eq', true],
    bad: 'yes',
  },
  choice: {
    label: '客户等级',
    input: {
      options: [{ label: { zh: '重点', en: 'Key' } }, { value: 'b', label: { zh: '普通', en: 'Plain' } }],
    },
    values: () => ['b', 'zhongdian'],
    filter: () => ['eq', 'b'],
    sortable: true,
    bad: 'c',
  },
  multiChoice: {
    label: '经营范围',
    input: {
      options: [
        { value: 'a', label: '零售' },
        { value: 'b', label: '批发' },
      ],
    },
    values: () => [['a', 'b'], ['b']],
    filter: () => ['in', ['a']],
    bad: ['z'],
  },
  reference: {
    label: '服务顾问',
    input: { to: 'user' },
    values: () => [admin.id, null],
    filter: () => ['eq', admin.id],
    read: (value) => value && { id: value, title: '林静' },
    bad: '00000000-0000-7000-8000-000000000000',
  },
  references: {
    label: '供应商',
    input: { to: 'customer' },
    values: () => [[supplier.id], []],
    filter: () => ['contains', supplier.id],
    read: (value) => (value as string[]).map((id) => ({ id, title: '远山供应' })),
    bad: ['nobody'],
  },
};

test.each(Object.entries(CASES))('a %s field works everywhere at once', async (kind, each) => {
  const read = each.read ?? plain;
  const { id, name } = await make({ kind, label: each.label, ...each.input });
  const [first, second] = each.values();
  const one = await admin.create('customers', { name: `${kind}甲`, [name]: first });
  expect(one[name]).toEqual(read(first));
  const two = await admin.create('customers', { name: `${kind}乙` });
  const changed = await admin.patch(`/customers/${two.id}`, { [name]: second });
  expect(changed.body[name]).toEqual(read(second));
  await admin.create('customers', { name: `${kind}丙` });

  const [op, value] = each.filter();
  expect(await filtered(name, op, value)).toEqual([`${kind}甲`]);
  await ready(id);
  expect(await filtered(name, op, value)).toEqual([`${kind}甲`]);
  if (each.q) {
    const { groups } = (await admin.get(`/search?q=${encodeURIComponent(each.q)}`)).body;
    expect(groups.flatMap((group: { items: { title: string }[] }) => group.items)).toMatchObject([
      { title: `${kind}甲` },
    ]);
    expect(await found(`q=${encodeURIComponent(each.q)}`)).toEqual([`${kind}甲`]);
  }
  if (each.sortable) {
    const only = `filter=${encodeURIComponent(JSON.stringify({ field: 'name', op: 'startsWith', value: kind }))}`;
    const order = (await found(`${only}&sort=${name}`)).filter((title: string) => !title.endsWith('丙'));
    expect(order).toEqual([`${kind}甲`, `${kind}乙`]);
    expect((await found(`${only}&sort=-${name}`))[0]).toBe(`${kind}乙`);
  }
  const refused = await admin.post('/customers', { name: '错', [name]: each.bad });
  expect(refused.status).toBe(422);
  expect(refused.body.errors[0].path.split('.')[0]).toBe(name);
  expect(await metaField(name)).toMatchObject({ kind, custom: true, label: each.label, access: 'write' });
  const document = (await admin.get('/openapi.json')).body;
  expect(document.components.schemas.Customer.properties).toHaveProperty(name);
  expect(document.components.schemas.CustomerPatch.properties).toHaveProperty(name);
});

test('all these fields leave tables and declarations in agreement', async () => {
  expect(await schemaDrift(house.services.db, house.services.registry())).toEqual([]);
});

test('labels are in both languages, names follow them and never clash', async () => {
  const { name, id } = await make({
    kind: 'text',
    label: { zh: '车型', en: 'Car model' },
    help: '按行驶证填写',
  });
  expect(name).toBe('x_chexing');
  expect(await metaField(name)).toMatchObject({ label: '车型', help: '按行驶证填写' });
  await admin.patch(`/users/${admin.id}`, { language: 'en' });
  expect(await metaField(name)).toMatchObject({ label: 'Car model' });
  await admin.patch(`/users/${admin.id}`, { language: null });
  expect(await make({ kind: 'text', label: '车形' })).toMatchObject({ name: 'x_chexing2' });
  expect(await make({ kind: 'text', label: '★' })).toMatchObject({ name: 'x_field' });
  expect(await make({ kind: 'text', label: 'Fleet no.', name: 'fleet' })).toMatchObject({ name: 'x_fleet' });
  const refusals: [object, string, string][] = [
    [{ label: '车型', kind: 'text' }, 'label_taken', 'label'],
    [{ label: '客户名', name: 'name', kind: 'text' }, 'invalid', 'name'],
    [{ label: '编', name: 'x_fleet', kind: 'text' }, 'not_unique', 'name'],
    [{ label: '编', name: 'No Good', kind: 'text' }, 'invalid', 'name'],
    [{ label: '', kind: 'text' }, 'invalid', 'label'],
    [{ label: '编', kind: 'birthday' }, 'invalid', 'kind'],
    [{ label: '编', kind: 'choice' }, 'invalid', 'options'],
    [{ label: '编', kind: 'reference' }, 'invalid', 'to'],
    [{ label: '编', kind: 'reference', to: 'nothing' }, 'invalid', 'to'],
    [{ label: '编', kind: 'boolean', unique: true }, 'invalid', 'unique'],
    [{ label: '编', kind: 'date', searchable: true }, 'invalid', 'searchable'],
    [{ label: '编', kind: 'text', max: 501 }, 'invalid', 'max'],
    [{ label: '编', kind: 'integer', min: 5, maxValue: 4 }, 'invalid', 'maxValue'],
    [{ label: '编', kind: 'integer', maxValue: 10, default: 11 }, 'invalid', 'default'],
    [{ label: '编', kind: 'text', entity: 'nothing' }, 'invalid', 'entity'],
    [{ label: '编', kind: 'text', colour: 'red' }, 'invalid', 'colour'],
  ];
  for (const [input, code, path] of refusals) {
    const { body } = await admin.post('/custom-fields', { entity: 'customer', ...input });
    expect([body.code, body.errors?.[0]?.path], JSON.stringify(input)).toEqual([code, path]);
  }
  const renamed = await admin.patch(`/custom-fields/${id}`, { label: { zh: '座驾', en: 'Car' } });
  expect(renamed.body).toMatchObject({ name, label: { zh: '座驾', en: 'Car' } });
  expect(await metaField(name)).toMatchObject({ label: '座驾' });
  expect((await admin.patch(`/custom-fields/${id}`, { kind: 'date' })).body.errors[0]).toMatchObject({
    path: 'kind',
    code: 'unknown_field',
  });
});

test('required, default and limits hold from now on', async () => {
  const { id, name } = await make({ kind: 'integer', label: '门店数', entity: 'product', required: true });
  expect((await admin.post('/products', { name: '无' })).body.errors).toMatchObject([
    { path: name, code: 'required' },
  ]);
  await admin.patch(`/custom-fields/${id}`, { default: 3 });
  expect((await admin.create('products', { name: '有' }))[name]).toBe(3);
  await admin.patch(`/custom-fields/${id}`, { maxValue: 5, default: null, required: false });
  expect((await admin.create('products', { name: '空' }))[name]).toBe(null);
  expect((await admin.post('/products', { name: '多', [name]: 6 })).body.errors).toMatchObject([
    { path: name, code: 'too_large' },
  ]);
});

test('an option left out is retired: stored values stay, new ones are refused', async () => {
  const options = [
    { value: 'a', label: { zh: '甲级', en: 'A' } },
    { value: 'b', label: { zh: '乙级', en: 'B' } },
  ];
  const { id, name } = await make({ kind: 'choice', label: '资质', options });
  const record = await admin.create('customers', { name: '有资质', [name]: 'b' });
  const patched = await admin.patch(`/custom-fields/${id}`, {
    options: [{ value: 'a', label: { zh: '一级', en: 'First' } }, { label: { zh: '特级', en: 'Top' } }],
  });
  expect(patched.body.options).toEqual([
    { value: 'a', label: { zh: '一级', en: 'First' } },
    { value: 'teji', label: { zh: '特级', en: 'Top' } },
    { value: 'b', label: { zh: '乙级', en: 'B' }, retired: true },
  ]);
  expect((await admin.get(`/customers/${record.id}`)).body[name]).toBe('b');
  expect((await metaField(name))?.options).toContainEqual({ value: 'b', label: '乙级', retired: true });
  expect(await filtered(name, 'eq', 'b')).toEqual(['有资质']);
  const again = await admin.patch(`/customers/${record.id}`, { [name]: 'b', remark: '同值' });
  expect(again.status).toBe(200);
  expect((await admin.post('/customers', { name: '新', [name]: 'b' })).body.errors).toMatchObject([
    { path: name, code: 'option_retired' },
  ]);
  await admin.patch(`/customers/${record.id}`, { [name]: 'teji' });
  expect((await admin.patch(`/customers/${record.id}`, { [name]: 'b' })).status).toBe(422);
});

test('a unique field names itself; values that are not unique cannot become so', async () => {
  const { id, name } = await make({ kind: 'text', label: '会员号', unique: true });
  await ready(id);
  await admin.create('customers', { name: '会员一', [name]: 'M1' });
  const twice = await admin.post('/customers', { name: '会员二', [name]: 'M1' });
  expect(twice.status).toBe(409);
  expect(twice.body).toMatchObject({ code: 'not_unique', errors: [{ path: name, code: 'not_unique' }] });
  await admin.patch(`/custom-fields/${id}`, { unique: false });
  await ready(id);
  await admin.create('customers', { name: '会员二', [name]: 'M1' });
  const refused = await admin.patch(`/custom-fields/${id}`, { unique: true });
  expect(refused.body).toMatchObject({ code: 'values_not_unique', count: 1 });
  expect(await schemaDrift(house.services.db, house.services.registry())).toEqual([]);
});

test('a field that becomes sortable and searchable later catches up with the records there are', async () => {
  const needle = encodeURIComponent('重庆办');
  const off = { searchable: false, filterable: false, sortable: false };
  const { id, name } = await make({ kind: 'text', label: '渠道经理', ...off });
  await admin.create('customers', { name: '后甲', [name]: '重庆办' });
  await admin.create('customers', { name: '后乙', [name]: '安徽办' });
  expect((await admin.get(`/customers?sort=${name}`)).body.errors).toMatchObject([{ code: 'not_sortable' }]);
  expect(await found(`q=${needle}`)).toEqual([]);
  const patched = await admin.patch(`/custom-fields/${id}`, {
    searchable: true,
    filterable: true,
    sortable: true,
  });
  expect(patched.body.state).toBe('indexing');
  await ready(id);
  const only = `filter=${encodeURIComponent(JSON.stringify({ field: name, op: 'empty', value: false }))}`;
  expect(await found(`${only}&sort=${name}`)).toEqual(['后乙', '后甲']);
  expect(await found(`q=${needle}`)).toEqual(['后甲']);
  await admin.patch(`/custom-fields/${id}`, off);
  await ready(id);
  expect(await found(`q=${needle}`)).toEqual([]);
  const { rows } = await sql`select 1 from pg_indexes where indexdef like ${`%${name}%`}`.execute(
    house.services.db,
  );
  expect(rows).toEqual([]);
});

test('retiring hides and keeps, restoring shows again, erasing needs the number', async () => {
  const needle = encodeURIComponent('老号码七');
  const { id, name } = await make({ kind: 'text', label: '旧编号' });
  const record = await admin.create('customers', { name: '有旧编号', [name]: '老号码七' });
  await admin.post('/views', {
    entity: 'customer',
    name: '按旧编号',
    definition: { sort: `-${name}`, columns: ['name'] },
  });
  const rights = { actions: { read: 'all' }, fields: { [name]: 'hidden' } } as const;
  await house.person({ entities: { customer: rights } }, { name: '外人' });
  expect((await admin.get(`/custom-fields/${id}/usage`)).body).toMatchObject({
    count: 1,
    views: ['按旧编号'],
    roles: [expect.stringContaining('外人')],
  });
  const retired = await admin.delete(`/custom-fields/${id}`);
  expect(retired.body).toMatchObject({ state: 'retired', usedBy: { views: ['按旧编号'] } });
  expect((await admin.get(`/customers/${record.id}`)).body).not.toHaveProperty(name);
  expect((await admin.post('/customers', { name: '新', [name]: 'x' })).body.errors[0].code).toBe(
    'unknown_field',
  );
  expect(await metaField(name)).toBeUndefined();
  await eventually(async () => (await found(`q=${needle}`)).length === 0);
  expect((await admin.patch(`/custom-fields/${id}`, { required: true })).body.code).toBe('field_retired');

  await admin.patch(`/custom-fields/${id}`, { retired: false });
  expect((await admin.get(`/customers/${record.id}`)).body[name]).toBe('老号码七');
  await ready(id);
  expect(await found(`q=${needle}`)).toEqual(['有旧编号']);

  await admin.delete(`/custom-fields/${id}`);
  const unsure = await admin.delete(`/custom-fields/${id}`);
  expect(unsure.body).toMatchObject({ code: 'erase_needs_confirmation', count: 1 });
  expect((await admin.delete(`/custom-fields/${id}?confirm=0`)).status).toBe(409);
  expect((await admin.delete(`/custom-fields/${id}?confirm=1`)).status).toBe(204);
  const columns =
    await sql`select 1 from information_schema.columns where column_name like ${`${name}%`}`.execute(
      house.services.db,
    );
  expect(columns.rows).toEqual([]);
  expect((await make({ kind: 'date', label: '旧编号' })).name).toBe(`${name}2`);
});

test('before a field goes one is told of every rule that would stand still without it', async () => {
  const { name, id } = await make({ kind: 'integer', label: '规模分', filterable: true });
  await ready(id);
  const { id: other } = await make({ kind: 'integer', label: '规模分二', filterable: true });
  const big = { field: name, op: 'gte', value: 5 };
  const segment = await admin.create('segments', { name: '大客户群', definition: big });
  const within = await admin.create('segments', {
    name: '杭州大客户群',
    definition: { segment: segment.id },
  });
  await admin.create('segments', { name: '无关', definition: { field: 'city', op: 'eq', value: '杭州市' } });
  await admin.create('pools', { name: '大客户公海', condition: big });
  await admin.create('care-plans', { name: '大客户生日', occasion: 'birthday', segment: within.id });
  await admin.create('care-plans', { name: '人人生日', occasion: 'birthday' });
  await admin.create('call-back-plans', { name: '大客户回访', days: 30, segment: segment.id });
  const models = (await admin.get('/lifecycle/models')).body.items;
  const life = models.find(({ code }: { code: string }) => code === 'life');
  const moves = [{ ...life.definition.moves[0], filter: big }, ...life.definition.moves.slice(1)];
  const saved = await admin.put('/lifecycle/models/life', {
    active: false,
    definition: { ...life.definition, moves },
  });
  expect(saved.status, JSON.stringify(saved.body)).toBeLessThan(300);
  const scheme = {
    name: '按规模',
    kind: 'conditions',
    definition: {
      grades: [
        { value: 'big', label: { zh: '大', en: 'Big' }, filter: big },
        { value: 'rest', label: { zh: '其他', en: 'Others' } },
      ],
    },
  };
  const graded = await admin.post('/grade-schemes', scheme);
  expect(graded.status, JSON.stringify(graded.body)).toBe(201);
  const flow = await admin.post('/approval-flows', {
    subject: 'customer.abandon',
    name: '放弃大客户',
    active: false,
    definition: {
      nodes: [
        {
          kind: 'branch',
          id: 'size',
          branches: [
            { id: 'a', name: '大', when: { field: name, op: 'gte', value: 5 }, nodes: [] },
            { id: 'b', name: '其他', when: null, nodes: [] },
          ],
        },
      ],
    },
  });
  expect(flow.status, JSON.stringify(flow.body)).toBe(201);
  const expected = [
    ['关怀计划', '大客户生日'],
    ['客户分级方案', '按规模'],
    ['回访计划', '大客户回访'],
    ['审批流程', '放弃大客户'],
    ['公海', '大客户公海'],
    ['生命周期', '生命周期'],
    ['客户细分', '大客户群'],
  ].toSorted();
  const told = (rules: { kind: string; title: string }[]) =>
    rules.map(({ kind, title }) => [kind, title]).toSorted();
  expect(told((await admin.get(`/custom-fields/${id}/usage`)).body.rules)).toEqual(expected);
  expect((await admin.get(`/custom-fields/${other}/usage`)).body.rules).toEqual([]);
  expect(told((await admin.delete(`/custom-fields/${id}`)).body.usedBy.rules)).toEqual(expected);
});

test('only administrators may look at or change fields; every change is in the audit', async () => {
  const clerk = await house.person({
    entities: { '*': { actions: { read: 'all', create: 'all', update: 'all' } } },
  });
  const { id } = await make({ kind: 'text', label: '审计项', entity: 'tag' });
  const tries = [
    await clerk.get('/custom-fields'),
    await clerk.post('/custom-fields', { entity: 'customer', label: '私自', kind: 'text' }),
    await clerk.patch(`/custom-fields/${id}`, { required: true }),
    await clerk.delete(`/custom-fields/${id}`),
    await clerk.get(`/custom-fields/${id}/usage`),
    await clerk.post('/record-types', { label: '私自', scope: 'open' }),
    await clerk.get('/record-types'),
  ];
  expect(tries.map(({ status }) => status)).toEqual(tries.map(() => 403));
  await admin.patch(`/custom-fields/${id}`, { required: true });
  const { rows } = await sql<{
    action: string;
    changes: object;
  }>`select e.action, v.changes from audit_entry e
    join audit_value v on v.audit_id = e.id where e.record_id = ${id} order by e.id`.execute(
    house.services.db,
  );
  expect(rows).toMatchObject([
    { action: 'create', changes: { kind: { before: null, after: 'text' } } },
    { action: 'update', changes: { required: { before: null, after: true } } },
  ]);
  // Read by a person it is in his words.
  const told = (await admin.get(`/audit?recordId=${id}`)).body.items;
  expect(told[0].changes).toEqual([{ field: 'required', label: '必填', before: null, after: '是' }]);
  expect(told[1].changes).toContainEqual({ field: 'label', label: '名称', before: null, after: '审计项' });
});

test('rights, masks and audit treat own fields like ours', async () => {
  const { name } = await make({ kind: 'phone', label: '私人电话', sensitive: true });
  const record = await admin.create('customers', { name: '有私人电话', [name]: '13812345678' });
  await admin.patch(`/customers/${record.id}`, { [name]: '13912345678' });
  const seeing = (right: 'hidden' | 'masked' | 'read') =>
    house.person({
      entities: { customer: { actions: { read: 'all', update: 'all' }, fields: { [name]: right } } },
    });
  const [blind, half, reader] = [await seeing('hidden'), await seeing('masked'), await seeing('read')];
  const term = encodeURIComponent(JSON.stringify({ field: name, op: 'eq', value: '13912345678' }));
  expect((await blind.get(`/customers/${record.id}`)).body).not.toHaveProperty(name);
  expect((await half.get(`/customers/${record.id}`)).body[name]).toBe('139****5678');
  expect((await reader.get(`/customers/${record.id}`)).body[name]).toBe('13912345678');
  expect((await blind.get(`/customers?filter=${term}`)).status).toBe(400);
  expect((await half.get(`/customers?filter=${term}`)).status).toBe(403);
  expect((await reader.patch(`/customers/${record.id}`, { [name]: '1' })).status).toBe(403);
  const { items } = (await admin.get(`/audit?recordId=${record.id}`)).body;
  expect(items[0].changes).toMatchObject([{ field: name, label: '私人电话' }]);
});

test('200 fields are enough', async () => {
  await sql`insert into custom_field (entity, name, kind, spec, position)
    select 'tag', 'x_many' || n, 'text', jsonb_build_object('label', jsonb_build_object('zh', n::text, 'en', n::text)), n
    from generate_series(1, 200) n`.execute(house.services.db);
  const { body } = await admin.post('/custom-fields', { entity: 'tag', label: '再来', kind: 'text' });
  expect(body).toMatchObject({ code: 'too_many_fields' });
  await sql`delete from custom_field where entity = 'tag'`.execute(house.services.db);
});
