import { idParams, type Route, route } from '../../platform/http/route.ts';
import { nextOffers } from './market/next.ts';
import { boardOf, boardQuery } from './opportunity/board.ts';
import { wayOf } from './opportunity/way.ts';
import { coverOf } from './stakeholder/cover.ts';
import { versusRecord } from './versus/record.ts';

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
    route({
      method: 'GET',
      path: '/opportunities/{id}/cover',
      summary: 'Who takes part in an opportunity on the customer’s side, and who is missing',
      tag,
      params: idParams,
      handle: ({ ctx, params }) => coverOf(ctx, params.id),
    }),
    route({
      method: 'GET',
      path: '/competitors/{id}/record',
      summary: 'How business against a competitor ends',
      tag,
      params: idParams,
      handle: async ({ ctx, params }) => ({ record: await versusRecord(ctx, params.id) }),
    }),
    route({
      method: 'GET',
      path: '/customers/{id}/next-products',
      summary: 'What a customer could be offered next, with reason and price',
      tag,
      params: idParams,
      handle: ({ ctx, params }) => nextOffers(ctx, params.id),
    }),
  ];
}
