import { z } from 'zod';
import { type Services, systemContext } from '../../platform/context/services.ts';
import { route } from '../../platform/http/route.ts';
import { addJob, defineJob } from '../../platform/jobs/job.ts';
import type { Module } from '../../platform/module.ts';
import type { SampleFiller } from '../../platform/sample/sample.ts';
import { fillSample } from './fill.ts';

/**
 * A believable company to try the product on; contributes no record types of its own.
 * @param fillers what the modules add to it, in their order
 */
export function sampleModule(fillers: readonly SampleFiller[]): Module<Services> {
  const fill = defineJob({
    name: 'sample.fill',
    input: z.object({}),
    run: async (services: Services, _input, { job, progress }) =>
      fillSample(await systemContext(services, { kind: 'job', id: job.id }), fillers, progress),
  });
  const start = route({
    method: 'POST',
    path: '/sample-data',
    summary: 'Fill the empty company with sample data',
    tag: 'setup',
    access: 'administrator',
    status: 202,
    body: z.strictObject({}),
    handle: async ({ ctx }) => ({ jobId: await addJob(ctx, fill.name, {}, { key: 'once' }) }),
  });
  return {
    name: 'sample',
    entities: [],
    jobs: [fill],
    routes: () => [start],
    translations: new URL('./i18n/', import.meta.url),
    migrations: new URL('./migrations/', import.meta.url),
  };
}
