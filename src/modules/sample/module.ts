import { z } from 'zod';
import { type Services, systemContext } from '../../platform/context/services.ts';
import { route } from '../../platform/http/route.ts';
import { addJob, defineJob } from '../../platform/jobs/job.ts';
import type { Module } from '../../platform/module.ts';
import { fillSample } from './fill.ts';

const fill = defineJob({
  name: 'sample.fill',
  input: z.object({}),
  run: async (services: Services, _input, { job, progress }) =>
    fillSample(await systemContext(services, { kind: 'job', id: job.id }), progress),
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

/** A believable company to try the product on; contributes no record types of its own. */
export const sample: Module<Services> = {
  name: 'sample',
  entities: [],
  jobs: [fill],
  routes: () => [start],
  translations: new URL('./i18n/', import.meta.url),
  migrations: new URL('./migrations/', import.meta.url),
};
