import { z } from 'zod';
import { limitOf, type Route, route } from '../http/route.ts';
import { lookup } from './lookup.ts';

/** `GET /lookup/{entity}`: what reference pickers offer. */
export function lookupRoutes(): Route[] {
  return [
    route({
      method: 'GET',
      path: '/lookup/{entity}',
      outside: true,
      summary: 'Records to choose from, by name or pinyin; without q the ones last changed',
      tag: 'search',
      params: z.strictObject({ entity: z.string().max(100) }),
      query: z.strictObject({
        q: z.string().max(200).optional(),
        limit: limitOf(50).optional(),
        among: z.string().max(20).optional(),
      }),
      handle: async ({ ctx, params, query }) => ({
        items: await lookup(ctx, params.entity, { ...query, limit: query.limit ?? 20 }),
      }),
    }),
  ];
}
