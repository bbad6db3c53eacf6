import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { problem } from '../errors/problem.ts';
import { eventually, startTestApp, type TestApp } from '../testing/app.ts';
import { addJob, defineJob, type JobSpec } from './job.ts';
import { type JobRunner, startJobs } from './worker.ts';

let house: TestApp;
const runners: JobRunner[] = [];

beforeAll(async () => {
  house = await startTestApp();
});
afterEach(async () => {
  await Promise.all(runners.splice(0).map((runner) => runner.stop()));
});
afterAll(() => house.stop());

const start = async (...jobs: JobSpec[]) => runners.push(await startJobs(house.services, jobs));
const state = async (id: string) => (await house.administrator.get(`/jobs/${id}`)).body;
const ended = (id: string) =>
  eventually(async () => {
    const job = await state(id);
    return ['done', 'failed', 'cancelled'].includes(job.state) && job;
  });

test('a job runs once its transaction has committed and keeps its result', async () => {
  const sum = defineJob({
    name: 'test.sum',
    input: z.object({ values: z.array(z.number()) }),
    run: async (_services, { values }, run) => {
      await run.progress(values.length, values.length, '完成');
      return { sum: values.reduce((a, b) => a + b, 0) };
    },
  });
  await start(sum);
  const ctx = await house.context();
  const id = await addJob(ctx, 'test.sum', { values: [1, 2, 3] });
  expect(await ended(id)).toMatchObject({
    state: 'done',
    result: { sum: 6 },
    progress: { done: 3, total: 3, note: '完成' },
    createdBy: { id: house.administrator.id, title: '林静' },
  });
});

test('a job of a transaction that is rolled back does not exist', async () => {
  const ctx = await house.context();
  let id = '';
  await expect(
    ctx.db.transaction().execute(async (db) => {
      id = await addJob({ ...ctx, db }, 'test.sum', { values: [] });
      throw new Error('changed my mind');
    }),
  ).rejects.toThrow('changed my mind');
  expect((await house.administrator.get(`/jobs/${id}`)).status).toBe(404);
  expect((await sql`select 1 from graphile_worker.jobs`.execute(house.services.db)).rows).toEqual([]);
});

test('while one of the same key waits, none is added; while it runs, one may wait', async () => {
  const ctx = await house.context();
  const first = await addJob(ctx, 'test.keyed', {}, { key: 'a' });
  expect(await addJob(ctx, 'test.keyed', {}, { key: 'a' })).toBe(first);
  expect(await addJob(ctx, 'test.keyed', {}, { key: 'b' })).not.toBe(first);
  let second = '';
  await start(
    defineJob({
      name: 'test.keyed',
      input: z.object({}),
      run: async (_services, _input, { job }) => {
        if (job.id === first) second = await addJob(ctx, 'test.keyed', {}, { key: 'a' });
      },
    }),
  );
  await ended(first);
  expect(second).not.toBe(first);
  expect((await ended(second)).state).toBe('done');
});

test('jobs of one name with keys run one after the other', async () => {
  const ctx = await house.context();
  let [running, most] = [0, 0];
  const ids = await Promise.all(['a', 'b', 'c'].map((key) => addJob(ctx, 'test.single', {}, { key })));
  await start(
    defineJob({
      name: 'test.single',
      input: z.object({}),
      run: async () => {
        running += 1;
        most = Math.max(most, running);
        await delay(50);
        running -= 1;
      },
    }),
  );
  for (const id of ids) await ended(id);
  expect(most).toBe(1);
});

test('a job that says nothing any more is given up, and what waits under its name runs', async () => {
  const ctx = await house.context();
  const signals: AbortSignal[] = [];
  const common = { name: 'test.hangs', input: z.object({ hangs: z.boolean() }), quiet: 300 };
  const hung = await addJob(ctx, 'test.hangs', { hangs: true }, { key: 'a' });
  const next = await addJob(ctx, 'test.hangs', { hangs: false }, { key: 'b' });
  await start(
    defineJob({
      ...common,
      run: async (_services, { hangs }, run) => {
        if (hangs) {
          signals.push(run.signal);
          await new Promise(() => {});
        }
        // Longer than it may be quiet, but not quiet.
        for (let at = 0; at < 8; at += 1) {
          await delay(100);
          await run.progress(at);
        }
      },
    }),
  );
  expect(await ended(hung)).toMatchObject({ state: 'failed', error: { code: 'job_silent' } });
  expect(signals[0]?.aborted).toBe(true);
  expect((await ended(next)).state).toBe('done');
});

test('jobs that rest before they begin let others pass', async () => {
  const ctx = await house.context();
  let resting = true;
  const eager = { name: 'test.eager', input: z.object({}), run: async () => {} };
  const ids = await Promise.all(['a', 'b', 'c'].map((key) => addJob(ctx, 'test.lazy', {}, { key })));
  const free = [await addJob(ctx, 'test.lazy', {}), await addJob(ctx, 'test.lazy', {})];
  await start(defineJob({ ...eager, name: 'test.lazy', rests: async () => resting }), defineJob(eager));
  expect((await ended(await addJob(ctx, 'test.eager', {}))).state).toBe('done');
  await house.administrator.post(`/jobs/${ids[0]}/cancel`, {});
  for (const id of [...ids.slice(1), ...free]) expect((await state(id)).state).toBe('queued');
  resting = false;
  for (const id of [...ids.slice(1), ...free]) expect((await ended(id)).state).toBe('done');
  expect((await state(ids[0] as string)).state).toBe('cancelled');
});

test('a job that rests on its way goes on when it may, and can be cancelled meanwhile', async () => {
  const ctx = await house.context();
  let resting = false;
  let begun = 0;
  const steps: string[] = [];
  await start(
    defineJob({
      name: 'test.resting',
      input: z.object({ who: z.string() }),
      rests: async () => resting,
      run: async (_services, { who }, run) => {
        begun += 1;
        await eventually(async () => begun === 2);
        resting = true;
        await run.progress(1);
        steps.push(who);
      },
    }),
  );
  const [patient, given] = [
    await addJob(ctx, 'test.resting', { who: 'patient' }),
    await addJob(ctx, 'test.resting', { who: 'given up' }),
  ];
  await eventually(async () => (await state(given)).progress.done === 1);
  await house.administrator.post(`/jobs/${given}/cancel`, {});
  expect((await ended(given)).state).toBe('cancelled');
  expect(steps).toEqual([]);
  resting = false;
  expect((await ended(patient)).state).toBe('done');
  expect(steps).toEqual(['patient']);
});

test('a job that waits for its next attempt leaves its key to the one that waits already', async () => {
  const ctx = await house.context();
  let added = '';
  let runs = 0;
  const services = { ...house.services, log: { ...house.services.log, error: () => {} } };
  const spec = defineJob({
    name: 'keyed.flaky',
    input: z.object({}),
    attempts: 2,
    run: async () => {
      runs += 1;
      if (runs > 1) return runs;
      added = await addJob(ctx, 'keyed.flaky', {}, { key: 'same' });
      throw new Error('flaky');
    },
  });
  const id = await addJob(ctx, 'keyed.flaky', {}, { key: 'same' });
  runners.push(await startJobs(services, [spec]));
  await eventually(async () => added && (await state(added)).state === 'done');
  // It waits for its next attempt, or has had it: it has not failed for want of the key.
  await eventually(async () => ['queued', 'done'].includes((await state(id)).state));
});

test('an expected failure keeps its code and is not tried again', async () => {
  let runs = 0;
  await start(
    defineJob({
      name: 'test.refused',
      input: z.object({}),
      attempts: 3,
      run: async () => {
        runs += 1;
        throw problem('too_many_selected', { params: { max: 7 } });
      },
    }),
  );
  const job = await ended(await addJob(await house.context(), 'test.refused', {}));
  expect(job).toMatchObject({
    state: 'failed',
    error: { code: 'too_many_selected', detail: '选得太多，最多 7 条。' },
  });
  expect(runs).toBe(1);
});

test('an unexpected failure is tried again as often as the job says, by an administrator once more', async () => {
  let runs = 0;
  const log: unknown[] = [];
  const services = {
    ...house.services,
    log: { ...house.services.log, error: (data: object) => log.push(data) },
  };
  runners.push(
    await startJobs(services, [
      defineJob({
        name: 'test.flaky',
        input: z.object({}),
        run: async () => {
          if (++runs === 1) throw new Error('flaky');
          return runs;
        },
      }),
    ]),
  );
  const id = await addJob(await house.context(), 'test.flaky', {});
  expect(await ended(id)).toMatchObject({ state: 'failed', error: { code: 'internal' } });
  expect(log).toHaveLength(1);
  expect((await house.administrator.post(`/jobs/${id}/retry`)).status).toBe(200);
  expect(await ended(id)).toMatchObject({ state: 'done', result: 2, error: null });
});

test('a running job stops at its next progress when it is cancelled; a waiting one never begins', async () => {
  const ctx = await house.context();
  let steps = 0;
  const endless = defineJob({
    name: 'test.endless',
    input: z.object({}),
    run: async (_services, _input, { progress, signal }) => {
      for (;;) {
        await progress(++steps, null);
        await new Promise((resolve) => {
          const timer = setTimeout(resolve, 10);
          signal.addEventListener('abort', () => resolve(clearTimeout(timer)));
        });
      }
    },
  });
  const waiting = await addJob(ctx, 'test.endless', {});
  expect((await house.administrator.post(`/jobs/${waiting}/cancel`)).body.state).toBe('cancelled');
  await start(endless);
  const id = await addJob(ctx, 'test.endless', {});
  await eventually(async () => (await state(id)).state === 'running');
  await house.administrator.post(`/jobs/${id}/cancel`);
  expect((await ended(id)).state).toBe('cancelled');
  expect((await state(waiting)).startedAt).toBeNull();
});

test('a job goes on after its process stopped', async () => {
  const ctx = await house.context();
  let released = false;
  const spec = defineJob({
    name: 'test.stopped',
    input: z.object({}),
    run: async (_services, _input, { progress, signal }) => {
      await progress(1, 2);
      while (!released && !signal.aborted) await new Promise((resolve) => setTimeout(resolve, 5));
      await progress(2, 2);
    },
  });
  const first = await startJobs(house.services, [spec]);
  const id = await addJob(ctx, 'test.stopped', {});
  await eventually(async () => (await state(id)).progress.done === 1);
  await first.stop();
  expect((await state(id)).state).toBe('queued');
  const { rows } = await sql<{ attempts: number }>`select attempts from job where id = ${id}`.execute(
    house.services.db,
  );
  expect(rows).toEqual([{ attempts: 0 }]);
  released = true;
  await start(spec);
  expect((await ended(id)).state).toBe('done');
});

test('a job whose process was killed is taken up again at once, one that kills it every time is given up', async () => {
  const ctx = await house.context();
  // With a key, so that those behind it wait for the dead as well.
  const id = await addJob(ctx, 'test.killed', {}, { key: 'a' });
  const child = fork(new URL('../testing/killed-worker.ts', import.meta.url), [house.services.directUrl], {
    stdio: 'inherit',
  });
  await once(child, 'message');
  expect((await state(id)).state).toBe('running');
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
  const spec = defineJob({ name: 'test.killed', input: z.object({}), run: async () => 'finished' });
  const behind = await addJob(ctx, 'test.killed', {}, { key: 'b' });
  await start(spec);
  expect(await ended(id)).toMatchObject({ state: 'done', result: 'finished' });
  expect((await ended(behind)).state).toBe('done');

  const deadly = await addJob(ctx, 'test.killed', {}, { runAt: '2999-01-01T00:00:00Z' });
  await sql`update job set attempts = 5 where id = ${deadly}`.execute(house.services.db);
  await sql`update graphile_worker._private_jobs set run_at = now() where payload->>'id' = ${deadly}`.execute(
    house.services.db,
  );
  expect(await ended(deadly)).toMatchObject({ state: 'failed', error: { code: 'job_crashed' } });
});

test('the work of a living process is left alone when another starts', async () => {
  const ctx = await house.context();
  let runs = 0;
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const spec = defineJob({
    name: 'test.held',
    input: z.object({}),
    run: async () => {
      runs += 1;
      await held;
    },
  });
  await start(spec);
  const id = await addJob(ctx, 'test.held', {});
  await eventually(async () => runs === 1);
  await start(spec);
  const other = await addJob(ctx, 'test.held', {});
  await eventually(async () => (await state(other)).state === 'running');
  release();
  await ended(id);
  await ended(other);
  expect(runs).toBe(2);
});

test('a job is seen by who made it and by administrators only', async () => {
  const maker = await house.person({ entities: { customer: { actions: { read: 'self' } } } });
  const other = await house.person({ entities: { customer: { actions: { read: 'all' } } } });
  const ctx = await house.context();
  const id = await addJob({ ...ctx, principal: { ...ctx.principal, userId: maker.id } }, 'test.nobody', {});
  expect((await maker.get(`/jobs/${id}`)).body).toMatchObject({ id, state: 'queued' });
  expect((await other.get(`/jobs/${id}`)).status).toBe(404);
  expect((await other.post(`/jobs/${id}/cancel`)).status).toBe(404);
  expect((await maker.get('/jobs')).status).toBe(403);
  expect((await maker.post(`/jobs/${id}/retry`)).body.code).toBe('job_not_retryable');
  const board = await house.administrator.get('/jobs?state=queued&name=test.nobody');
  expect(board.body.items.map((job: { id: string }) => job.id)).toEqual([id]);
  expect((await maker.post(`/jobs/${id}/cancel`)).body.state).toBe('cancelled');
});

test('the board is read page by page, newest first', async () => {
  const ctx = await house.context();
  const ids: string[] = [];
  for (let index = 0; index < 5; index++) ids.unshift(await addJob(ctx, 'test.paged', { index }));
  const first = await house.administrator.get('/jobs?name=test.paged&limit=3');
  const second = await house.administrator.get(
    `/jobs?name=test.paged&limit=3&cursor=${first.body.nextCursor}`,
  );
  const listed = [...first.body.items, ...second.body.items].map((job: { id: string }) => job.id);
  expect(listed).toEqual(ids);
  expect(second.body.nextCursor).toBeNull();
  expect((await house.administrator.get('/jobs?cursor=nonsense')).body.code).toBe('bad_query');
});
