import type { FastifyRequest } from 'fastify';
import type { Principal } from '../../../platform/context/context.ts';
import type { Services } from '../../../platform/context/services.ts';
import { createAuthenticate } from './authenticate.ts';
import { requireSameSite } from './csrf.ts';

/** Who sends a request; refuses changes sent from other web sites before asking. One query, none without credentials. */
export function createRequestAuthenticate(
  services: Services,
): (request: FastifyRequest) => Promise<Principal | null> {
  const authenticate = createAuthenticate(services.pool, services.secret);
  return async (request) => {
    const { headers, method, host } = request;
    requireSameSite({ method, headers, host }, services.baseUrl);
    const { cookie, authorization } = headers;
    if (cookie === undefined && authorization === undefined) return null;
    return authenticate({ ...(cookie ? { cookie } : {}), ...(authorization ? { authorization } : {}) });
  };
}
