import { z } from 'zod';
import { idParams, type Route, route } from '../../platform/http/route.ts';
import { brokenPlansRoute } from './call-back/broken.ts';
import { planCountsRoute } from './call-back/plan-counts.ts';
import { sinceLastTime } from './meeting/since.ts';
import { keepRateRoute } from './promise/keep-rate.ts';
import { monthRoute } from './today/month.ts';
import { visitRoutes } from './visit/routes.ts';

/** What is more than records: the day's way, keeping of promises, and what changed since last time. */
export function workRoutes(): Route[] {
  return [
    keepRateRoute,
    planCountsRoute,
    brokenPlansRoute,
    monthRoute,
    ...visitRoutes(),
    ...(['visit', 'meeting'] as const).map((type) =>
      route({
        method: 'GET',
        path: `/${type}s/{id}/since`,
        summary: 'What changed at the customer since the last visit or meeting',
        tag: 'work',
        params: idParams,
        query: z.strictObject({}),
        handle: ({ ctx, params }) => sinceLastTime(ctx, type, params.id),
      }),
    ),
  ];
}
