import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { writeAudit } from '../../../platform/audit/audit.ts';
import { systemContext } from '../../../platform/context/services.ts';
import { readRecord } from '../../../platform/entity/records.ts';
import { forbidden, problem } from '../../../platform/errors/problem.ts';
import { idParams, type Route, route } from '../../../platform/http/route.ts';
import { chooseLanguage, translate } from '../../../platform/i18n/translations.ts';
import { countAttempt } from '../../organisation/public.ts';
import { pageOf, trackingPage } from './page.ts';
import { trackedFor } from './read.ts';
import { trackedOrder, trackingToken } from './token.ts';

/** From one address: a warehouse looks often, whoever tries addresses does not get far. */
const PER_ADDRESS = { max: 120, seconds: 600 };

/** The address a customer is sent, and the page he sees there. */
export function trackRoutes(): Route[] {
  return [
    route({
      method: 'POST',
      path: '/orders/{id}/track',
      summary: 'The address where the customer sees how far an order has come',
      tag: 'orders',
      params: idParams,
      response: z.object({ link: z.string() }),
      secret: true,
      async handle({ ctx, services, params }) {
        const { status, can } = await readRecord(ctx, 'order', params.id);
        if (!can.update) throw forbidden();
        if (status === 'draft') throw problem('order_not_in_force', { status: 409 });
        await writeAudit(ctx, { action: 'trackLink', entity: 'order', recordId: params.id });
        return { link: `${services.baseUrl}/track/${trackingToken(services.secret, params.id, ctx.now)}` };
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
        const address = createHmac('sha256', services.secret).update(request.ip).digest('base64url');
        await countAttempt(ctx.db, `order tracking ${address}`, PER_ADDRESS);
        const id = trackedOrder(services.secret, params.token, ctx.now);
        const tracked = id && (await trackedFor(ctx, id, language));
        reply
          .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'")
          .header('cache-control', 'no-store')
          .header('referrer-policy', 'no-referrer')
          .type('text/html; charset=utf-8');
        if (tracked) return reply.send(trackingPage(language, say, tracked));
        const text = say('order.track.gone');
        return reply.code(404).send(pageOf(language, text, `<h1>${text}</h1>`));
      },
    }),
  ];
}
