import { idParams, type Route, route } from '../../../platform/http/route.ts';
import { dashboardNamed, dashboardsOf } from './read.ts';

const tag = 'analysis';

/** Dashboards as they are looked at; they are made and changed as records. */
export function dashboardRoutes(): Route[] {
  return [
    route({
      method: 'GET',
      path: '/analysis/dashboards',
      summary: 'The dashboards one may look at, the one to begin with first',
      tag,
      handle: async ({ ctx }) => ({ items: await dashboardsOf(ctx) }),
    }),
    route({
      method: 'GET',
      path: '/analysis/dashboards/{id}',
      summary: 'A dashboard with its tiles, one’s own, shared, or given to one’s role',
      tag,
      params: idParams,
      handle: ({ ctx, params }) => dashboardNamed(ctx, params.id),
    }),
  ];
}
