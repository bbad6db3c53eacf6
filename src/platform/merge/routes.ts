import { z } from 'zod';
import { entityOfPath } from '../entity/path.ts';
import { idParams, type Route, route } from '../http/route.ts';
import { mergesOf } from './list.ts';
import { mergeRecords } from './merge.ts';
import { previewMerge } from './preview.ts';
import { undoMerge } from './undo.ts';

const tag = 'merge';
const plural = z.strictObject({ plural: z.string().max(100) });
// One more than may be merged: whoever sends too many is told how many may be.
const ids = z.array(z.uuid()).max(100);

/** Merging records, and taking it back (CUS-5). */
export function mergeRoutes(): Route[] {
  return [
    route({
      method: 'POST',
      path: '/{plural}/merge',
      summary: 'Make one record of 2 to 10; can be taken back for 30 days',
      tag,
      params: plural,
      body: z.strictObject({
        ids,
        into: z.uuid(),
        values: z.record(z.string().max(100), z.uuid()).optional(),
      }),
      handle: ({ ctx, params, body }) => mergeRecords(ctx, entityOfPath(ctx, params.plural), body),
    }),
    route({
      method: 'POST',
      path: '/{plural}/merge-preview',
      summary: 'What merging records would keep and move',
      tag,
      params: plural,
      body: z.strictObject({ ids, into: z.uuid().optional() }),
      handle: ({ ctx, params, body }) => previewMerge(ctx, entityOfPath(ctx, params.plural), body),
    }),
    route({
      method: 'GET',
      path: '/{plural}/{id}/merges',
      summary: 'The merges a record has come out of',
      tag,
      params: plural.extend(idParams.shape),
      handle: async ({ ctx, params }) => ({
        items: await mergesOf(ctx, entityOfPath(ctx, params.plural), params.id),
      }),
    }),
    route({
      method: 'POST',
      path: '/merges/{id}/undo',
      summary: 'Take a merge back; names what people have changed since',
      tag,
      params: idParams,
      handle: ({ ctx, params }) => undoMerge(ctx, params.id),
    }),
  ];
}
