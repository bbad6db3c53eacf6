import { sql } from 'kysely';
import { z } from 'zod';
import type { Services } from '../context/services.ts';
import { flag, limitOf, type Route, route } from '../http/route.ts';
import { addJob } from '../jobs/job.ts';
import { checkDraft, checkInput } from './check.ts';
import { comparedEntity, decideInput, decidePair, listPairs } from './queue.ts';
import { requestAccess, requestInput } from './request.ts';
import { SCAN_JOB } from './scan.ts';

const tag = 'duplicates';

/** Records that may be the same one: the queue, the check while typing, and asking for what one may not see (CUS-5). */
export function duplicateRoutes(): Route[] {
  return [
    route({
      method: 'GET',
      path: '/duplicates',
      summary: 'Pairs that may be the same record, the surest first',
      tag,
      query: z.strictObject({
        entity: z.string().max(100).default('customer'),
        limit: limitOf(200).default(50),
        cursor: z.string().max(500).optional(),
        least: z.coerce.number().min(0).max(1).optional(),
        count: flag.optional(),
      }),
      handle: ({ ctx, query }) => listPairs(ctx, query.entity, query),
    }),
    route({
      method: 'POST',
      path: '/duplicates/check',
      outside: true,
      summary: 'Whether a draft is there already, over the whole base',
      tag,
      body: checkInput,
      handle: ({ ctx, body }) => checkDraft(ctx, body),
    }),
    route({
      method: 'POST',
      path: '/duplicates/decide',
      summary: 'Say that two records are not the same, or put the question off',
      tag,
      body: decideInput,
      status: 204,
      handle: ({ ctx, body }) => decidePair(ctx, body),
    }),
    route({
      method: 'POST',
      path: '/duplicates/request',
      summary: 'Ask the owner of a record outside one’s scope to share it or give it away',
      tag,
      body: requestInput,
      handle: ({ ctx, body }) => requestAccess(ctx, body),
    }),
    route({
      method: 'POST',
      path: '/duplicates/scan',
      summary: 'Compare all records of a type anew, as a job',
      tag,
      access: 'administrator',
      body: z.strictObject({ entity: z.string().max(100) }),
      status: 202,
      handle: async ({ ctx, body }) => {
        const { name } = comparedEntity(ctx, body.entity);
        return { job: await addJob(ctx, SCAN_JOB, { entity: name }, { key: name, entity: name }) };
      },
    }),
  ];
}

/** Look-ups are kept for half a year; pairs of records that are gone for good go with them. */
export async function cleanDuplicates({ db }: Pick<Services, 'db'>): Promise<void> {
  await sql`delete from duplicate_lookup where at < now() - interval '180 days'`.execute(db);
}
