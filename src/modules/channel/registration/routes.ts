import { readRecord } from '../../../platform/entity/records.ts';
import { idParams, type Route, route } from '../../../platform/http/route.ts';
import { conflictsOf } from './conflicts.ts';
import { registerRoute } from './register.ts';

export const registrationRoutes = (): Route[] => [
  registerRoute(),
  route({
    method: 'GET',
    path: '/deal-registrations/{id}/conflicts',
    summary: 'Customers and registrations that may be the same as a registered one',
    tag: 'channel',
    params: idParams,
    handle: async ({ ctx, params }) => conflictsOf(ctx, await readRecord(ctx, 'dealRegistration', params.id)),
  }),
];
