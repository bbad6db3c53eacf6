import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Permissions } from '../access/permissions.ts';
import { type Person, startTestApp, type TestApp } from '../testing/app.ts';

let house: TestApp;
let admin: Person;
let seller: Person;
let buddy: Person;
let east: string;
let north: string;

const ACTIONS = ['read', 'create', 'update', 'delete', 'transfer'] as const;
const own = { actions: Object.fromEntries(ACTIONS.map((action) => [action, 'self' as const])) };
const SELLER: Permissions = {
  entities: { customer: own, contact: own, activity: own, task: own, tag: { actions: { read: 'all' } } },
};

beforeAll(async () => {
  house = await startTestApp();
  admin = house.administrator;
  [east, north] = [await house.department('华东'), await house.department('华北')];
  seller = await house.person(SELLER, { department: east, name: '单雄信' });
  buddy = await house.person(SELLER, { department: north, name: '秦琼' });
});
afterAll(() => house.stop());

const titles = async (who: Person, path: string) =>
  (await who.get(path)).body.items.map((item: { title: string }) => item.title);
const hits = async (who: Person, q: string) =>
  (await who.get(`/search?q=${encodeURIComponent(q)}`)).body.groups.flatMap(
    (group: { items: { title: string }[] }) => group.items.map((item) => item.title),
  );
const traces = async (recordId: string) =>
  (
    await sql<{ audits: number; events: number }>`select
      (select count(*) from audit_entry where record_id = ${recordId}) as audits,
      (select count(*) from event where ${recordId} = any(record_ids)) as events`.execute(house.services.db)
  ).rows[0];

describe('creation', () => {
  test('fills defaults, number, owner, department and who did it', async () => {
    const made = await seller.create('customers', { name: '默认客户', phone: '' });
    expect(made).toMatchObject({
      version: 1,
      title: '默认客户',
      kind: 'company',
      addressInvalid: false,
      number: expect.stringMatching(/^KH-\d{4}-\d{6}$/),
      phone: null,
      tags: [],
      owner: { id: seller.id, title: '单雄信' },
      department: { id: east, title: '华东' },
      createdBy: { id: seller.id },
      updatedBy: { id: seller.id },
      can: { update: true, delete: true, transfer: true, share: false },
    });
    expect(made.createdAt).toBe(made.updatedAt);
  });

  test('the department is the owner’s unless another is named', async () => {
    const of = async (body: object) =>
      (await admin.create('customers', { name: '部门从何来', ...body })).department;
    expect(await of({ owner: buddy.id })).toMatchObject({ id: north });
    expect(await of({ owner: buddy.id, department: east })).toMatchObject({ id: east });
    expect(await of({ owner: null })).toBeNull();
  });

  test('what hangs on a customer has its owner and department, whoever made it', async () => {
    const customer = await admin.create('customers', { name: '挂靠', owner: buddy.id });
    const contact = await admin.create('contacts', { name: '小李', customer: customer.id });
    expect(contact).toMatchObject({
      owner: { id: admin.id },
      rootOwner: buddy.id,
      department: { id: north },
    });
    expect((await buddy.get(`/contacts/${contact.id}`)).status).toBe(200);
    expect((await seller.get(`/contacts/${contact.id}`)).status).toBe(404);
    const moved = await admin.patch(`/contacts/${contact.id}`, { customer: null });
    expect(moved.body).toMatchObject({ customer: null });
    expect(moved.body.rootOwner).toBeUndefined();
    expect((await buddy.get(`/contacts/${contact.id}`)).status).toBe(404);
  });

  test.each<[string, object, number, string, string]>([
    ['nothing', {}, 422, 'name', 'required'],
    ['blank name', { name: '   ' }, 422, 'name', 'required'],
    ['unknown field', { name: 'x', colour: 'red' }, 422, 'colour', 'unknown_field'],
    ['number', { name: 'x', number: 'KH-1' }, 422, 'number', 'unknown_field'],
    ['createdAt', { name: 'x', createdAt: '2020-01-01T00:00:00Z' }, 422, 'createdAt', 'unknown_field'],
    ['version', { name: 'x', version: 7 }, 422, 'version', 'unknown_field'],
    ['long name', { name: '长'.repeat(201) }, 422, 'name', 'too_long'],
    ['control character', { name: 'a\u0007b' }, 422, 'name', 'bad_format'],
    ['bad option', { name: 'x', kind: 'club' }, 422, 'kind', 'bad_option'],
    ['bad mail', { name: 'x', email: 'nobody' }, 422, 'email', 'bad_email'],
    ['bad link', { name: 'x', website: 'javascript:alert(1)' }, 422, 'website', 'bad_format'],
    ['negative count', { name: 'x', employees: -1 }, 422, 'employees', 'too_small'],
    ['broken count', { name: 'x', employees: 1.5 }, 422, 'employees', 'wrong_type'],
    [
      'float money',
      { name: 'x', annualRevenue: { amount: '1e9', currency: 'CNY' } },
      422,
      'annualRevenue.amount',
      'bad_format',
    ],
    ...(
      [
        ['12.345', 'CNY', 'amount', 'money_too_precise'],
        ['0.5', 'JPY', 'amount', 'money_too_precise'],
        ['1.2345', 'KWD', 'amount', 'money_too_precise'],
        ['5', 'XYZ', 'currency', 'money_currency_unknown'],
      ] as const
    ).map(([amount, currency, part, code]): [string, object, number, string, string] => [
      `${amount} ${currency}`,
      { name: 'x', annualRevenue: { amount, currency } },
      422,
      `annualRevenue.${part}`,
      code,
    ]),
    [
      'stranger as parent',
      { name: 'x', parent: '01890000-0000-7000-8000-000000000000' },
      422,
      'parent',
      'unknown_reference',
    ],
    ['somebody else’s', { name: 'x', owner: 'buddy' }, 403, 'owner', 'outside_scope'],
  ])('%s is refused and leaves no trace', async (_what, body, status, path, code) => {
    const events = () => sql<{ n: number }>`select count(*) as n from event`.execute(house.services.db);
    const before = (await events()).rows[0];
    const owner = 'owner' in body ? { owner: buddy.id } : {};
    const answer = await seller.post('/customers', { ...body, ...owner });
    expect({ status: answer.status, ...answer.body.errors[0], message: null }).toEqual({
      status,
      path,
      code,
      message: null,
    });
    expect((await events()).rows[0]).toEqual(before);
  });

  test.each([
    ['12.340000', 'CNY'],
    ['12.00', 'JPY'],
    ['1.234', 'KWD'],
  ])('%s %s is money, and kept', async (amount, currency) => {
    const annualRevenue = { amount, currency };
    expect((await seller.create('customers', { name: '钱', annualRevenue })).annualRevenue).toEqual(
      annualRevenue,
    );
  });

  test('a refused amount is explained in words', async () => {
    const annualRevenue = { amount: '0.5', currency: 'JPY' };
    const { body } = await seller.post('/customers', { name: '钱', annualRevenue });
    expect(body.errors[0].message).toBe('金额“0.5”太细：JPY 最多 0 位小数。');
  });

  test('numbers never repeat, also of many created at once', async () => {
    const made = await Promise.all(
      Array.from({ length: 30 }, (_, n) => seller.create('customers', { name: `一起${n}` })),
    );
    expect(new Set(made.map(({ number }) => number)).size).toBe(30);
  });

  test('a reference outside one’s scope or in the recycle bin does not exist', async () => {
    const hidden = await admin.create('customers', { name: '别人的' });
    const gone = await seller.create('customers', { name: '扔掉的' });
    await seller.delete(`/customers/${gone.id}`);
    for (const customer of [hidden.id, gone.id]) {
      const { body } = await seller.post('/contacts', { name: '谁', customer });
      expect(body.errors).toMatchObject([{ path: 'customer', code: 'unknown_reference' }]);
    }
  });
});

describe('changes', () => {
  test('need the version seen; a stale one changes nothing and brings the record as it is now', async () => {
    const { id } = await seller.create('customers', { name: '版本' });
    const patch = (version: string | null, body: object) =>
      seller.send('PATCH', `/customers/${id}`, body, version === null ? {} : { 'if-match': version });
    expect((await patch(null, { remark: 'a' })).body).toMatchObject({
      status: 428,
      code: 'version_required',
    });
    expect((await patch('latest', { remark: 'a' })).body).toMatchObject({ status: 400, code: 'bad_version' });
    const first = await patch('"1"', { remark: 'a' });
    expect([first.status, first.body.version, first.headers.etag]).toEqual([200, 2, '"2"']);
    const stale = await patch('"1"', { remark: 'b' });
    expect(stale.body).toMatchObject({
      status: 412,
      code: 'version_conflict',
      current: { id, version: 2, remark: 'a' },
    });
    const gone = await seller.send('DELETE', `/customers/${id}`, undefined, { 'if-match': '"1"' });
    expect(gone.body).toMatchObject({ status: 412, code: 'version_conflict' });
    expect((await seller.get(`/customers/${id}`)).body).toMatchObject({ version: 2, remark: 'a' });
  });

  test('of two at once with the same version one wins and the other is told', async () => {
    const { id } = await seller.create('customers', { name: '争' });
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, n) =>
        seller.patch(`/customers/${id}`, { remark: `${n}` }, { 'if-match': '"1"' }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412, 412, 412, 412]);
    expect(await traces(id)).toEqual({ audits: 2, events: 2 });
  });

  test.each<[string, string, object, object]>([
    [
      'money written otherwise',
      'customers',
      { annualRevenue: { amount: '1200', currency: 'CNY' } },
      { annualRevenue: { amount: '1200.00', currency: 'CNY' } },
    ],
    [
      'money with zeros',
      'customers',
      { annualRevenue: { amount: '10.50', currency: 'CNY' } },
      { annualRevenue: { amount: '10.5', currency: 'CNY' } },
    ],
    [
      'the same moment in another zone',
      'activities',
      { occurredAt: '2026-03-05T00:00:00Z' },
      { occurredAt: '2026-03-05T08:00:00.000+08:00' },
    ],
    ['an empty list', 'customers', { tags: [] }, { tags: [], otherPhones: [] }],
    ['empty text', 'customers', {}, { remark: '', phone: null }],
    ['a task that is done', 'tasks', { status: 'done' }, { status: 'done' }],
    ['nothing', 'customers', {}, {}],
  ])('%s is no change: version, audit and events stay', async (_what, plural, values, again) => {
    const name = plural === 'customers' ? { name: '不变' } : { subject: '不变' };
    const made = await seller.create(plural, { ...name, ...values });
    const before = await traces(made.id);
    const { body } = await seller.patch(`/${plural}/${made.id}`, { ...name, ...again });
    expect(body).toMatchObject({ version: 1, updatedAt: made.updatedAt });
    expect(await traces(made.id)).toEqual(before);
  });

  test.each<[string, object, object]>([
    ['text of digits', { remark: '1.10' }, { remark: '1.1' }],
    ['text like a moment', { remark: '2026-03-05T00:00:00Z' }, { remark: '2026-03-05T00:00:00.0Z' }],
    [
      'the order of phones',
      { otherPhones: ['13800000001', '13800000002'] },
      { otherPhones: ['13800000002', '13800000001'] },
    ],
    [
      'the currency',
      { annualRevenue: { amount: '1', currency: 'CNY' } },
      { annualRevenue: { amount: '1', currency: 'USD' } },
    ],
    ['capitals', { wechat: 'abc' }, { wechat: 'ABC' }],
  ])('%s is a change', async (_what, values, again) => {
    const made = await seller.create('customers', { name: '变', ...values });
    const { body } = await seller.patch(`/customers/${made.id}`, again);
    expect(body).toMatchObject({ version: 2, ...again });
  });

  test('money of another currency has no value in the company’s currency', async () => {
    const { id } = await seller.create('customers', {
      name: '外币',
      annualRevenue: { amount: '9', currency: 'USD' },
    });
    const { rows } =
      await sql`select annual_revenue, annual_revenue_base from customer where id = ${id}`.execute(
        house.services.db,
      );
    expect(rows).toEqual([{ annual_revenue: '9', annual_revenue_base: null }]);
  });

  test('outside one’s scope a record does not exist, for reading, changing and deleting alike', async () => {
    const { id } = await buddy.create('customers', { name: '看不见' });
    const path = `/customers/${id}`;
    const answers = [
      await seller.get(path),
      await seller.patch(path, { remark: 'x' }),
      await seller.delete(path),
      await seller.post(`${path}/restore`),
      await seller.post(`${path}/transfer`, { owner: seller.id }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404]);
  });

  test('giving a record away is a right of its own, whichever way it is tried', async () => {
    const actions = { read: 'self', create: 'self', update: 'self' } as const;
    const keeper = await house.person({ entities: { customer: { actions } } });
    const { id } = await keeper.create('customers', { name: '不许转' });
    for (const body of [{ owner: buddy.id }, { owner: null }, { department: north }]) {
      const answer = await keeper.patch(`/customers/${id}`, body);
      expect([answer.status, answer.body.code]).toEqual([403, 'transfer_forbidden']);
    }
    expect((await keeper.post(`/customers/${id}/transfer`, { owner: buddy.id })).status).toBe(403);
    expect((await keeper.patch(`/customers/${id}`, { owner: keeper.id, remark: 'x' })).status).toBe(200);
  });
});

describe('transfer', () => {
  test('takes people, follow-ups and tasks along, with search and timeline', async () => {
    const customer = await seller.create('customers', { name: '移交科技' });
    const contact = await seller.create('contacts', { name: '尉迟恭', customer: customer.id });
    await seller.create('activities', {
      subject: '移交前拜访',
      kind: 'visit',
      customer: customer.id,
      contacts: [contact.id],
    });
    const task = await seller.create('tasks', { subject: '移交清单', customer: customer.id });
    await seller.create('contacts', { name: '程咬金' });
    expect(
      (await seller.post(`/customers/${customer.id}/transfer`, { owner: buddy.id })).status,
    ).toBeLessThan(300);

    // He keeps what he made himself and no longer sees the customer.
    expect((await seller.get(`/customers/${customer.id}`)).status).toBe(404);
    expect(await hits(seller, '移交科技')).toEqual([]);
    expect((await buddy.get(`/customers/${customer.id}`)).body).toMatchObject({
      owner: { id: buddy.id },
      department: { id: north },
      version: 2,
    });
    const filter = encodeURIComponent(JSON.stringify({ field: 'customer', op: 'eq', value: customer.id }));
    expect(await titles(buddy, `/contacts?filter=${filter}`)).toEqual(['尉迟恭']);
    expect(await titles(buddy, `/activities?filter=${filter}`)).toEqual(['移交前拜访']);
    expect((await buddy.get(`/tasks/${task.id}`)).body).toMatchObject({
      rootOwner: buddy.id,
      department: { id: north },
      version: 1,
    });
    expect(await hits(buddy, 'yuchi')).toEqual(['尉迟恭']);
    expect(await hits(buddy, '移交')).toEqual(expect.arrayContaining(['移交科技', '移交前拜访', '移交清单']));
    expect(await hits(buddy, '程咬金')).toEqual([]);
    const timeline = (await buddy.get(`/customers/${customer.id}/timeline?category=contact`)).body;
    expect(timeline.items.map((item: { title: string }) => item.title)).toEqual(['移交前拜访']);
    const audit = (await admin.get(`/audit?recordId=${customer.id}`)).body.items[0];
    expect(audit).toMatchObject({ action: 'transfer', actor: { id: seller.id } });
    expect(audit.changes.map((change: { field: string }) => change.field)).toContain('owner');
  });

  test('to nobody known is refused', async () => {
    const { id } = await seller.create('customers', { name: '给谁' });
    const answer = await seller.post(`/customers/${id}/transfer`, {
      owner: '01890000-0000-7000-8000-000000000000',
    });
    expect([answer.status, answer.body.errors[0]]).toMatchObject([
      422,
      { path: 'owner', code: 'unknown_reference' },
    ]);
  });
});

describe('unique values', () => {
  test('a value taken is named with its field; also in another writing of the same request', async () => {
    await admin.create('products', { name: '温控柜', code: 'WK-1' });
    const taken = await admin.post('/products', { name: '别的', code: 'WK-1' });
    expect([taken.status, taken.body.code, taken.body.errors[0].path]).toEqual([409, 'not_unique', 'code']);
    const other = await admin.create('products', { name: '别的', code: 'WK-2' });
    const patched = await admin.patch(`/products/${other.id}`, { code: 'WK-1' });
    expect([patched.status, patched.body.errors[0].path]).toEqual([409, 'code']);
    expect((await admin.get(`/products/${other.id}`)).body).toMatchObject({ code: 'WK-2', version: 1 });
  });

  test('a deleted record gives its value free, and cannot come back while another has it', async () => {
    const first = await admin.create('tags', { name: '战略' });
    await admin.delete(`/tags/${first.id}`);
    const second = await admin.create('tags', { name: '战略' });
    const refused = await admin.post(`/tags/${first.id}/restore`);
    expect([refused.status, refused.body.code, refused.body.errors[0].path]).toEqual([
      409,
      'not_unique',
      'name',
    ]);
    expect(await titles(admin, '/tags?deleted=true')).toEqual(['战略']);
    await admin.delete(`/tags/${second.id}`);
    expect((await admin.post(`/tags/${first.id}/restore`)).body).toMatchObject({
      id: first.id,
      title: '战略',
    });
  });

  test('of many who want one value at once exactly one gets it', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => admin.post('/tags', { name: '抢' })));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(7);
  });
});

describe('the recycle bin', () => {
  test('people and tasks go with their customer and come back with it, but not what was deleted before', async () => {
    const customer = await seller.create('customers', { name: '来去' });
    const stays = await seller.create('contacts', { name: '罗成', customer: customer.id });
    const before = await seller.create('contacts', { name: '早删', customer: customer.id });
    await seller.create('activities', { subject: '来去电话', customer: customer.id, contacts: [stays.id] });
    await seller.delete(`/contacts/${before.id}`);
    const deleted = await seller.send('DELETE', `/customers/${customer.id}`, undefined, {
      'if-match': '"1"',
    });
    expect(deleted.status).toBe(204);

    expect((await seller.get(`/customers/${customer.id}`)).status).toBe(404);
    expect((await seller.get(`/contacts/${stays.id}`)).status).toBe(404);
    expect(await hits(seller, '罗成')).toEqual([]);
    expect(await titles(seller, '/customers?deleted=true&sort=name')).toContain('来去');
    expect((await seller.get(`/customers/${customer.id}?deleted=true`)).body.deletedAt).toBeTypeOf('string');

    const back = await seller.post(`/customers/${customer.id}/restore`);
    expect(back.body).toMatchObject({ title: '来去', version: 3 });
    expect((await seller.get(`/contacts/${stays.id}`)).status).toBe(200);
    expect((await seller.get(`/contacts/${before.id}`)).status).toBe(404);
    expect(await hits(seller, '罗成')).toEqual(['罗成']);
    expect(await hits(seller, '早删')).toEqual([]);
    const timeline = (await seller.get(`/contacts/${stays.id}/timeline?category=contact`)).body.items;
    expect(timeline.map((item: { title: string }) => item.title)).toEqual(['来去电话']);
    expect((await seller.post(`/customers/${customer.id}/restore`)).status).toBe(404);
  });

  test('for good: only from the bin, only by administrators, and not while something refers to it', async () => {
    const customer = await seller.create('customers', { name: '抹去', phone: '13812340000' });
    const contact = await seller.create('contacts', { name: '附属', customer: customer.id });
    const daughter = await seller.create('customers', { name: '子公司', parent: customer.id });
    const forever = (who: Person, path: string) => who.delete(`${path}?forever=true`);
    expect((await forever(admin, `/customers/${customer.id}`)).status).toBe(404);
    await seller.delete(`/customers/${customer.id}`);
    expect((await forever(seller, `/customers/${customer.id}`)).body).toMatchObject({
      status: 403,
      code: 'administrator_required',
    });
    const held = await forever(admin, `/customers/${customer.id}`);
    expect([held.status, held.body.code]).toEqual([409, 'still_referred_to']);
    expect(held.body.detail).toContain('客户');
    await seller.patch(`/customers/${daughter.id}`, { parent: null });
    expect((await forever(admin, `/customers/${customer.id}`)).status).toBe(204);
    expect((await forever(admin, `/contacts/${contact.id}`)).status).toBe(404);
    expect((await seller.post(`/customers/${customer.id}/restore`)).status).toBe(404);
  });

  test('what was erased is told in the audit without its values, and lies nowhere else', async () => {
    const { id } = await admin.create('customers', {
      name: '隐私甲',
      phone: '13600001234',
      email: 'gone@example.cn',
    });
    await admin.patch(`/customers/${id}`, { phone: '13600005678' });
    await admin.post('/customers/mass-update', { ids: [id], set: { remark: '隐私乙' } });
    await admin.post(`/customers/${id}/share`, { user: buddy.id, access: 'read' });
    await admin.delete(`/customers/${id}`);
    await admin.delete(`/customers/${id}?forever=true`);
    const { items } = (await admin.get(`/audit?recordId=${id}`)).body;
    expect(items.map((item: { action: string }) => item.action)).toEqual(
      expect.arrayContaining(['erase', 'delete', 'update', 'create']),
    );
    expect(JSON.stringify(items)).not.toMatch(/1360000|隐私|gone@/);
    const { rows: tables } = await sql<{
      name: string;
    }>`select c.table_name as name from information_schema.columns c
      join information_schema.tables t using (table_schema, table_name)
      where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.column_name = 'record_id'
      and c.table_name not like 'audit_entry%'`.execute(house.services.db);
    expect(tables.map(({ name }) => name)).toContain('search_doc');
    for (const { name } of tables) {
      const { rows } = await sql`select 1 from ${sql.table(name)} where record_id = ${id}`.execute(
        house.services.db,
      );
      expect([name, rows.length]).toEqual([name, 0]);
    }
  });
});
