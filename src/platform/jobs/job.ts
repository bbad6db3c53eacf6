import { sql } from 'kysely';
import type { z } from 'zod';
import type { Context } from '../context/context.ts';
import type { Services } from '../context/services.ts';
import { inTransaction } from '../context/transaction.ts';
import { uuidv7 } from '../db/uuid.ts';

export type JobState = 'queued' | 'running' | 'done' | 'failed' | 'cancelled';

/** What a running job knows of itself. */
export interface JobRun {
  job: { id: string; name: string; createdBy: string | null; entity: string | null };
  /**
   * Says how far the work is; written at most twice a second, so it may be called for every row. Throws when the job was
   * cancelled or the process is stopping: let it pass, what was committed stays.
   */
  progress(done: number, total?: number | null, note?: string | null): Promise<void>;
  /** Aborted when the job was cancelled or the process is stopping, for work that waits on something else. */
  signal: AbortSignal;
}

/**
 * A piece of work outside requests. It may be stopped at any point (also by a power cut) and is then started again with
 * the same input: it must be able to go on, or to begin again without doing anything twice.
 */
export interface JobSpec<I = unknown> {
  /** For example `import.run`; its label is the translation `job.<name>`. */
  name: string;
  input: z.ZodType<I>;
  /** How often an unexpected failure is tried again, with growing pauses; 1 (the default) is never. */
  attempts?: number;
  /** Runs every night at 02:30 of the company's time zone, with an empty input; a night missed is made up for. */
  nightly?: boolean;
  /** For how many milliseconds it may say nothing of its progress before it counts as hung and is given up; an hour unless told. */
  quiet?: number;
  /**
   * While this holds it does not begin, or waits at its next step of progress: whoever looks at everything lets pass what
   * somebody waits for.
   */
  rests?(services: Services): Promise<boolean>;
  /** What it gives is stored as the job's result. An expected failure is a thrown problem. */
  run(services: Services, input: I, run: JobRun): Promise<unknown>;
}

/** Declares a job. */
export function defineJob<I>(spec: JobSpec<I>): JobSpec {
  return spec as JobSpec;
}

/** graphile-worker's own count never decides: a job that dies with the process must be taken up again. */
const QUEUE_ATTEMPTS = 10_000;

/**
 * Puts a job in the queue, in the caller's transaction: it runs if and only if that commits. While a job of the same name
 * and key is waiting no second one is added; those of one name that have a key run one after the other. Gives the id of the
 * job that will run.
 * @param options.by on whose behalf it runs, where that is not the caller
 */
export async function addJob(
  ctx: Context,
  name: string,
  input: object,
  options: { key?: string; runAt?: string; entity?: string; by?: string } = {},
): Promise<string> {
  return inTransaction(ctx, async ({ db, principal, now }) => {
    const id = uuidv7();
    const added = await sql`insert into job (id, name, key, entity, input, created_by, created_at)
      values (${id}, ${name}, ${options.key ?? null}, ${options.entity ?? null}, ${JSON.stringify(input)}::jsonb,
        ${options.by ?? principal.userId}, ${now})
      on conflict (name, key) where key is not null and state = 'queued' do nothing returning id`.execute(db);
    if (added.rows.length === 0) {
      const waiting = await sql<{ id: string }>`select id from job
        where name = ${name} and key = ${options.key} and state = 'queued'`.execute(db);
      // It may have begun to run in this instant: then this one waits in its own right.
      return waiting.rows[0]?.id ?? addJob({ ...ctx, db }, name, input, options);
    }
    await enqueue(db, { name, id, key: options.key ?? null }, options.runAt);
    return id;
  });
}

/** Hands a job to the queue. */
export async function enqueue(
  db: Context['db'],
  { name, id, key }: { name: string; id: string; key: string | null },
  runAt?: string,
): Promise<void> {
  await sql`select graphile_worker.add_job(${name}, ${JSON.stringify({ id })}::json,
    queue_name => ${key === null ? null : name}, run_at => ${runAt ?? null}::timestamptz,
    max_attempts => ${QUEUE_ATTEMPTS})`.execute(db);
}
