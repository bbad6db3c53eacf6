import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { idPages } from '../../platform/entity/list.ts';
import { bring, csv, fileOf } from '../../platform/imports/testing/files.ts';
import { type Person, startTestApp, type TestApp } from '../../platform/testing/app.ts';

let house: TestApp;
let admin: Person;
let east: string;
let manager: Person;

const SALES = {
  entities: {
    customer: { actions: { read: 'self', create: 'self', update: 'self', export: 'self' } },
    contact: { actions: { read: 'self', create: 'self' } },
    activity: { actions: { read: 'self', create: 'self' } },
    visit: { actions: { read: 'self', create: 'self', update: 'self' } },
  },
} as const;

beforeAll(async () => {
  house = await startTestApp();
  admin = house.administrator;
  east = await house.department('华东');
  manager = await house.person(
    {
      entities: {
        customer: {
          actions: {
            read: 'departmentAndBelow',
            update: 'departmentAndBelow',
            transfer: 'departmentAndBelow',
          },
        },
        contact: { actions: { read: 'departmentAndBelow' } },
        pool: { actions: { read: 'all' } },
      },
    },
    { department: east },
  );
});
afterAll(() => house.stop());

let count = 0;
const sales = (department = east) => house.person(SALES, { department });
const newPool = (more: object = {}) =>
  admin.create('pools', { name: `公海${++count}`, parent: east, memberDepartments: [east], ...more });
const unitOf = (pool: Record<string, unknown>) => (pool.unit as { id: string }).id;
const inPool = async (pool: Record<string, unknown>, more: object = {}) => {
  const made = await admin.create('customers', {
    name: `公海客户${++count}`,
    phone: '13812345678',
    department: unitOf(pool),
    ...more,
  });
  return made.id;
};
const claim = (who: Person, ...ids: string[]) => who.post('/customers/claim', { ids });
const read = async (who: Person, id: string) => (await who.get(`/customers/${id}`)).body;

test('a visit is planned once the customer is claimed, by its members; who manages the pool may before', async () => {
  const pool = await newPool();
  const id = await inPool(pool);
  const member = await sales();
  const plan = { objective: '初次拜访', customer: id, date: '2026-12-01' };
  const refused = await member.post('/visits', plan);
  expect([refused.status, refused.body.errors]).toEqual([
    422,
    [expect.objectContaining({ path: 'customer', code: 'claim_first' })],
  ]);
  const other = await member.create('customers', { name: '自己的' });
  const moved = await member.create('visits', { ...plan, customer: other.id });
  const away = await member.patch(`/visits/${moved.id}`, { customer: id });
  expect(away.body.errors).toMatchObject([{ path: 'customer', code: 'claim_first' }]);
  expect((await admin.post('/visits', plan)).status).toBe(201);
  await claim(member, id);
  expect((await member.post('/visits', plan)).status).toBe(201);
});

describe('what waits in a pool', () => {
  test('has no owner, and is seen by its members with personal data masked', async () => {
    const pool = await newPool();
    const id = await inPool(pool);
    await admin.create('contacts', { name: '王芳', customer: id, phone: '13900001111' });
    expect(await read(admin, id)).toMatchObject({ owner: null, pool: { id: pool.id }, phone: '13812345678' });
    const member = await sales();
    expect(await read(member, id)).toMatchObject({ phone: '138****5678', veiled: true });
    const people = (await member.get('/contacts?q=王芳')).body.items;
    expect(people[0].phone).toBe('139****1111');
    const stranger = await sales(await house.department('华南'));
    expect((await stranger.get(`/customers/${id}`)).status).toBe(404);
    expect((await read(manager, id)).phone).toBe('13812345678');
  });

  test('is not found, filtered, sorted or exported by what is masked, nor read in its history', async () => {
    const pool = await newPool();
    const id = await inPool(pool, { name: '秘密工厂', phone: '13755556666', wechat: 'wxsecret77' });
    const member = await sales();
    const filter = (term: object) => `filter=${encodeURIComponent(JSON.stringify(term))}`;
    const found = async (path: string, who = member) =>
      (await who.get(path)).body.items.some((item: { id: string }) => item.id === id);
    expect(await found('/customers?q=秘密工厂')).toBe(true);
    expect(await found('/customers?q=13755556666')).toBe(false);
    expect(await found('/customers?q=wxsecret77')).toBe(false);
    expect(await found('/customers?q=13755556666', admin)).toBe(true);
    const term = { field: 'phone', op: 'eq', value: '13755556666' };
    expect(await found(`/customers?${filter(term)}`)).toBe(false);
    expect(await found(`/customers?${filter(term)}`, admin)).toBe(true);
    const hits = async (who: Person, q: string) => (await who.get(`/search?q=${q}`)).body.groups.length;
    expect([await hits(member, '秘密工厂'), await hits(member, '13755556666')]).toEqual([1, 0]);
    expect(await hits(admin, '13755556666')).toBe(1);
    expect(JSON.stringify((await member.get(`/customers/${id}/timeline`)).body)).not.toContain('13755556666');
    const audit = await member.get(`/audit?entity=customer&recordId=${id}`);
    expect(audit.status).toBe(200);
    expect(JSON.stringify(audit.body)).not.toContain('13755556666');
    const everything = await house.person({
      entities: { customer: { actions: { read: 'all', export: 'all', update: 'all' } } },
    });
    const exported: string[] = [];
    for await (const page of idPages(await house.contextOf(everything), 'customer', {}, 'export', 500))
      exported.push(...page);
    expect(exported).not.toContain(id);
    expect((await everything.patch(`/customers/${id}`, { phone: '13000000000' })).status).toBe(403);
  });

  test('a masked phone is shown by click, written down, up to so many a day', async () => {
    const pool = await newPool({ dailyViewLimit: 2 });
    const [a, b, c] = [await inPool(pool), await inPool(pool), await inPool(pool)];
    const member = await sales();
    const look = (id: string) => member.post('/reveal', { entity: 'customer', id, field: 'phone' });
    expect((await look(a)).body).toEqual({ value: '13812345678', left: 1 });
    expect((await look(a)).body.left).toBe(1);
    expect((await look(b)).body.left).toBe(0);
    const refused = await look(c);
    expect([refused.status, refused.body.code]).toEqual([429, 'pool_view_limit']);
    const audit = (await admin.get(`/audit?entity=customer&recordId=${a}`)).body.items;
    expect(audit.filter((item: { action: string }) => item.action === 'reveal')).toHaveLength(2);
    const stranger = await sales(await house.department(`别的${++count}`));
    expect((await stranger.post('/reveal', { entity: 'customer', id: a, field: 'phone' })).status).toBe(404);
  });

  test('nobody works in its department, and it stays while there is something in the pool', async () => {
    const pool = await newPool();
    await inPool(pool);
    const made = await admin.post('/users', { name: '误入', department: unitOf(pool) });
    expect(made.body.errors).toMatchObject([{ path: 'department', code: 'department_is_pool' }]);
    expect((await admin.delete(`/departments/${unitOf(pool)}`)).body.code).toBe('department_is_pool');
    expect((await admin.delete(`/pools/${pool.id}`)).body.code).toBe('pool_not_empty');
  });

  test('a condition that cannot be understood is refused', async () => {
    const bad = await admin.post('/pools', {
      name: '坏条件',
      condition: { field: 'nowhere', op: 'eq', value: 1 },
    });
    expect(bad.body.errors[0].path).toMatch(/^condition/);
  });
});

test('an import puts customers straight into the pool its department column names', async () => {
  const pool = await newPool();
  const ctx = await house.context();
  const file = fileOf(
    csv(['客户名称', '电话', '所属部门'], ['导入公海甲', '13500001111', String(pool.name)]),
  );
  const { counts } = await bring(ctx, house.services, 'customer', file);
  expect(counts).toMatchObject({ created: 1, failed: 0 });
  const [made] = (await admin.get('/customers?q=导入公海甲')).body.items;
  expect(made).toMatchObject({ owner: null, pool: { id: pool.id } });
  const one = await sales();
  expect((await claim(one, made.id)).body.done).toEqual([made.id]);
});

test('whoever is at a pool only by a share, or reads all, sees its numbers masked too', async () => {
  const pool = await newPool();
  const id = await inPool(pool);
  const reader = await house.person({ entities: { customer: { actions: { read: 'all' } } } });
  expect(await read(reader, id)).toMatchObject({ phone: '138****5678', veiled: true });
  expect((await reader.post('/reveal', { entity: 'customer', id, field: 'phone' })).body.code).toBe(
    'pool_not_member',
  );
  expect((await claim(reader, id)).body.code).toBe('pool_not_member');
  const stranger = await sales(await house.department(`外部${++count}`));
  await admin.post(`/customers/${id}/share`, { user: stranger.id, access: 'write' });
  expect((await read(stranger, id)).phone).toBe('138****5678');
});

describe('claiming', () => {
  test('makes it mine in the clear, and is told again without doing anything twice', async () => {
    const pool = await newPool({ protectedDays: 3 });
    const id = await inPool(pool);
    const [one, two] = [await sales(), await sales()];
    expect((await claim(one, id)).body).toEqual({ done: [id], changed: [id], refused: [] });
    expect((await claim(one, id)).body).toEqual({ done: [id], changed: [], refused: [] });
    expect(await read(one, id)).toMatchObject({
      owner: { id: one.id },
      pool: null,
      department: { id: east },
      phone: '13812345678',
    });
    const refused = await claim(two, id);
    expect([refused.status, refused.body.code]).toEqual([409, 'pool_protected']);
    const { body } = await one.get(`/customers/${id}/moves`);
    expect(body.items.map((item: { kind: string }) => item.kind)).toEqual(['claim', 'create']);
    expect(body.protectedUntil).toMatch(/^\d{4}-/);
  });

  test('stops at what one may hold and take in a day, and says so of each', async () => {
    const pool = await newPool({ claimLimit: 2, dailyClaimLimit: 3 });
    const ids = [await inPool(pool), await inPool(pool), await inPool(pool), await inPool(pool)];
    const one = await sales();
    const first = (await claim(one, ...ids.slice(0, 3))).body;
    expect(first.done).toEqual(ids.slice(0, 2));
    expect(first.refused).toMatchObject([{ id: ids[2], code: 'pool_claim_limit' }]);
    expect(first.refused[0].message).toContain('2');
    await one.post('/customers/release', { ids: ids.slice(0, 2), reason: '没有需求', pool: pool.id });
    expect((await claim(one, ids[2] as string)).body.done).toEqual([ids[2]]);
    expect((await claim(one, ids[3] as string)).body.code).toBe('pool_daily_limit');
  });

  test('who had it last waits; a manager may assign it; both are told why', async () => {
    const pool = await newPool({ lastOwnerDays: 3 });
    const id = await inPool(pool);
    const [one, two] = [await sales(), await sales()];
    await claim(one, id);
    const given = await one.post('/customers/release', { ids: [id], reason: '联系不上', pool: pool.id });
    expect(given.body.done).toEqual([id]);
    const waits = await claim(one, id);
    expect([waits.status, waits.body.code]).toEqual([409, 'pool_last_owner']);
    expect((await two.post('/customers/assign', { ids: [id], owner: two.id })).body.code).toBe('forbidden');
    expect((await manager.post('/customers/assign', { ids: [id], owner: two.id })).body.done).toEqual([id]);
    const { items } = (await two.get(`/customers/${id}/moves`)).body;
    expect(items.map((item: { kind: string }) => item.kind)).toEqual([
      'assign',
      'release',
      'claim',
      'create',
    ]);
    expect(items[1].reason).toBe('联系不上');
    const news = (await two.get('/notifications')).body.items;
    expect(news[0]).toMatchObject({ kind: 'pool.assigned', record: { id } });

    const more = [await inPool(pool), await inPool(pool)];
    await manager.post('/customers/assign', { ids: more, owner: two.id });
    const since = (await two.get('/notifications')).body.items;
    expect(since.map(({ kind }: { kind: string }) => kind)).toEqual(['pool.assigned', 'pool.assigned']);
    expect(since[0].text).toMatch(/ 2 个公海客户分配给了你$/);
  });

  test('only what one owns or may give away is put into a pool, the first that fits', async () => {
    await newPool({ order: 2, condition: { field: 'city', op: 'eq', value: '苏州市' } });
    const fits = await newPool({ order: 1, condition: { field: 'city', op: 'eq', value: '无锡市' } });
    const [one, two] = [await sales(), await sales()];
    const { id } = await one.create('customers', { name: '无锡纺织', city: '无锡市' });
    expect((await two.post('/customers/release', { ids: [id], reason: '抢' })).status).toBe(404);
    expect((await one.post('/customers/release', { ids: [id], reason: '不做了' })).body.done).toEqual([id]);
    expect((await read(admin, id)).pool.id).toBe(fits.id);
    const none = await one.create('customers', { name: '拉萨', city: '拉萨市' });
    for (const { id: pool } of (await admin.get('/pools?limit=200')).body.items)
      if (!(await admin.get(`/pools/${pool}`)).body.condition)
        await admin.patch(`/pools/${pool}`, { active: false });
    expect((await one.post('/customers/release', { ids: [none.id], reason: '不做了' })).body.code).toBe(
      'pool_none_fits',
    );
  });

  test('a pool out of use is seen by nobody but those who manage it', async () => {
    const pool = await newPool();
    const id = await inPool(pool);
    const one = await sales();
    expect((await one.get(`/customers/${id}`)).status).toBe(200);
    await admin.patch(`/pools/${pool.id}`, { active: false });
    expect((await one.get(`/customers/${id}`)).status).toBe(404);
    expect((await claim(one, id)).status).toBe(404);
  });

  test('an undone mass transfer out of a pool brings the customer back into it', async () => {
    const pool = await newPool();
    const id = await inPool(pool);
    const one = await sales();
    const { undoId } = (await admin.post('/customers/transfer', { ids: [id], owner: one.id })).body;
    expect((await read(admin, id)).pool).toBeNull();
    await admin.post(`/undo/${undoId}`);
    expect(await read(admin, id)).toMatchObject({ pool: { id: pool.id }, owner: null });
  });

  test('a thousand claims at once on a hundred customers: each taken once, nobody beyond his limit', async () => {
    const pool = await newPool({ claimLimit: 6 });
    const ids: string[] = [];
    for (let at = 0; at < 100; at += 1) ids.push(await inPool(pool));
    const people = await Promise.all(Array.from({ length: 20 }, () => sales()));
    const answers = await Promise.all(
      Array.from({ length: 1000 }, (_, at) => {
        const who = people[at % 20] as Person;
        const id = ids[(at * 37 + Math.floor(at / 100)) % 100] as string;
        return claim(who, id).then((answer) => ({ who, id, answer }));
      }),
    );
    expect(answers.every(({ answer }) => [200, 404, 409].includes(answer.status))).toBe(true);
    const holders = new Map<string, Set<string>>();
    for (const { who, id, answer } of answers)
      if (answer.status === 200) holders.set(id, (holders.get(id) ?? new Set()).add(who.id));
    for (const set of holders.values()) expect(set.size).toBe(1);
    for (const who of people) {
      const mine = (
        await who.get(
          '/customers?count=true&filter=' +
            encodeURIComponent(JSON.stringify({ field: 'owner', op: 'eq', value: who.id })),
        )
      ).body;
      expect(mine.total).toBeLessThanOrEqual(6);
      const said = [...holders].filter(([, set]) => set.has(who.id)).length;
      expect(mine.total).toBe(said);
    }
    expect(holders.size).toBeGreaterThan(50);
  }, 120_000);
});
