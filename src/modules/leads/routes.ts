import { idParams, type Route, route } from '../../platform/http/route.ts';
import { matchesOf } from './convert/matches.ts';

const tag = 'leads';

/** What is asked of leads besides their records. */
export function leadRoutes(): Route[] {
  return [
    route({
      method: 'GET',
      path: '/leads/{id}/matches',
      summary: 'Customers and people a lead may be already',
      tag,
      params: idParams,
      handle: ({ ctx, params }) => matchesOf(ctx, params.id),
    }),
  ];
}
