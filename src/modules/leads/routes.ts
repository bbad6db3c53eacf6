import { idParams, type Route, route } from '../../platform/http/route.ts';
import { matchesOf } from './convert/matches.ts';
import { apiIntake } from './intake/api.ts';
import { formRoutes } from './intake/form.ts';
import { responseQuery, responsesOf } from './route/figures.ts';
import { scoreRoutes } from './score/routes.ts';

const tag = 'leads';

/** What is asked of leads besides their records. */
export function leadRoutes(): Route[] {
  return [
    ...formRoutes(),
    ...scoreRoutes,
    apiIntake,
    route({
      method: 'GET',
      path: '/leads/{id}/matches',
      summary: 'Customers and people a lead may be already',
      tag,
      params: idParams,
      handle: ({ ctx, params }) => matchesOf(ctx, params.id),
    }),
    route({
      method: 'GET',
      path: '/leads/response',
      summary: 'How soon leads of the last days were answered, by owner',
      tag,
      query: responseQuery,
      handle: async ({ ctx, query }) => ({ items: await responsesOf(ctx, query) }),
    }),
  ];
}
