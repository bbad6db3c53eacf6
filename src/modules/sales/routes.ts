import { idParams, type Route, route } from '../../platform/http/route.ts';
import { boardOf, boardQuery } from './opportunity/board.ts';
import { wayOf } from './opportunity/way.ts';

const tag = 'sales';

/** What is asked of sales besides their records. */
export function salesRoutes(): Route[] {
  return [
    route({
      method: 'GET',
      path: '/opportunities/board',
      summary: 'The opportunities of a pipeline, stage by stage, with their sums',
      tag,
      query: boardQuery,
      handle: ({ ctx, query }) => boardOf(ctx, query),
    }),
    route({
      method: 'GET',
      path: '/opportunities/{id}/steps',
      summary: 'The way of an opportunity: stages, amounts and days',
      tag,
      params: idParams,
      handle: ({ ctx, params }) => wayOf(ctx, params.id),
    }),
  ];
}
