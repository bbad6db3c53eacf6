import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../../../platform/context/context.ts';
import { forbidden } from '../../../platform/errors/problem.ts';
import type { Client } from '../account/library.ts';

/** What the sign-in library learns of a request. */
export function clientOf(request: FastifyRequest): Client {
  const { cookie, 'user-agent': userAgent } = request.headers;
  return { ip: request.ip, userAgent: (userAgent ?? '').slice(0, 500), cookie: cookie ?? '' };
}

/** Hands cookies to the browser; where the page came over https (its origin tells behind a proxy too), only over https. */
export function sendCookies(request: FastifyRequest, reply: FastifyReply, cookies: readonly string[]): void {
  const https = request.protocol === 'https' || request.headers.origin?.startsWith('https:');
  const secure = https ? '; Secure' : '';
  for (const cookie of cookies) reply.header('set-cookie', `${cookie}${secure}`);
}

/** The person behind a session; API keys may not touch what guards the account itself. Throws `session_required` (403). */
export function sessionUser(ctx: Context): string {
  const { userId, cause } = ctx.principal;
  if (!userId || cause.kind !== 'person') throw forbidden('session_required');
  return userId;
}
