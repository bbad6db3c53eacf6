import { problem } from '../../../platform/errors/problem.ts';
import { COOKIE_PREFIX } from '../account/names.ts';

export interface RequestOrigin {
  method: string;
  headers: Record<string, string | string[] | undefined>;
  /** Host the client asked for. */
  host: string;
}

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses changes another web site makes a browser send (403 `cross_site`): a changing request that bears one of our
 * cookies needs the header `X-Guanxi: 1`, which other sites cannot set, and whatever names an origin must name ours.
 * Requests with an API key carry nothing a browser adds by itself.
 */
export function requireSameSite({ method, headers, host }: RequestOrigin, baseUrl: string): void {
  if (SAFE.has(method) || headers.authorization) return;
  const { origin, cookie } = headers;
  const foreign = typeof origin === 'string' && !isOurs(origin, host, baseUrl);
  const bearsCookie = typeof cookie === 'string' && cookie.includes(`${COOKIE_PREFIX}.`);
  if (foreign || (bearsCookie && headers['x-guanxi'] !== '1')) throw problem('cross_site', { status: 403 });
}

function isOurs(origin: string, host: string, baseUrl: string): boolean {
  if (!URL.canParse(origin)) return false;
  const from = new URL(origin);
  return from.host === host || from.origin === (URL.canParse(baseUrl) ? new URL(baseUrl).origin : null);
}
