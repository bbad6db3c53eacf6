import { noQuery, type Route, route } from '../http/route.ts';
import { translate } from '../i18n/translations.ts';
import { checkHealth } from './health.ts';

/** `GET /health/details` for administrators; `/healthz` only says whether the server can serve. */
export function healthRoutes(): Route[] {
  return [
    route({
      method: 'GET',
      path: '/health/details',
      summary: 'How the system is',
      tag: 'administration',
      access: 'administrator',
      query: noQuery,
      handle: async ({ ctx, services }) => {
        const checks = await checkHealth(services);
        const label = (name: string) =>
          translate(ctx.registry.words, ctx.principal.language, `health.${name}`);
        return {
          status: checks.every((check) => check.ok) ? 'ok' : 'attention',
          uptimeSeconds: Math.round(process.uptime()),
          memoryBytes: process.memoryUsage.rss(),
          checks: checks.map((check) => ({ ...check, label: label(check.name) })),
        };
      },
    }),
  ];
}
