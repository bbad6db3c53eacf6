import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createApp } from '../../app.ts';
import { schemaDrift } from '../db/drift.ts';
import { orderBy, parseSort, rangesAfter } from '../entity/sort.ts';
import { eventually, type Person, startTestApp, type TestApp } from '../testing/app.ts';

let house: TestApp;
let admin: Person;

beforeAll(async () => {
  house = await startTestApp();
  admin = house.administrator;
});
afterAll(() => house.stop());

const field = (label: string, more: object = {}) =>
  admin.post('/custom-fields', { entity: 'customer', label, kind: 'text', ...more });
const ready = () =>
  eventually(async () =>
    (await admin.get('/custom-fields')).body.items.every(
      (item: { state: string }) => item.state !== 'indexing',
    ),
  );

test('another process knows a new field, type and retirement without a restart', async () => {
  const { url, directUrl, dataDir, baseUrl, secret } = house.services as typeof house.services & {
    url: string;
  };
  const second = createApp({ url, directUrl, dataDir, baseUrl, secret });
  await second.services.reloadRegistry();
  await second.startBackground();
  try {
    const { version } = second.services.registry();
    const { body } = await field('第二进程');
    await eventually(async () => body.name in second.services.registry().byName.get('customer')!.fields);
    expect(second.services.registry().version).not.toBe(version);
    const type = await admin.post('/record-types', { label: '巡检', scope: 'open' });
    await eventually(async () => second.services.registry().byPlural.has(type.body.plural));
    await ready();
    await admin.delete(`/custom-fields/${body.id}`);
    await eventually(async () => !(body.name in second.services.registry().byName.get('customer')!.fields));
  } finally {
    await second.stopBackground();
    await second.close();
  }
});

test('before its index stands a field works, and says so', async () => {
  const { body } = await field('未建索引');
  expect(body.state).toBe('indexing');
  await admin.create('customers', { name: '早用', [body.name]: '马上可用' });
  const filter = encodeURIComponent(JSON.stringify({ field: body.name, op: 'contains', value: '上可' }));
  const list = await admin.get(`/customers?filter=${filter}&sort=${body.name}`);
  expect(list.body.items).toMatchObject([{ title: '早用' }]);
  expect(await schemaDrift(house.services.db, house.services.registry())).toEqual([]);
});

test('two administrators at once: both succeed, or the second is told', async () => {
  const several = await Promise.all(['并甲', '并乙', '并丙', '并丁'].map((label) => field(label)));
  expect(several.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
  const same = await Promise.all([field('同名'), field('同名')]);
  expect(same.map(({ status }) => status).sort()).toEqual([201, 409]);
  const { id, version } = same.find(({ status }) => status === 201)!.body;
  const rename = (label: string) =>
    admin.patch(`/custom-fields/${id}`, { label }, { 'if-match': `"${version}"` });
  const renames = await Promise.all([rename('新名一'), rename('新名二')]);
  expect(renames.map(({ status }) => status).sort()).toEqual([200, 412]);
  expect(renames.find(({ status }) => status === 412)?.body).toMatchObject({
    code: 'definition_conflict',
    current: { id },
  });
});

test('a table in use is not blocked: the field waits its turn in short moments', async () => {
  const client = new pg.Client(house.services.directUrl);
  await client.connect();
  await client.query('begin');
  await client.query('lock table customer in share mode');
  const waiting = field('等一等');
  const started = performance.now();
  // Reading goes on while the field waits for the lock.
  for (let reads = 0; reads < 5; reads += 1) expect((await admin.get('/customers')).status).toBe(200);
  await new Promise((resolve) => setTimeout(resolve, Math.max(0, 700 - (performance.now() - started))));
  await client.query('commit');
  await client.end();
  expect((await waiting).status).toBe(201);
});

test('prepared statements survive new columns on their table', async () => {
  const record = await admin.create('customers', { name: '预备' });
  for (let round = 0; round < 3; round += 1) {
    const answers = await Promise.all(
      Array.from({ length: 6 }, () =>
        admin.patch(`/customers/${record.id}`, { remark: `第${Math.random()}` }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    expect((await field(`列${round}`)).status).toBe(201);
  }
});

test('plans over many rows use the index of an own field', async () => {
  const { body: text } = await field('分区');
  const { body: number } = await field('评分', { kind: 'integer' });
  await house.app.startBackground();
  await ready();
  const { db } = house.services;
  await sql`insert into customer (name, owner_id, ${sql.ref(text.name)}, ${sql.ref(`${text.name}_key`)}, ${sql.ref(number.name)})
    select 'K' || n, ${admin.id}, 'Z' || (n % 500), 'z' || (n % 500), n % 1000 from generate_series(1, 20000) n`.execute(
    db,
  );
  await sql`analyze customer`.execute(db);
  const plan = async (query: ReturnType<typeof sql>) => {
    const { rows } = await sql<{ 'QUERY PLAN': string }>`explain ${query}`.execute(db);
    return rows.map((row) => row['QUERY PLAN']).join('\n');
  };
  const live = sql`select id from customer t where deleted_at is null`;
  const [column, key, score] = [text.name, `${text.name}_key`, number.name].map((name) => sql.ref(name));
  const plans = [
    await plan(sql`${live} and ${column} = 'Z77'`),
    await plan(sql`${live} order by ${key}, id limit 50`),
    await plan(sql`${live} and ${score} between 10 and 12`),
    await plan(sql`${live} and ${score} is not null order by ${score} desc, id desc limit 50`),
  ];
  // What the list itself sends, newest or largest first: no part of it is sorted by hand.
  const policy = (await house.context()).policies.for('customer');
  const keys = parseSort(`-${number.name}`, policy);
  for (const range of rangesAfter(keys, null)) {
    const part = await plan(sql`${live} and ${range} order by ${orderBy(keys, 't.', true)} limit 50`);
    expect(part).not.toContain('Sort');
    plans.push(part);
  }
  for (const each of plans) {
    expect(each).not.toContain('Seq Scan');
    expect(each).toContain(`customer_x_`);
  }
});

test('an index left invalid by an interrupted build is removed and built again', async () => {
  const { body } = await field('断电', { kind: 'integer' });
  await ready();
  const { db } = house.services;
  const index = `customer_${body.name}_id_idx`;
  await sql`drop index ${sql.ref(index)}`.execute(db);
  await admin.create('customers', { name: '同值一', [body.name]: 1 });
  await admin.create('customers', { name: '同值二', [body.name]: 1 });
  // A failed unique build leaves the same behind as one that was cut off.
  const broken = sql`create unique index concurrently ${sql.ref(index)} on customer (${sql.ref(body.name)})`;
  await expect(broken.execute(db)).rejects.toThrow('could not create unique index');
  expect(await schemaDrift(db, house.services.registry())).toHaveLength(1);
  await sql`update custom_field set preparing = '{index}' where id = ${body.id}`.execute(db);
  await admin.patch(`/custom-fields/${body.id}`, { position: 7 });
  await ready();
  expect(await schemaDrift(db, house.services.registry())).toEqual([]);
});
