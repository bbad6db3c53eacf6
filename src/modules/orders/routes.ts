import { z } from 'zod';
import { readRecord } from '../../platform/entity/records.ts';
import { flag, idParams, type Route, route } from '../../platform/http/route.ts';
import { sendPaper } from '../../platform/print/record.ts';
import { letterheadOf } from '../legal/public.ts';
import { versionsOf } from './contract/versions.ts';
import { deliveryNote } from './delivery/note.ts';
import { sellerOf } from './delivery/seller.ts';
import { togetherRoutes } from './together/routes.ts';
import { trackRoutes } from './track/routes.ts';

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
    route({
      method: 'GET',
      path: '/deliveries/{id}/pdf',
      summary: 'The delivery note of a delivery, with prices or without',
      tag: 'orders',
      params: idParams,
      query: z.strictObject({ prices: flag.optional() }),
      async handle({ ctx, services, params, query, reply }) {
        const delivery = await readRecord(ctx, 'delivery', params.id);
        const letterhead = await letterheadOf(ctx, services, await sellerOf(ctx, params.id));
        const page = deliveryNote(ctx, delivery, { letterhead, prices: query.prices ?? false });
        return sendPaper(ctx, reply, ['delivery', delivery.id], page);
      },
    }),
    ...trackRoutes(),
    ...togetherRoutes(),
  ];
}
