import { z } from 'zod';
import { systemContext } from '../context/services.ts';
import { defineJob, type JobSpec } from '../jobs/job.ts';
import { expire } from './decide.ts';

/** What becomes due: each time limit has a job at its end, which finds nothing to do when someone decided in time. */
export function approvalJobs(): JobSpec[] {
  return [
    defineJob({
      name: 'approval.due',
      input: z.object({ id: z.uuid() }),
      attempts: 5,
      async run(services, { id }, { job }) {
        const ctx = await systemContext(services, { kind: 'job', id: job.id });
        return { expired: await expire(ctx, id) };
      },
    }),
  ];
}
