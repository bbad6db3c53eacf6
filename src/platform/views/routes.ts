import { z } from 'zod';
import { versionOf } from '../entity/routes.ts';
import { idParams, type Route, route } from '../http/route.ts';
import { createView, deleteView, listViews, newView, updateView, viewPatch } from './view.ts';

const tag = 'views';

/** Saved views of lists. */
export function viewRoutes(): Route[] {
  return [
    route({
      method: 'GET',
      path: '/views',
      outside: true,
      summary: 'The views one may use on a list',
      tag,
      query: z.strictObject({ entity: z.string().max(100) }),
      handle: async ({ ctx, query }) => ({ items: await listViews(ctx, query.entity) }),
    }),
    route({
      method: 'POST',
      path: '/views',
      summary: 'Save a view of a list',
      tag,
      body: newView,
      status: 201,
      handle: ({ ctx, body }) => createView(ctx, body),
    }),
    route({
      method: 'PATCH',
      path: '/views/{id}',
      summary: 'Change a view; needs If-Match with its version',
      tag,
      needsVersion: true,
      params: idParams,
      body: viewPatch,
      handle: ({ ctx, params, body, request }) => updateView(ctx, params.id, body, versionOf(request, true)),
    }),
    route({
      method: 'DELETE',
      path: '/views/{id}',
      summary: 'Delete a view',
      tag,
      params: idParams,
      handle: ({ ctx, params, request }) => deleteView(ctx, params.id, versionOf(request, false)),
    }),
  ];
}
