import { EventEmitter } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { Runner, TaskList, WorkerEvents } from 'graphile-worker';
import type pg from 'pg';
import { type Services, systemContext } from '../context/services.ts';
import { createPool } from '../db/connection.ts';
import { openSession } from '../db/session.ts';
import { executeJob } from './execute.ts';
import { addJob, type JobSpec } from './job.ts';

export interface JobRunner {
  /** Running jobs get a moment to stop at their next step of progress; what does not stop is taken up at the next start. */
  stop(): Promise<void>;
}

const CONCURRENCY = 2;
const STOP_MS = 5000;
const RELAUNCH_MS = 5000;
const SOON_MS = [500, 3000];
const DEAD_CHECK_MS = 60_000;
const DAY_MS = 24 * 3600 * 1000;
/** Class of the advisory locks that say which workers live. */
const ALIVE = 7_245_050;

/**
 * Makes the queue's tables, where they are missing; `addJob` needs them. Called after the migrations; costs one query
 * on an existing base.
 */
export async function prepareJobs(pool: pg.Pool, directUrl: string): Promise<void> {
  const { rows } = await pool.query<{ there: boolean }>(
    `select to_regclass('graphile_worker.migrations') is not null as there`,
  );
  if (rows[0]?.there) return;
  const { runMigrations } = await import('graphile-worker');
  await runMigrations({ connectionString: directUrl, logger: await quietLogger() });
}

/** Starts working on the queue; to be called once the server listens, so that it does not slow its start. */
export async function startJobs(services: Services, jobs: readonly JobSpec[]): Promise<JobRunner> {
  const { run, parseCronItems } = await import('graphile-worker');
  const pool = createPool(services.directUrl, { max: CONCURRENCY + 1, applicationName: 'guanxi jobs' });
  pool.on('connect', (client) => client.on('error', () => {}));
  let workerPoolId: string | undefined;
  const session = await openSession({
    url: services.directUrl,
    applicationName: 'guanxi jobs alive',
    onConnect: async (client) => {
      if (workerPoolId) await client.query(LOCK_ALIVE, [ALIVE, workerPoolId]);
    },
  });
  await releaseDead(pool);
  const events = new EventEmitter() as WorkerEvents;
  // Sent on an open connection, thus there before the pool has fetched its first job.
  events.on('pool:create', ({ workerPool }) => {
    workerPoolId = workerPool.id;
    session.query(LOCK_ALIVE, [ALIVE, workerPool.id]).catch(() => {});
  });
  const stopping = new AbortController();
  const options = {
    pgPool: pool,
    concurrency: CONCURRENCY,
    noHandleSignals: true,
    gracefulShutdownAbortTimeout: 0,
    logger: await quietLogger(services),
    events,
    taskList: taskList(services, jobs, stopping.signal),
    parsedCronItems: parseCronItems(await nightlyItems(services, jobs)),
  };
  let runner: Runner;
  /** A runner that gave up (the database was away for long) is followed by another. */
  const launch = async () => {
    runner = await run(options);
    runner.promise
      .catch((error: unknown) => services.log.error({ err: error }, 'the job runner stopped'))
      .then(again);
  };
  const again = () => {
    if (!stopping.signal.aborted) setTimeout(() => launch().catch(again), RELAUNCH_MS).unref();
  };
  await launch();
  const release = () => releaseDead(pool).catch(() => {});
  // The database may take a moment to notice that a killed process is gone.
  const checks = [...SOON_MS.map((pause) => setTimeout(release, pause)), setInterval(release, DEAD_CHECK_MS)];
  for (const check of checks) check.unref();
  return {
    async stop() {
      for (const check of checks) clearTimeout(check);
      stopping.abort();
      const ended = runner.stop().then(
        () => true,
        () => true,
      );
      const inTime = await Promise.race([ended, delay(STOP_MS, false, { ref: false })]);
      await session.close();
      // Who is still at work gives his job back through it, or the end of the process ends both.
      if (inTime) pool.end().catch(() => {});
    },
  };
}

const LOCK_ALIVE = 'select pg_advisory_lock($1, hashtext($2))';

/**
 * Gives back what workers held whose process is gone (`kill -9`, power cut): a living one holds an advisory lock named
 * after it, which its end releases. Without this the queue would wait four hours.
 */
async function releaseDead(pool: pg.Pool): Promise<void> {
  await pool.query(
    `select graphile_worker.force_unlock_workers(array(
       select w.locked_by from (
         select locked_by from graphile_worker._private_jobs where locked_by is not null
         union select locked_by from graphile_worker._private_job_queues where locked_by is not null) w
       where not exists (select from pg_locks l join pg_database d on d.oid = l.database
         where l.locktype = 'advisory' and l.granted and d.datname = current_database() and l.classid::bigint = $1
           and l.objid::bigint = hashtext(w.locked_by)::bigint & 4294967295)))`,
    [ALIVE],
  );
}

function taskList(services: Services, jobs: readonly JobSpec[], stopping: AbortSignal): TaskList {
  return Object.fromEntries(
    jobs.map((spec) => [
      spec.name,
      async (payload: unknown) => {
        const { id } = payload as { id?: string };
        if (id) return executeJob(services, spec, id, stopping);
        // The clock's own entry has no record yet.
        await addJob(await systemContext(services, { kind: 'job' }), spec.name, {}, { key: 'nightly' });
      },
    ]),
  );
}

/** The queue's clock runs in UTC; a night missed while the computer was off is made up for when it comes up again. */
async function nightlyItems(services: Services, jobs: readonly JobSpec[]) {
  const { timeZone } = await services.settings();
  const night = Temporal.Now.zonedDateTimeISO(timeZone).withPlainTime('02:30').withTimeZone('UTC');
  return jobs
    .filter((spec) => spec.nightly)
    .map((spec) => ({
      task: spec.name,
      match: `${night.minute} ${night.hour} * * *`,
      options: { backfillPeriod: DAY_MS - 1 },
    }));
}

async function quietLogger(services?: Services) {
  const { Logger } = await import('graphile-worker');
  return new Logger(() => (level, message, meta) => {
    if (level === 'error') services?.log.error({ ...meta }, message);
    else if (level === 'warning') services?.log.warn({ ...meta }, message);
  });
}
