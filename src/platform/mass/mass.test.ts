import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { festivalCommands } from '../../modules/care/item/festivals.ts';
import { personContext } from '../../modules/organisation/public.ts';
import type { JobSpec } from '../jobs/job.ts';
import { type JobRunner, startJobs } from '../jobs/worker.ts';
import { eventually, type Person, startTestApp, type TestApp } from '../testing/app.ts';
import { massJobs } from './jobs.ts';

/** Seconds a job may take on a machine that is busy with other things; nothing waits longer than it must. */
const PATIENCE = 60;

let house: TestApp;
let admin: Person;
let seller: Person;
let runner: JobRunner | undefined;

const own = {
  read: 'department',
  create: 'department',
  update: 'self',
  delete: 'self',
  transfer: 'self',
} as const;

beforeAll(async () => {
  house = await startTestApp();
  admin = house.administrator;
  const department = await house.department('华东');
  seller = await house.person({ entities: { customer: { actions: own } } }, { department });
});
afterEach(async () => {
  await runner?.stop();
  runner = undefined;
});
afterAll(() => house.stop());

const start = async (jobs: JobSpec[] = massJobs(personContext)) => {
  runner = await startJobs(house.services, jobs);
};
/** Customers of a name, written at once. */
const many = async (name: string, count: number, owner = admin.id) => {
  const { rows } = await sql<{ id: string }>`insert into customer
      (id, version, number, name, name_key, city, kind, owner_id, department_id, created_at, updated_at)
    select uuidv7(), 1, ${name} || n, ${name} || n, ${name} || n, left(${name}, 2), 'company', ${owner},
      (select department_id from "user" where id = ${owner}), now(), now()
    from generate_series(1, ${count}) n returning id`.execute(house.services.db);
  return rows.map((row) => row.id);
};
const count = async (where: ReturnType<typeof sql>) =>
  (await sql<{ n: number }>`select count(*) as n from customer where ${where}`.execute(house.services.db))
    .rows[0]?.n;
const look = async (who: Person, id: string) => (await who.get(`/mass-actions/${id}`)).body;
const ended = (who: Person, id: string) =>
  eventually(async () => {
    const found = await look(who, id);
    return ['done', 'failed', 'cancelled'].includes(found.state) && found;
  }, PATIENCE);

describe('more records than one answer waits for', { timeout: 4 * PATIENCE * 1000 }, () => {
  test('run as a job with progress, are taken back by one undo, and name what people changed since', async () => {
    await start();
    const ids = await many('任务改', 1500);
    const asked = await admin.post('/customers/mass-update', { ids, set: { remark: '一起' } });
    expect([asked.status, asked.body]).toEqual([
      202,
      { jobId: expect.any(String), id: asked.body.undoId, undoId: expect.any(String) },
    ]);
    const { id, jobId } = asked.body;
    expect(await ended(admin, id)).toMatchObject({
      action: 'update',
      state: 'done',
      progress: { done: 1500, total: 1500 },
      done: 1500,
      failed: 0,
      undoId: id,
    });
    expect((await admin.get(`/jobs/${jobId}`)).body).toMatchObject({
      label: '批量修改',
      progress: { done: 1500, total: 1500 },
      result: { id, done: 1500, failed: 0 },
    });
    expect(await count(sql`remark = '一起' and version = 2`)).toBe(1500);
    await admin.patch(`/customers/${ids[7]}`, { city: '苏州' });
    const undone = await admin.post(`/undo/${id}`);
    expect(undone.status).toBe(202);
    expect(await ended(admin, undone.body.id)).toMatchObject({
      action: 'undo',
      done: 1499,
      failed: 1,
      failures: [
        { id: ids[7], title: '任务改8', code: 'changed_since', message: expect.stringContaining('保持不变') },
      ],
    });
    expect(await count(sql`remark = '一起'`)).toBe(1);
    expect((await admin.post(`/undo/${id}`)).status).toBe(404);
  });

  test('a filter selects within what one may read; what may not be changed is listed by name', async () => {
    await start();
    await many('范围我', 250, seller.id);
    await many('范围他', 3, admin.id);
    await sql`update customer set department_id = (select department_id from "user" where id = ${seller.id})
      where name like '范围他%'`.execute(house.services.db);
    const filter = { field: 'city', op: 'eq', value: '范围' };
    const { body } = await seller.post('/customers/mass-update', { filter, set: { remark: '圈' } });
    const done = await ended(seller, body.id);
    expect(done).toMatchObject({ state: 'done', done: 250, failed: 3 });
    expect(done.failures[0]).toMatchObject({ code: 'forbidden', title: expect.stringMatching(/^范围他/) });
    expect((await seller.get('/mass-actions')).body.items.map((item: { id: string }) => item.id)).toContain(
      body.id,
    );
    const stranger = await house.person({ entities: { customer: { actions: own } } });
    expect((await stranger.get(`/mass-actions/${body.id}`)).status).toBe(404);
    expect((await stranger.post(`/undo/${body.id}`)).status).toBe(404);
  });

  test.each([
    ['transfer', 'transfer', () => ({ owner: seller.id }), () => sql`owner_id = ${seller.id}`],
    ['delete', 'mass-delete', () => ({}), () => sql`deleted_at is not null`],
  ] as const)('%s, and back', async (action, path, input, became) => {
    await start();
    const ids = await many(`往返${action}`, 201);
    const { body } = await admin.post(`/customers/${path}`, { ids, ...input() });
    expect(await ended(admin, body.id)).toMatchObject({ action, done: 201, failed: 0 });
    const named = sql`name like ${`往返${action}%`}`;
    expect(await count(sql`${named} and ${became()}`)).toBe(201);
    const undone = await admin.post(`/undo/${body.id}`);
    await ended(admin, undone.body.id);
    expect(await count(sql`${named} and owner_id = ${admin.id} and deleted_at is null`)).toBe(201);
  });

  test('open work goes along with its customers, and returns with them; what changed since stays', async () => {
    await start();
    const ids = await many('随行', 201);
    const task = async (customer: string, owner: string) =>
      (await admin.create('tasks', { subject: '送样', customer, owner })).id;
    const [mine, others, kept] = [
      await task(ids[0] as string, admin.id),
      await task(ids[1] as string, seller.id),
      await task(ids[200] as string, admin.id),
    ];
    const ownerOf = async (id: string) => (await admin.get(`/tasks/${id}`)).body.owner.id;
    const to = await house.person({ entities: { customer: { actions: own } } });
    const { body } = await admin.post('/customers/transfer', { ids, owner: to.id, along: ['task'] });
    expect(await ended(admin, body.id)).toMatchObject({ action: 'transfer', done: 201, failed: 0 });
    expect([await ownerOf(mine), await ownerOf(others), await ownerOf(kept)]).toEqual([
      to.id,
      seller.id,
      to.id,
    ]);
    await admin.patch(`/customers/${ids[200]}`, { remark: '新主人写的' });
    const undone = await admin.post(`/undo/${body.id}`);
    expect(await ended(admin, undone.body.id)).toMatchObject({ done: 200, failed: 1 });
    expect([await ownerOf(mine), await ownerOf(others), await ownerOf(kept)]).toEqual([
      admin.id,
      seller.id,
      to.id,
    ]);
  });

  test('many come back from the bin, and go there again', async () => {
    await start();
    const ids = await many('出箱', 300);
    await ended(admin, (await admin.post('/customers/mass-delete', { ids })).body.id);
    const { body } = await admin.post('/customers/mass-restore', {
      filter: { field: 'city', op: 'eq', value: '出箱' },
    });
    expect(await ended(admin, body.id)).toMatchObject({ action: 'restore', done: 300, failed: 0 });
    expect(await count(sql`name like '出箱%' and deleted_at is null`)).toBe(300);
    await ended(admin, (await admin.post(`/undo/${body.id}`)).body.id);
    expect(await count(sql`name like '出箱%' and deleted_at is null`)).toBe(0);
    const few = await admin.post('/customers/mass-restore', { ids: ids.slice(0, 2) });
    expect([few.status, few.body]).toEqual([200, { done: 2, failed: [], undoId: expect.any(String) }]);
  });
});

describe('a command on very many', () => {
  test('runs as a job part by part; what may not be done is named, and done again nothing changes', async () => {
    await start(massJobs(personContext, festivalCommands));
    await many('过节', 1203, seller.id);
    await many('过节外', 1, admin.id);
    await sql`update customer set department_id = (select department_id from "user" where id = ${seller.id})
      where name like '过节外%'`.execute(house.services.db);
    const filter = { field: 'city', op: 'eq', value: '过节' };
    const ask = () => seller.post('/customers/festivals', { all: true, filter, festivals: ['newYear'] });
    const asked = await ask();
    expect([asked.status, asked.body]).toEqual([202, { jobId: expect.any(String), id: expect.any(String) }]);
    expect(await ended(seller, asked.body.id)).toMatchObject({
      action: 'command',
      label: '设置要过的节日',
      state: 'done',
      progress: { done: 1204, total: 1204 },
      done: 1203,
      failed: 1,
      undoId: null,
      failures: [{ code: 'forbidden', title: '过节外1' }],
    });
    await ended(seller, (await ask()).body.id);
    const { rows } =
      await sql`select count(*)::int as n from audit_entry a join customer c on c.id = a.record_id
      where a.action = 'care_preference' and c.name like '过节%'`.execute(house.services.db);
    expect(rows).toEqual([{ n: 1203 }]);
  });

  test('is refused before anything is queued where its input is bad or the right is missing', async () => {
    await many('不过节', 201, seller.id);
    const filter = { field: 'city', op: 'eq', value: '不过' };
    const bad = await seller.post('/customers/festivals', { all: true, filter, festivals: ['payday'] });
    expect([bad.status, bad.body.code]).toEqual([422, 'invalid']);
    const reader = await house.person({ entities: { customer: { actions: { read: 'all' } } } });
    const refused = await reader.post('/customers/festivals', { all: true, filter, festivals: null });
    expect(refused.status).toBe(403);
  });
});

describe('what stops it', { timeout: 4 * PATIENCE * 1000 }, () => {
  /** The same jobs, which stop as if the process had died once so many records are done. */
  const dying = (at: number): JobSpec[] =>
    massJobs(personContext).map((job) => ({
      ...job,
      run: (services, input, run) =>
        job.run(services, input, {
          ...run,
          progress: async (done, total) => {
            if (done >= at) await new Promise(() => {});
            await run.progress(done, total);
          },
        }),
    }));

  test('after a power cut it goes on, and nothing is done twice', async () => {
    await start(dying(1000));
    const ids = await many('断电', 2500);
    const { body } = await admin.post('/customers/mass-update', { ids, set: { remark: '续' } });
    await eventually(async () => (await look(admin, body.id)).progress.done >= 1000, PATIENCE);
    expect(await count(sql`name like '断电%' and version = 2`)).toBe(1000);
    // Its locks are given back as those of a process that died.
    await sql`select graphile_worker.force_unlock_workers(array(select distinct locked_by from graphile_worker._private_jobs))`.execute(
      house.services.db,
    );
    const dead = runner;
    runner = undefined;
    await start();
    expect(await ended(admin, body.id)).toMatchObject({ state: 'done', done: 2500, failed: 0 });
    expect(await count(sql`name like '断电%' and version = 2`)).toBe(2500);
    await dead?.stop();
  });

  test('stopped by its author it keeps what is done, and can be taken back', async () => {
    const gate = Promise.withResolvers<void>();
    const jobs = massJobs(personContext).map((job) => ({
      ...job,
      run: (...[services, input, run]: Parameters<JobSpec['run']>) =>
        job.run(services, input, {
          ...run,
          progress: async (done, total) => {
            if (done > 0) {
              await gate.promise;
              await new Promise((resolve) => setTimeout(resolve, 600));
            }
            await run.progress(done, total);
          },
        }),
    }));
    await start(jobs);
    const ids = await many('叫停', 2000);
    const { body } = await admin.post('/customers/mass-update', { ids, set: { remark: '停' } });
    await eventually(async () => (await look(admin, body.id)).progress.done >= 1000, PATIENCE);
    const early = await admin.post(`/undo/${body.id}`);
    expect([early.status, early.body.code]).toEqual([409, 'mass_at_work']);
    await admin.post(`/jobs/${body.jobId}/cancel`);
    gate.resolve();
    expect(await ended(admin, body.id)).toMatchObject({ state: 'cancelled', done: 1000, undoId: body.id });
    const undone = await admin.post(`/undo/${body.id}`);
    expect(await ended(admin, undone.body.id)).toMatchObject({ done: 1000, failed: 0 });
    expect(await count(sql`remark = '停'`)).toBe(0);
  });

  test.each<[string, object, number, string]>([
    ['a bad value', { set: { kind: 'club' } }, 422, 'invalid'],
    ['an unknown field', { set: { colour: 'red' } }, 422, 'invalid'],
  ])('%s is refused before anything is queued', async (_what, change, status, code) => {
    const ids = Array.from(
      { length: 201 },
      (_, n) => `01890000-0000-7000-8000-${String(n).padStart(12, '0')}`,
    );
    const answer = await admin.post('/customers/mass-update', { ids, ...change });
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });
});

test('the document tells of both answers', async () => {
  const { paths } = (await admin.get('/openapi.json')).body;
  for (const path of ['/customers/mass-update', '/contacts/mass-restore', '/undo/{id}'])
    expect(Object.keys(paths[`/api/v1${path}`].post.responses)).toEqual(['200', '202', 'default']);
});
