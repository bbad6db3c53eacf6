import { sql } from 'kysely';
import type { Db } from '../context/context.ts';
import type { JobState } from './job.ts';

/** A job as it is stored. Counts are numbers, instants RFC 3339. */
export interface JobRow {
  id: string;
  name: string;
  key: string | null;
  entity: string | null;
  input: unknown;
  state: JobState;
  done: number;
  total: number | null;
  note: string | null;
  result: unknown;
  error_code: string | null;
  error_params: Record<string, unknown> | null;
  attempts: number;
  cancel_requested: boolean;
  created_by: string | null;
  created_at: string;
  started_at: string | null;
  finished_at: string | null;
}

/** The channel on which processes tell each other of a job's progress. */
export const JOB_CHANNEL = 'guanxi_jobs';

/** What a notification of progress carries: enough to inform the creator without a query. */
export interface JobNotice {
  id: string;
  createdBy: string | null;
  state: JobState;
  progress: { done: number; total: number | null; note: string | null };
}

/** Takes up a waiting job, or one whose process died. Null when there is nothing to do any more. */
export async function beginJob(db: Db, id: string): Promise<JobRow | null> {
  const { rows } = await sql<JobRow>`update job set state = 'running', attempts = attempts + 1,
      started_at = coalesce(started_at, now())
    where id = ${id} and state in ('queued', 'running') returning *`.execute(db);
  return rows[0] ?? null;
}

/** A job that `beginJob` would take up. */
export async function jobToRun(db: Db, id: string): Promise<JobRow | null> {
  const { rows } = await sql<JobRow>`select * from job
    where id = ${id} and state in ('queued', 'running')`.execute(db);
  return rows[0] ?? null;
}

/** Stores progress; gives whether someone asked the job to stop. */
export async function storeProgress(
  db: Db,
  id: string,
  done: number,
  total: number | null,
  note: string | null,
): Promise<boolean> {
  const { rows } = await sql<JobRow>`update job set done = ${done}, total = ${total}, note = ${note}
    where id = ${id} returning *`.execute(db);
  const row = rows[0];
  if (row) await announce(db, row);
  return row?.cancel_requested ?? true;
}

export interface Outcome {
  state: JobState;
  result?: unknown;
  errorCode?: string;
  errorParams?: Record<string, unknown>;
  /** Where this one is not to count. */
  attempts?: number;
}

/** Ends a job, or puts it back to wait for its next attempt. */
export async function settleJob(db: Db, id: string, outcome: Outcome): Promise<void> {
  const { rows } = await sql<JobRow>`update job set state = ${outcome.state},
      result = ${JSON.stringify(outcome.result ?? null)}::jsonb, error_code = ${outcome.errorCode ?? null},
      error_params = ${JSON.stringify(outcome.errorParams ?? null)}::jsonb,
      attempts = coalesce(${outcome.attempts ?? null}::int, attempts),
      finished_at = ${outcome.state === 'queued' ? null : sql`now()`}
    where id = ${id} returning *`.execute(db);
  if (rows[0]) await announce(db, rows[0]);
}

/** Leaves the key to the job that waits under it. */
export async function dropKey(db: Db, id: string): Promise<void> {
  await sql`update job set key = null where id = ${id}`.execute(db);
}

/** Never inside a business transaction: notifying serialises commits. */
async function announce(db: Db, row: JobRow): Promise<void> {
  const notice: JobNotice = {
    id: row.id,
    createdBy: row.created_by,
    state: row.state,
    progress: { done: row.done, total: row.total, note: row.note?.slice(0, 500) ?? null },
  };
  await sql`select pg_notify(${JOB_CHANNEL}, ${JSON.stringify(notice)})`.execute(db);
}
