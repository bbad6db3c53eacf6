import { z } from 'zod';
import type { Context } from '../../../platform/context/context.ts';
import { type Services, systemContext } from '../../../platform/context/services.ts';
import { readRecord } from '../../../platform/entity/records.ts';
import { forbidden, problem } from '../../../platform/errors/problem.ts';
import { idParams, type Route, route } from '../../../platform/http/route.ts';
import { addressKey } from '../../../platform/http/signature.ts';
import { chooseLanguage, translate } from '../../../platform/i18n/translations.ts';
import { countAttempt } from '../../organisation/public.ts';
import { endLinks, isLive, lastLink, linkOf, openLink } from './links.ts';
import { pageOf, trackingPage } from './page.ts';
import { trackedFor } from './read.ts';
import { trackedLink, trackingToken } from './token.ts';

/** From one address: a warehouse looks often, whoever tries addresses does not get far. */
const PER_ADDRESS = { max: 120, seconds: 600 };

const addressOf = ({ baseUrl, secret }: Services, link: string) =>
  `${baseUrl}/track/${trackingToken(secret, link)}`;

async function requireWritable(ctx: Context, id: string): Promise<unknown> {
  const { status, can } = await readRecord(ctx, 'order', id);
  if (!can.update) throw forbidden();
  return status;
}

/** The address a customer is sent, and the page he sees there. */
export function trackRoutes(): Route[] {
  return [
    route({
      method: 'GET',
      path: '/orders/{id}/track',
      summary: 'The link by which a customer follows an order: whether it opens, how it fared, who ended it',
      tag: 'orders',
      params: idParams,
      secret: true,
      async handle({ ctx, services, params }) {
        const { can } = await readRecord(ctx, 'order', params.id);
        const last = await lastLink(ctx, params.id);
        if (!last) return { link: null, last: null };
        const { id, ...told } = last;
        return { link: can.update && isLive(ctx, last) ? addressOf(services, id) : null, last: told };
      },
    }),
    route({
      method: 'POST',
      path: '/orders/{id}/track',
      summary: 'The address where the customer sees how far an order has come',
      tag: 'orders',
      params: idParams,
      response: z.object({ link: z.string() }),
      secret: true,
      async handle({ ctx, services, params }) {
        const status = await requireWritable(ctx, params.id);
        if (status === 'draft') throw problem('order_not_in_force', { status: 409 });
        return { link: addressOf(services, await linkOf(ctx, params.id)) };
      },
    }),
    route({
      method: 'DELETE',
      path: '/orders/{id}/track',
      summary: 'End the address where the customer sees an order',
      tag: 'orders',
      params: idParams,
      async handle({ ctx, params }) {
        await requireWritable(ctx, params.id);
        return { ended: await endLinks(ctx, params.id) };
      },
    }),
    route({
      method: 'GET',
      path: '/track/{token}',
      page: true,
      access: 'open',
      summary: 'An order as its customer sees it',
      tag: 'orders',
      params: z.strictObject({ token: z.string().max(120) }),
      async handle({ services, params, request, reply }) {
        const ctx = await systemContext(services, { kind: 'system', reason: 'order tracking' });
        const language = chooseLanguage(request.headers['accept-language']);
        const say = (key: string) => translate(ctx.registry.words, language, key);
        await countAttempt(ctx.db, `order tracking ${addressKey(services.secret, request.ip)}`, PER_ADDRESS);
        const link = trackedLink(services.secret, params.token);
        const opened = link ? await openLink(ctx, link) : null;
        const tracked = opened && !opened.ended && (await trackedFor(ctx, opened.order, language));
        reply
          .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'")
          .header('cache-control', 'no-store')
          .header('referrer-policy', 'no-referrer')
          .type('text/html; charset=utf-8');
        if (tracked) return reply.send(trackingPage(language, say, tracked));
        const ended = opened?.ended;
        const text = say(ended ? 'order.track.ended' : 'order.track.gone');
        return reply.code(ended ? 410 : 404).send(pageOf(language, text, `<h1>${text}</h1>`));
      },
    }),
  ];
}
