import { setTimeout as delay } from 'node:timers/promises';
import type { Db } from '../context/context.ts';
import type { Services } from '../context/services.ts';
import { ProblemError } from '../errors/problem.ts';
import { enqueue, type JobRun, type JobSpec } from './job.ts';
import { beginJob, dropKey, type JobRow, jobToRun, type Outcome, settleJob, storeProgress } from './store.ts';

/** Whoever rests looks this often whether he may go on. */
const REST_MS = 1000;
/** Progress is written no more often than this. */
const PROGRESS_MS = 500;
/** Work that says nothing for so long hangs, and must not hold up what waits under its name for ever. */
const QUIET_MS = 60 * 60 * 1000;
/** A job that was running this often when its process died is not the victim but the cause. */
const MAX_STARTS = 5;
const UNIQUE_VIOLATION = '23505';

class Stopped extends Error {
  readonly why: 'cancelled' | 'shutdown' | 'silent';
  constructor(why: Stopped['why']) {
    super(`job stopped: ${why}`);
    this.why = why;
  }
}

/** Runs one job of the queue to its end and stores how it ended. Throws only when that could not be stored. */
export async function executeJob(
  services: Services,
  spec: JobSpec,
  id: string,
  stopping: AbortSignal,
): Promise<void> {
  if (await spec.rests?.(services)) return putOff(services.db, id);
  const row = await beginJob(services.db, id);
  if (!row) return;
  const attempts = spec.attempts ?? 1;
  if (row.attempts > Math.max(attempts, MAX_STARTS)) {
    await settleJob(services.db, id, { state: 'failed', errorCode: 'job_crashed' });
    return;
  }
  try {
    const result = await runOnce(services, spec, row, stopping);
    await settleJob(services.db, id, { state: 'done', result });
  } catch (error) {
    await settleFailure(services, row, error, attempts);
  }
}

/** Who rests before he has begun leaves his place among those at work to others. */
async function putOff(db: Db, id: string): Promise<void> {
  const row = await jobToRun(db, id);
  if (row) await enqueue(db, row, later(REST_MS));
}

async function runOnce(
  services: Services,
  spec: JobSpec,
  row: JobRow,
  stopping: AbortSignal,
): Promise<unknown> {
  const input = spec.input.safeParse(row.input);
  if (!input.success) throw new ProblemError('job_input_invalid');
  const cancelled = new AbortController();
  const silence = silenceAfter(spec.quiet ?? QUIET_MS);
  let stored = 0;
  let latest: [number, number | null, string | null] = [row.done, row.total, row.note];
  const store = async () => {
    stored = performance.now();
    if (await storeProgress(services.db, row.id, ...latest)) cancelled.abort(new Stopped('cancelled'));
  };
  const pause = async () => {
    await store();
    while (!run.signal.aborted && (await spec.rests?.(services))) {
      await delay(REST_MS, undefined, { signal: run.signal }).catch(() => {});
      silence.heard();
      await store();
    }
    if (stopping.aborted) throw new Stopped('shutdown');
  };
  const run: JobRun = {
    job: { id: row.id, name: row.name, createdBy: row.created_by, entity: row.entity },
    signal: AbortSignal.any([stopping, cancelled.signal, silence.signal]),
    async progress(done, total, note) {
      if (stopping.aborted) throw new Stopped('shutdown');
      silence.signal.throwIfAborted();
      silence.heard();
      latest = [done, total === undefined ? latest[1] : total, note === undefined ? latest[2] : note];
      if (performance.now() - stored >= PROGRESS_MS) await pause();
      cancelled.signal.throwIfAborted();
    },
  };
  if (row.cancel_requested) throw new Stopped('cancelled');
  try {
    const result = await Promise.race([spec.run(services, input.data, run), silence.comes]);
    if (stored > 0) await storeProgress(services.db, row.id, ...latest);
    return result;
  } finally {
    silence.end();
  }
}

/** Waits for nothing to be heard for so long: then the promise is refused and the signal aborted. */
function silenceAfter(milliseconds: number) {
  const controller = new AbortController();
  const { promise: comes, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    const stopped = new Stopped('silent');
    controller.abort(stopped);
    reject(stopped);
  }, milliseconds).unref();
  return {
    comes,
    signal: controller.signal,
    heard: () => void timer.refresh(),
    end: () => clearTimeout(timer),
  };
}

async function settleFailure(
  services: Services,
  row: JobRow,
  error: unknown,
  attempts: number,
): Promise<void> {
  const { db, log } = services;
  if (error instanceof Stopped) {
    // Only of deaths is it asked whose fault they are.
    if (error.why === 'shutdown') return waitAgain(db, row, { state: 'queued', attempts: row.attempts - 1 });
    if (error.why === 'cancelled') return settleJob(db, row.id, { state: 'cancelled' });
    log.error({ job: row.name, id: row.id }, 'job says nothing any more: given up');
    return settleJob(db, row.id, { state: 'failed', errorCode: 'job_silent' });
  }
  if (error instanceof ProblemError) {
    return settleJob(db, row.id, { state: 'failed', errorCode: error.code, errorParams: error.params });
  }
  log.error({ err: error, job: row.name, id: row.id }, 'job failed');
  if (row.attempts >= attempts) return settleJob(db, row.id, { state: 'failed', errorCode: 'internal' });
  const seconds = Math.min(10 * 4 ** (row.attempts - 1), 3600);
  return waitAgain(db, row, { state: 'queued', errorCode: 'internal' }, later(seconds * 1000));
}

const later = (milliseconds: number) => Temporal.Now.instant().add({ milliseconds }).toString();

/** A new entry in the queue: the pauses of the queue's own retries grow with every restart of the process. */
async function waitAgain(
  db: Db,
  row: JobRow,
  outcome: Outcome,
  runAt?: string,
  leaveKey = false,
): Promise<void> {
  try {
    await db.transaction().execute(async (tx) => {
      if (leaveKey) await dropKey(tx, row.id);
      await settleJob(tx, row.id, outcome);
      await enqueue(tx, row, runAt);
    });
  } catch (error) {
    // Another job waits under the same key, and only one may: this one waits in its own right.
    if (leaveKey || (error as { code?: string }).code !== UNIQUE_VIOLATION) throw error;
    await waitAgain(db, row, outcome, runAt, true);
  }
}
