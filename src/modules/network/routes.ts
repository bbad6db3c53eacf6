import { idParams, type Route, route } from '../../platform/http/route.ts';
import { relationsOf } from './graph/read.ts';
import { groupOf } from './group/read.ts';
import { coverageFor } from './warnings/read.ts';
import { coverageSettings, readCoverageSettings, saveCoverageSettings } from './warnings/settings.ts';

const tag = 'network';

/** What is asked of relations besides their records. */
export function networkRoutes(): Route[] {
  return [
    route({
      method: 'GET',
      path: '/customers/{id}/network',
      summary: 'Who is who at a customer, what binds them and who of us knows them',
      tag,
      params: idParams,
      handle: ({ ctx, params }) => relationsOf(ctx, params.id),
    }),
    route({
      method: 'GET',
      path: '/customers/{id}/coverage',
      summary: 'Where the relation with a customer stands on weak feet',
      tag,
      params: idParams,
      handle: ({ ctx, params }) => coverageFor(ctx, params.id),
    }),
    route({
      method: 'GET',
      path: '/customers/{id}/group',
      summary: 'The group a customer belongs to, with figures',
      tag,
      params: idParams,
      handle: ({ ctx, params }) => groupOf(ctx, params.id),
    }),
    route({
      method: 'GET',
      path: '/settings/coverage',
      summary: 'When weak relations are warned of',
      tag,
      handle: ({ ctx }) => readCoverageSettings(ctx.db),
    }),
    route({
      method: 'PUT',
      path: '/settings/coverage',
      summary: 'Set when weak relations are warned of',
      tag,
      access: 'administrator',
      body: coverageSettings,
      handle: ({ ctx, body }) => saveCoverageSettings(ctx, body),
    }),
  ];
}
