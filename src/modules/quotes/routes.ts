import { z } from 'zod';
import { idParams, type Route, route } from '../../platform/http/route.ts';
import { answerLink, linkAnswer, openLink } from './link/answer.ts';
import { quoteRules, readRules, writeRules } from './quote/limit.ts';
import { standingOf } from './quote/standing.ts';

const tag = 'quotes';
const tokenParams = z.object({ token: z.string().max(200) });

/** What is asked of quotes besides their records. */
export function quoteRoutes(): Route[] {
  return [
    route({
      method: 'GET',
      path: '/quote-rules',
      summary: 'Discount limits, and how long quotes hold',
      tag,
      access: 'administrator',
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
    route({
      method: 'GET',
      path: '/quotes/{id}/standing',
      summary: 'The limit for a quote, its versions, and how its link fared',
      tag,
      params: idParams,
      handle: ({ ctx, services, params }) => standingOf(ctx, services, params.id),
    }),
    route({
      method: 'GET',
      path: '/quote-links/{token}',
      summary: 'A quote as its customer sees it by his link',
      tag,
      access: 'open',
      params: tokenParams,
      handle: ({ services, params, request }) => openLink(services, params.token, fromOf(request)),
    }),
    route({
      method: 'POST',
      path: '/quote-links/{token}',
      summary: 'What the customer says to a quote: confirmed, or declined with a reason',
      tag,
      access: 'open',
      params: tokenParams,
      body: linkAnswer,
      status: 200,
      handle: ({ services, params, body, request }) =>
        answerLink(services, params.token, body, fromOf(request)),
    }),
  ];
}

const fromOf = ({ ip, headers }: { ip: string; headers: { 'user-agent'?: string | undefined } }) => ({
  ip,
  agent: headers['user-agent']?.slice(0, 300) ?? null,
});
