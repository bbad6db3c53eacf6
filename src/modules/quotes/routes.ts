import { type Route, route } from '../../platform/http/route.ts';
import { quoteRules, readRules, writeRules } from './quote/limit.ts';

const tag = 'quotes';

/** What is asked of quotes besides their records. */
export function quoteRoutes(): Route[] {
  return [
    route({
      method: 'GET',
      path: '/quote-rules',
      summary: 'Discount limits, and how long quotes hold',
      tag,
      handle: ({ ctx }) => readRules(ctx),
    }),
    route({
      method: 'PUT',
      path: '/quote-rules',
      summary: 'Change discount limits, and how long quotes hold',
      tag,
      access: 'administrator',
      body: quoteRules,
      status: 200,
      handle: ({ ctx, body }) => writeRules(ctx, body),
    }),
  ];
}
