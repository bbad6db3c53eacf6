import { z } from 'zod';
import { entityOfPath } from '../entity/path.ts';
import { type Route, route } from '../http/route.ts';
import { listShares, shareInput, shareRecord, unshareRecord } from './share.ts';

const tag = 'sharing';
const record = z.strictObject({ plural: z.string().max(100), id: z.uuid() });

/** Sharing of single records (CUS-14). */
export function sharingRoutes(): Route[] {
  return [
    route({
      method: 'POST',
      path: '/{plural}/{id}/share',
      summary: 'Share a record with a person or a department',
      tag,
      params: record,
      body: shareInput,
      status: 201,
      handle: ({ ctx, params, body }) => shareRecord(ctx, entityOfPath(ctx, params.plural), params.id, body),
    }),
    route({
      method: 'GET',
      path: '/{plural}/{id}/shares',
      summary: 'With whom a record is shared',
      tag,
      params: record,
      handle: async ({ ctx, params }) => ({
        items: await listShares(ctx, entityOfPath(ctx, params.plural), params.id),
      }),
    }),
    route({
      method: 'DELETE',
      path: '/{plural}/{id}/shares/{shareId}',
      summary: 'Stop sharing a record',
      tag,
      params: record.extend({ shareId: z.uuid() }),
      handle: ({ ctx, params }) =>
        unshareRecord(ctx, entityOfPath(ctx, params.plural), params.id, params.shareId),
    }),
  ];
}
