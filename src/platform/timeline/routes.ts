import { z } from 'zod';
import { entityOfPath } from '../entity/path.ts';
import { readRecord } from '../entity/records.ts';
import { limitOf, type Route, route } from '../http/route.ts';
import { readTimeline } from './read.ts';

/** The timeline of a record (CUS-2). */
export function timelineRoutes(): Route[] {
  return [
    route({
      method: 'GET',
      path: '/{plural}/{id}/timeline',
      outside: true,
      summary: 'What happened with a record, newest first',
      tag: 'timeline',
      params: z.strictObject({ plural: z.string().max(100), id: z.uuid() }),
      query: z.strictObject({
        category: z.enum(['contact', 'work', 'file', 'change', 'deal', 'service', 'comment']).optional(),
        cursor: z.string().max(500).optional(),
        limit: limitOf(100).optional(),
      }),
      handle: async ({ ctx, params, query }) => {
        const entity = entityOfPath(ctx, params.plural);
        await readRecord(ctx, entity.name, params.id);
        return readTimeline(ctx, entity, params.id, { ...query, limit: query.limit ?? 30 });
      },
    }),
  ];
}
