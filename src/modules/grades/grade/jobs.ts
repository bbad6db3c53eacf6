import { z } from 'zod';
import { type Services, systemContext } from '../../../platform/context/services.ts';
import { rebuildFacts } from '../../../platform/facts/run.ts';
import { importWrites } from '../../../platform/imports/running.ts';
import { defineJob, type JobRun } from '../../../platform/jobs/job.ts';
import { personContext } from '../../organisation/public.ts';
import { gradeFacts } from '../facts.ts';
import { activeSchemes, schemeNamed } from '../scheme/read.ts';
import { GRADE_JOB, MAIN_JOB, PREVIEW_JOB } from './names.ts';
import { announceFalls } from './notice.ts';
import { previewAll, previewInput } from './preview.ts';
import { gradeAll } from './run.ts';

const context = (services: Services, id: string) =>
  systemContext(services, { kind: 'job', id, reason: 'grades' });

/**
 * Every night: what time alone has changed, and the falls whose day has come; then the owners of what will fall are told. In
 * this order nobody falls in the night he is told.
 */
async function gradeNightly(services: Services, run: JobRun): Promise<Record<string, number | null>> {
  const ctx = await context(services, run.job.id);
  const result: Record<string, number | null> = {};
  for (const scheme of await activeSchemes(ctx)) {
    result[scheme.name] = await gradeAll(ctx, scheme, run);
    await announceFalls(ctx, scheme);
  }
  return result;
}

export const gradeJobs = [
  defineJob({
    name: 'grades.nightly',
    input: z.object({}),
    nightly: true,
    rests: importWrites,
    run: (services: Services, _input, run) => gradeNightly(services, run),
  }),
  defineJob({
    name: GRADE_JOB,
    /** `show`: the scheme has become the main one, with grades from before. */
    input: z.object({ id: z.uuid(), show: z.boolean().default(false) }),
    async run(services: Services, { id, show }, run) {
      const ctx = await context(services, run.job.id);
      const scheme = await schemeNamed(ctx, id);
      if (!scheme.active) return { changed: 0 };
      const changed = await gradeAll(ctx, scheme, run);
      if (show) await rebuildFacts(services, gradeFacts, run);
      return { changed };
    },
  }),
  defineJob({
    name: MAIN_JOB,
    input: z.object({}),
    run: async (services: Services, _input, run) => ({
      changed: await rebuildFacts(services, gradeFacts, run),
    }),
  }),
  defineJob({
    name: PREVIEW_JOB,
    input: previewInput,
    async run(services: Services, input, run) {
      const viewer = await personContext(
        services,
        { id: run.job.createdBy as string },
        { kind: 'job', id: run.job.id },
      );
      return previewAll(await context(services, run.job.id), viewer, input, run);
    },
  }),
];
