import type { FastifyRequest } from 'fastify';
import type { Principal } from '../../../platform/context/context.ts';
import type { Services } from '../../../platform/context/services.ts';
import { createAuthenticate } from './authenticate.ts';
import { requireSameSite } from './csrf.ts';
import { knownPrincipals } from './known.ts';

export interface RequestAuthentication {
  /** Who sends a request; refuses changes sent from other web sites before asking. */
  authenticate(request: FastifyRequest): Promise<Principal | null>;
  /** To be called before a change is answered: whoever made it meets its consequences with his next request. */
  afterChange(request: FastifyRequest): void;
  /** Lets known senders be remembered for a moment. */
  watch(): Promise<{ stop(): Promise<void> }>;
}

/** Written all day, and no right ever follows from them: after these nobody need be asked for again. */
const PLAIN = new Set(['customers', 'contacts', 'activities', 'tasks']);
const RECORD_ROUTES = new Set(['/api/v1/:plural', '/api/v1/:plural/:id']);

export function createRequestAuthentication(services: Services): RequestAuthentication {
  const known = knownPrincipals(createAuthenticate(services.pool, services.secret));
  return {
    async authenticate(request) {
      const { headers, method, host } = request;
      requireSameSite({ method, headers, host }, services.baseUrl);
      const { cookie, authorization } = headers;
      if (cookie === undefined && authorization === undefined) return null;
      return known.find({ ...(cookie ? { cookie } : {}), ...(authorization ? { authorization } : {}) });
    },
    afterChange({ method, routeOptions, params }) {
      const { plural } = (params ?? {}) as { plural?: string };
      const plain = RECORD_ROUTES.has(routeOptions.url ?? '') && PLAIN.has(plural ?? '');
      if (method !== 'GET' && !plain) known.forget();
    },
    watch: () => known.watch(services),
  };
}
