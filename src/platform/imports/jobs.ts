import { z } from 'zod';
import type { Cause, Context } from '../context/context.ts';
import type { Services } from '../context/services.ts';
import { ProblemError } from '../errors/problem.ts';
import { defineJob, type JobRun, type JobSpec } from '../jobs/job.ts';
import { checkImport, type ImportProgress, runImport, undoImport } from './import.ts';
import { updateImport } from './store.ts';

type ActFor = (services: Services, who: { id: string }, cause: Cause) => Promise<Context>;

const input = z.object({ id: z.uuid() });

/** Checking, running and taking back imports outside requests, each with the rights its owner has at that moment. */
export function importJobs(actFor: ActFor): JobSpec[] {
  const as = (services: Services, { job }: JobRun, id: string) =>
    actFor(services, { id: job.createdBy as string }, { kind: 'import', id });
  const telling = (run: JobRun) => (progress: ImportProgress) =>
    run.progress(progress.done, progress.total, noteOf(progress));
  const failing = async <T>(services: Services, id: string, work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      if (error instanceof ProblemError)
        await updateImport(services.db, id, { error_code: error.code, error_params: error.params });
      throw error;
    }
  };
  return [
    defineJob({
      name: 'import.check',
      input,
      run: (services, { id }, run) =>
        failing(
          services,
          id,
          async () => (await checkImport(await as(services, run, id), services, id, telling(run))).checked,
        ),
    }),
    defineJob({
      name: 'import.run',
      input,
      run: (services, { id }, run) =>
        failing(
          services,
          id,
          async () => (await runImport(await as(services, run, id), services, id, telling(run))).counts,
        ),
    }),
    defineJob({
      name: 'import.undo',
      input,
      run: (services, { id }, run) =>
        failing(services, id, async () =>
          undoImport(await as(services, run, id), services, id, (done) => run.progress(done)),
        ),
    }),
  ];
}

/** Which part of the work it is, with what can be found by now, for those who watch. */
const noteOf = ({ phase, searchable }: ImportProgress) =>
  phase === 'indexing' ? `indexing ${searchable}` : phase;
