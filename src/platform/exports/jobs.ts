import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import type { Cause, Context } from '../context/context.ts';
import type { Services } from '../context/services.ts';
import { ProblemError } from '../errors/problem.ts';
import { defineJob, type JobSpec } from '../jobs/job.ts';
import { writeExport } from './export.ts';
import { exportOf, exportPath, sweepExports, updateExport } from './store.ts';

/** The circumstances of a person, with the rights he has at this moment. */
export type ActFor = (services: Services, who: { id: string }, cause: Cause) => Promise<Context>;

/** Writing export files outside requests. A file begun by a process that died is written anew. */
export function exportJobs(actFor: ActFor): JobSpec[] {
  return [
    defineJob({
      name: 'export.sweep',
      input: z.object({}),
      run: (services) => sweepExports(services),
    }),
    defineJob({
      name: 'export.run',
      input: z.object({ id: z.uuid() }),
      async run(services, { id }, { job, progress }) {
        const ctx = await actFor(services, { id: job.createdBy as string }, { kind: 'job', id: job.id });
        const record = await exportOf(ctx, id);
        await updateExport(ctx.db, id, { state: 'running' });
        try {
          const path = exportPath(services, record);
          await mkdir(dirname(path), { recursive: true });
          const done = await writeExport(
            ctx,
            record.entity,
            record.query,
            record.format,
            createWriteStream(path, { mode: 0o600 }),
            (rows) => progress(rows),
          );
          await updateExport(ctx.db, id, {
            state: 'done',
            done,
            finished_at: Temporal.Now.instant().toString(),
          });
          return { exportId: id, done };
        } catch (error) {
          if (error instanceof ProblemError)
            await updateExport(ctx.db, id, { state: 'failed', error_code: error.code });
          throw error;
        }
      },
    }),
  ];
}
