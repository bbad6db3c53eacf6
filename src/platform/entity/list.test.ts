import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Person, startTestApp, type TestApp } from '../testing/app.ts';
import { manyCustomers, recording, type Statement, tablesReadWhole } from '../testing/statements.ts';
import { COUNT_LIMIT, countRecords, type ListQuery, listRecords } from './list.ts';

const CUSTOMERS = 60_000;

let house: TestApp;
let admin: Person;
/** Reads his own, his department's and what is shared with him. */
let seller: Person;
let colleague: Person;
let department: string;
let elsewhere: string;

beforeAll(async () => {
  house = await startTestApp();
  admin = house.administrator;
  department = await house.department('华东');
  elsewhere = await house.department('华北');
  seller = await house.person(
    {
      entities: {
        customer: { actions: { read: 'department', create: 'department', update: 'self', share: 'self' } },
        task: { actions: { read: 'department', create: 'department' } },
      },
    },
    { department },
  );
  colleague = await house.person({ entities: { customer: { actions: { read: 'self' } } } }, { department });
});
afterAll(() => house.stop());

describe('pages', () => {
  beforeAll(async () => {
    // Half of the dates are empty, many are equal, and whole groups were created at one moment.
    await sql`insert into task (subject, due_date, done_at, status, owner_id, department_id, created_at, updated_at)
      select '任务' || n, case when n % 2 = 0 then date '2026-03-01' + n % 5 end,
        case when n % 3 = 0 then timestamptz '2026-03-01 00:00:00.000001+00' + n % 4 * interval '1 microsecond' end, 'open',
        case when n % 5 = 0 then ${admin.id}::uuid else ${seller.id}::uuid end,
        case when n % 7 = 0 then ${elsewhere}::uuid else ${department}::uuid end,
        timestamptz '2026-02-01 00:00:00.123456+00' + n % 6 * interval '1 day', now()
      from generate_series(1, 83) n`.execute(house.services.db);
  });

  const SORTS: [string, string][] = [
    ['dueDate', 'due_date nulls last, id'],
    ['-dueDate', 'due_date desc nulls last, id desc'],
    ['dueDate,-createdAt', 'due_date nulls last, created_at desc, id'],
    ['-dueDate,createdAt', 'due_date desc nulls last, created_at, id desc'],
    ['-doneAt,dueDate', 'done_at desc nulls last, due_date nulls last, id desc'],
    ['createdAt,-doneAt,-dueDate', 'created_at, done_at desc nulls last, due_date desc nulls last, id'],
    ['-createdAt', 'created_at desc, id desc'],
    ['createdAt,-id', 'created_at, id desc'],
    ['id', 'id'],
  ];

  test.each(SORTS)(
    'sorted by %s, the pages together are all records, each once, in order',
    async (sort, order) => {
      for (const [who, where] of [
        [admin, 'true'],
        [seller, `(owner_id = '${seller.id}' or department_id = '${department}')`],
      ] as const) {
        const { rows } = await sql<{
          id: string;
        }>`select id from task where ${sql.raw(where)} order by ${sql.raw(order)}`.execute(house.services.db);
        const seen: string[] = [];
        let cursor: string | null = '';
        while (cursor !== null) {
          const path: string = `/tasks?sort=${sort}&limit=9${cursor && `&cursor=${cursor}`}`;
          const { body } = await who.get(path);
          seen.push(...body.items.map((item: { id: string }) => item.id));
          expect(body.items.length).toBe(Math.min(9, rows.length - seen.length + body.items.length));
          cursor = body.nextCursor;
        }
        expect(seen).toEqual(rows.map((row) => row.id));
      }
    },
  );

  test('a page keeps its place while records before it come and go', async () => {
    const first = (await admin.get('/tasks?sort=-createdAt&limit=5')).body;
    const rest = (await admin.get(`/tasks?sort=-createdAt&limit=5&cursor=${first.nextCursor}`)).body;
    const late = await admin.create('tasks', { subject: '刚来的' });
    await admin.delete(`/tasks/${first.items[0].id}`);
    const again = (await admin.get(`/tasks?sort=-createdAt&limit=5&cursor=${first.nextCursor}`)).body;
    const ids = (page: typeof rest) => page.items.map((item: { id: string }) => item.id);
    expect(ids(again)).toEqual(ids(rest));
    expect(ids(again)).not.toContain(late.id);
  });

  test.each([
    ['of another sort', 'sort=createdAt&cursor={}'],
    ['that is no cursor', 'sort=-createdAt&cursor=abc'],
    [
      'of nonsense',
      `sort=-createdAt&cursor=${Buffer.from('["-created_at,-id","x","y"]').toString('base64url')}`,
    ],
    [
      'with an empty key',
      `sort=-createdAt&cursor=${Buffer.from('["-created_at,-id",null,null]').toString('base64url')}`,
    ],
  ])('a cursor %s is refused', async (_what, query) => {
    const { nextCursor } = (await admin.get('/tasks?sort=-createdAt&limit=1')).body;
    const { status, body } = await admin.get(`/tasks?${query.replace('{}', nextCursor)}`);
    expect([status, body.code]).toEqual([400, 'bad_cursor']);
  });

  test.each([
    ['limit=0', 'bad_query'],
    ['limit=201', 'bad_query'],
    ['limit=x', 'bad_query'],
    ['count=1', 'bad_query'],
    ['page=2', 'bad_query'],
    ['sort=nothing', 'bad_sort'],
    ['sort=remark', 'bad_sort'],
    ['sort=__proto__', 'bad_sort'],
    ['sort=id,id,id,id,id', 'bad_sort'],
  ])('%s is refused as %s', async (query, code) => {
    const { status, body } = await admin.get(`/tasks?${query}`);
    expect([status, body.code]).toEqual([400, code]);
  });
});

describe('scope', () => {
  test('a record that is own, of the department and shared comes once and counts once', async () => {
    const q = { filter: { field: 'city', op: 'eq', value: '威海市' } };
    const make = (name: string, more: object) => admin.create('customers', { name, city: '威海市', ...more });
    const all = await make('三重', { owner: seller.id, department });
    await make('自有', { owner: seller.id, department: elsewhere });
    await make('部门', { owner: colleague.id, department });
    const shared = await make('共享', { owner: admin.id, department: elsewhere });
    await make('无关', { owner: admin.id, department: elsewhere });
    for (const { id } of [all, shared]) {
      const { status } = await admin.post(`/customers/${id}/share`, { user: seller.id, access: 'read' });
      expect(status).toBe(201);
    }
    const path = `/customers?filter=${encodeURIComponent(JSON.stringify(q.filter))}&count=true`;
    const titles = async (more: string) =>
      (await seller.get(`${path}${more}`)).body.items.map((item: { title: string }) => item.title);
    expect(await titles('&sort=createdAt')).toEqual(['三重', '自有', '部门', '共享']);
    expect(await titles('&sort=name')).toEqual(['部门', '共享', '三重', '自有']);
    expect(await titles('&sort=-updatedAt&limit=2')).toEqual(['共享', '部门']);
    const { total, totalIsExact } = (await seller.get(path)).body;
    expect({ total, totalIsExact }).toEqual({ total: 4, totalIsExact: true });
    expect((await colleague.get(path)).body).toMatchObject({ total: 1, items: [{ title: '部门' }] });
  });

  test('who may not read a record type is told so; a scope with nobody in it is an empty list', async () => {
    const stranger = await house.person({ entities: { tag: { actions: { read: 'all' } } } });
    expect((await stranger.get('/customers')).body).toMatchObject({ status: 403, code: 'forbidden' });
    const newcomer = await house.person({ entities: { customer: { actions: { read: 'department' } } } });
    const { body } = await newcomer.get('/customers?count=true');
    expect(body).toEqual({ items: [], nextCursor: null, total: 0, totalIsExact: true });
  });
});

describe('a large base', () => {
  beforeAll(async () => {
    await manyCustomers(
      house.services.db,
      CUSTOMERS,
      [admin.id, admin.id, colleague.id, seller.id],
      [elsewhere, elsewhere, elsewhere, department, elsewhere],
    );
    await sql`insert into record_share (entity, record_id, user_id, access) select 'customer', id, ${seller.id}, 'read'
      from customer order by id limit 20 on conflict do nothing`.execute(house.services.db);
    await sql`analyze record_share`.execute(house.services.db);
  }, 120_000);

  const city = { field: 'city', op: 'eq', value: '苏州市' };

  test('totals stop at ten thousand and say so; below they are exact', async () => {
    const { body } = await admin.get('/customers?count=true&limit=1');
    expect(body).toMatchObject({ total: COUNT_LIMIT, totalIsExact: false });
    const one = await admin.get(
      `/customers?count=true&limit=1&filter=${encodeURIComponent(JSON.stringify(city))}`,
    );
    expect(one.body).toMatchObject({ total: CUSTOMERS / 8, totalIsExact: true });
    const scoped = await seller.get('/customers?count=true&limit=1');
    expect(scoped.body).toMatchObject({ total: COUNT_LIMIT, totalIsExact: false });
    const ctx = await house.context();
    expect(await countRecords(ctx, 'customer', {})).toBe(COUNT_LIMIT + 1);
  });

  const QUERIES: [string, ListQuery][] = [
    ['newest first', {}],
    ['by name', { sort: 'name' }],
    ['one city, by name, backwards', { filter: city, sort: '-name' }],
    ['two conditions', { filter: { and: [city, { field: 'industry', op: 'eq', value: 'software' }] } }],
    ['one owner', { filter: { field: 'owner', op: 'eq', value: null }, sort: 'name' }],
    ['a range', { filter: { field: 'employees', op: 'between', value: [10, 11] } }],
    ['a day', { filter: { field: 'createdAt', op: 'within', value: 'yesterday' } }],
    ['nothing like it', { filter: { field: 'city', op: 'eq', value: '三沙市' } }],
    ['an exact number', { filter: { field: 'number', op: 'eq', value: 'KH-2026-000001' } }],
    ['the recycle bin', { deleted: true }],
  ];

  /** The same query with the person's id where a case says `null`. */
  const asOwner = (query: ListQuery, id: string): ListQuery =>
    JSON.parse(JSON.stringify(query), (key, value) => (key === 'value' && value === null ? id : value));

  test.each(QUERIES)('%s: list, next page and count read no table whole', async (_name, query) => {
    for (const who of [admin, seller]) {
      const { ctx, statements } = recording(await house.contextOf(who), house.services.pool);
      const asked = { ...asOwner(query, seller.id), count: true };
      const first = await listRecords(ctx, 'customer', asked);
      if (first.nextCursor) await listRecords(ctx, 'customer', { ...asked, cursor: first.nextCursor });
      const about = statements.filter(({ text }) => text.includes('"customer"'));
      expect(about.length).toBeGreaterThan(1);
      const whole = await Promise.all(about.map((each) => tablesReadWhole(house.services.pool, each)));
      expect(whole.flat()).toEqual([]);
    }
  });

  test('fifty rows cost as many statements as one', async () => {
    const tags = await Promise.all(['甲', '乙'].map((name) => admin.create('tags', { name })));
    await sql`update customer set tag_ids = ${tags.map(({ id }) => id)}::uuid[], parent_id = (select id from customer limit 1)
      where employees < 20`.execute(house.services.db);
    const count = async (who: Person, query: ListQuery): Promise<Statement[]> => {
      const { ctx, statements } = recording(await house.contextOf(who), house.services.pool);
      const { items } = await listRecords(ctx, 'customer', query);
      expect(items.length).toBe(query.limit);
      return statements;
    };
    for (const who of [admin, seller]) {
      const filter = { field: 'employees', op: 'lt', value: 20 };
      const one = await count(who, { filter, limit: 1, count: true });
      const fifty = await count(who, { filter, limit: 50, count: true });
      expect(fifty.length).toBe(one.length);
      expect(one.length).toBeLessThanOrEqual(3);
    }
  });

  test('a filter without an index is kept within the cost limit', async () => {
    const { ctx, statements } = recording(await house.context(), house.services.pool);
    await listRecords(ctx, 'customer', { filter: { field: 'website', op: 'empty', value: false } });
    expect(statements.map(({ text }) => text)).toContainEqual('set local statement_timeout = 5000');
    // And the look at plans above does notice such a one.
    const list = statements.find(({ text }) => text.includes('"website"')) as Statement;
    expect(await tablesReadWhole(house.services.pool, list)).toEqual([expect.stringContaining('customer')]);
  });
});
