import { z } from 'zod';
import { idParams, type Route, route } from '../../../platform/http/route.ts';
import { createApiKey, listApiKeys, revokeApiKey } from '../api-key/api-key.ts';
import type { AccountServices } from '../services.ts';
import { changeSettings, readSettings, settingsPatch } from '../settings/settings.ts';
import { sessionUser } from './reply.ts';

const reference = z.union([z.uuid(), z.object({ id: z.uuid() }).transform(({ id }) => id)]);
const instant = z
  .string()
  .max(40)
  .transform((text, check) => {
    try {
      return Temporal.Instant.from(text).toString();
    } catch {
      check.addIssue({ code: 'custom', message: 'instant' });
      return z.NEVER;
    }
  });

/** API keys and the company's settings. */
export function administrationRoutes(services: AccountServices): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api-keys',
      summary: 'API keys: one’s own, or everybody’s for administrators',
      tag: 'api keys',
      handle: async ({ ctx }) => ({ items: await listApiKeys(ctx) }),
    }),
    route({
      method: 'POST',
      path: '/api-keys',
      summary: 'Make an API key; it is shown this once',
      secret: true,
      tag: 'api keys',
      status: 201,
      body: z.strictObject({
        name: z.string().trim().min(1).max(100),
        user: reference.optional(),
        expiresAt: instant.nullable().optional(),
      }),
      handle: ({ ctx, body: { name, user, expiresAt } }) => {
        const me = sessionUser(ctx);
        return createApiKey(ctx, { name, userId: user ?? me, expiresAt });
      },
    }),
    route({
      method: 'DELETE',
      path: '/api-keys/{id}',
      summary: 'End an API key at once',
      tag: 'api keys',
      params: idParams,
      handle: ({ ctx, params }) => revokeApiKey(ctx, params.id),
    }),
    route({
      method: 'GET',
      path: '/settings',
      summary: 'The company’s settings',
      tag: 'settings',
      access: 'administrator',
      handle: () => readSettings(services.db),
    }),
    route({
      method: 'PATCH',
      path: '/settings',
      summary: 'Change the company’s settings',
      tag: 'settings',
      access: 'administrator',
      body: settingsPatch,
      handle: async ({ ctx, body }) => {
        const settings = await changeSettings(ctx, body);
        // The next request in this process must not wait for its own word.
        services.forgetSettings();
        return settings;
      },
    }),
  ];
}
