import { z } from 'zod';
import { writeAudit } from '../../../platform/audit/audit.ts';
import { defineCommand } from '../../../platform/command/command.ts';
import type { Services } from '../../../platform/context/services.ts';
import { problem } from '../../../platform/errors/problem.ts';
import { defineJob } from '../../../platform/jobs/job.ts';
import { personContext } from '../../organisation/public.ts';
import { countExactly, FILL_JOB, fillMembers, freeze } from './members.ts';
import { segmentNamed } from './read.ts';

/** Finds the members of a frozen segment anew. */
export const refresh = defineCommand({
  name: 'refresh',
  entity: 'segment',
  on: 'one',
  action: 'update',
  summary: 'Find the members of a frozen segment anew',
  input: z.strictObject({}),
  async run(ctx, { rows }) {
    const segment = await segmentNamed(ctx, rows[0]?.id as string);
    if (segment.kind !== 'frozen') throw problem('segment_live', { status: 409 });
    const jobId = await freeze(ctx, segment);
    await writeAudit(ctx, { action: 'refresh', entity: 'segment', recordId: segment.id, note: segment.name });
    const { refreshedAt } = await segmentNamed(ctx, segment.id);
    return { refreshedAt, jobId };
  },
});

const person = (services: Services, job: { id: string; createdBy: string | null }) =>
  personContext(services, { id: job.createdBy as string }, { kind: 'job', id: job.id });

/** Members of a large segment, found in the name of who froze it. */
const fill = defineJob({
  name: FILL_JOB,
  input: z.object({ id: z.uuid() }),
  async run(services: Services, { id }, { job }) {
    const ctx = await person(services, job);
    return { count: await fillMembers(ctx, await segmentNamed(ctx, id)) };
  },
});

export const COUNT_JOB = 'segment.count';

/** An exact count, for whoever does not want "more than 10,000". */
const count = defineJob({
  name: COUNT_JOB,
  input: z.object({ entity: z.string(), definition: z.unknown() }),
  async run(services: Services, { entity, definition }, { job }) {
    return { count: await countExactly(await person(services, job), { entity, definition }) };
  },
});

export const segmentJobs = [fill, count];
