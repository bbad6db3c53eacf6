import { z } from 'zod';
import { idParams, type Route, route } from '../../platform/http/route.ts';
import { versionsOf } from './contract/versions.ts';

const version = z.object({
  revision: z.int(),
  at: z.string(),
  by: z.string().nullable(),
  reason: z.string().nullable(),
  record: z.record(z.string(), z.unknown()),
});

/** What contracts and orders have beyond records and commands. */
export function orderRoutes(): Route[] {
  return [
    route({
      method: 'GET',
      path: '/contracts/{id}/versions',
      summary: 'A contract as it was agreed each time, newest first',
      tag: 'orders',
      params: idParams,
      response: z.object({ items: z.array(version) }),
      handle: async ({ ctx, params }) => ({ items: await versionsOf(ctx, params.id) }),
    }),
  ];
}
