import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Principal } from '../context/context.ts';
import { type Route, route } from '../http/route.ts';
import { LiveClient } from './client.ts';
import type { LiveHub } from './hub.ts';

/** `GET /live`: server-sent events `change`, `job` and `meta`. */
export function liveRoutes(
  hub: LiveHub,
  authenticate: (request: FastifyRequest) => Promise<Principal | null>,
): Route[] {
  return [
    route({
      method: 'GET',
      path: '/live',
      outside: true,
      summary: 'What changes, as server-sent events',
      tag: 'live',
      query: z.strictObject({}),
      handle: async ({ ctx, request, reply }) => {
        hub.checkRoom(ctx.principal.userId);
        const headers = reply.getHeaders() as Record<string, string>;
        reply.hijack();
        request.raw.socket.setTimeout(0);
        reply.raw.writeHead(200, {
          ...headers,
          'content-type': 'text/event-stream; charset=utf-8',
          'cache-control': 'no-store',
          // Proxies such as nginx would hold events back until a buffer is full.
          'x-accel-buffering': 'no',
        });
        reply.raw.write('retry: 2000\n\n');
        const last = String(request.headers['last-event-id'] ?? '');
        const client = new LiveClient(reply.raw, ctx, () => authenticate(request));
        await hub.add(client, /^\d{1,19}$/.test(last) ? last : null).catch(() => client.close());
        return reply;
      },
    }),
  ];
}
