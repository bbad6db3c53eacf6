import { type Route, route } from '../../../platform/http/route.ts';
import { marginRules, readMarginRules, writeMarginRules } from './rules.ts';

const tag = 'documents';

/** What is to be left of a price at least. */
export function marginRoutes(): Route[] {
  return [
    route({
      method: 'GET',
      path: '/margin-rules',
      summary: 'The margin that sales should leave where neither product nor category says otherwise',
      tag,
      access: 'administrator',
      handle: ({ ctx }) => readMarginRules(ctx),
    }),
    route({
      method: 'PUT',
      path: '/margin-rules',
      summary: 'Change the margin that sales should leave',
      tag,
      access: 'administrator',
      body: marginRules,
      status: 200,
      handle: ({ ctx, body }) => writeMarginRules(ctx, body),
    }),
  ];
}
