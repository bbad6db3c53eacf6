import { type RawBuilder, sql } from 'kysely';
import { z } from 'zod';
import type { Services } from '../context/services.ts';
import { defineJob, type JobSpec } from './job.ts';

export type CleaningTask = (services: Services) => Promise<void>;

/** The nightly cleaning: each task by itself, so that one that fails does not keep the others from their work. */
export function cleaningJob(tasks: readonly CleaningTask[]): JobSpec {
  return defineJob({
    name: 'cleaning',
    input: z.object({}),
    nightly: true,
    async run(services, _input, { progress }) {
      let failed = 0;
      for (const [index, task] of [cleanTables, ...tasks].entries()) {
        await progress(index, tasks.length + 1);
        await task(services).catch((error: unknown) => {
          failed += 1;
          services.log.error({ err: error }, 'a cleaning task failed');
        });
      }
      await progress(tasks.length + 1, tasks.length + 1);
      return { failed };
    },
  });
}

/** What is of no more use after a while, by table: one index range each. */
const OLD: { table: string; where: RawBuilder<unknown> }[] = [
  { table: 'idempotency', where: sql`created_at < now() - interval '1 day'` },
  { table: 'undo_set', where: sql`at < now() - interval '30 days'` },
  { table: 'mass_action', where: sql`created_at < now() - interval '30 days'` },
  { table: 'job', where: sql`finished_at < now() - interval '30 days'` },
  { table: 'analysis_answer', where: sql`at < now() - interval '2 days'` },
  { table: 'mail_message', where: sql`finished_at < now() - interval '30 days'` },
  { table: 'record_share', where: sql`expires_at < now() - interval '1 day'` },
];

const BATCH = 1000;

/** In small steps, so that no lock is held for long. */
export async function cleanTables({ db }: Services): Promise<void> {
  for (const { table, where } of OLD) {
    let removed = BATCH;
    while (removed === BATCH) {
      const result = await sql`delete from ${sql.table(table)} where ctid in
        (select ctid from ${sql.table(table)} where ${where} limit ${BATCH})`.execute(db);
      removed = Number(result.numAffectedRows ?? 0);
    }
  }
}
