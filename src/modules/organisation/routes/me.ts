import { z } from 'zod';
import { asSystem } from '../../../platform/context/context.ts';
import { updateRecord } from '../../../platform/entity/records.ts';
import { idParams, type Route, route } from '../../../platform/http/route.ts';
import { changePassword } from '../account/password.ts';
import { findPerson } from '../account/person.ts';
import { listSessions, revokeSession } from '../account/sessions.ts';
import { sessionToken } from '../account/token.ts';
import { beginTwoFactor, confirmTwoFactor, endTwoFactor } from '../account/two-factor.ts';
import type { AccountServices } from '../services.ts';
import { readPreferences, writePreferences } from '../user/preferences.ts';
import { clientOf, sendCookies, sessionUser } from './reply.ts';

const tag = 'me';
const key = z.string().regex(/^[\w.:-]{1,100}$/);
const password = z.string().min(1).max(500);
const PREFERENCE_LIMIT = 64 * 1024;

/** What a person does with his own account. */
export function meRoutes(services: AccountServices): Route[] {
  return [
    route({
      method: 'PATCH',
      path: '/me',
      outside: true,
      summary: 'Change one’s own name, language, time zone or preferences',
      tag,
      body: z.strictObject({
        name: z.string().trim().min(1).max(100).optional(),
        language: z.enum(['zh', 'en']).optional(),
        timeZone: z.string().max(60).nullable().optional(),
        preferences: z.record(key, z.json()).optional(),
      }),
      handle: async ({ ctx, body: { preferences, ...profile } }) => {
        const userId = sessionUser(ctx);
        if (Object.keys(profile).length)
          await updateRecord(asSystem(ctx, 'own_profile'), 'user', userId, profile, null);
        if (preferences) await writePreferences(ctx, userId, preferences);
      },
    }),
    route({
      method: 'GET',
      path: '/me/preferences',
      outside: true,
      summary: 'One’s preferences by key',
      tag,
      handle: ({ ctx }) => readPreferences(ctx, sessionUser(ctx)),
    }),
    route({
      method: 'PUT',
      path: '/me/preferences/{key}',
      outside: true,
      summary: 'Keep a preference; null forgets it',
      tag,
      params: z.strictObject({ key }),
      body: z.json(),
      bodyLimit: PREFERENCE_LIMIT,
      handle: async ({ ctx, params, request }) => {
        await writePreferences(ctx, sessionUser(ctx), { [params.key]: request.body ?? null });
      },
    }),
    route({
      method: 'POST',
      path: '/me/password',
      outside: true,
      apart: true,
      summary: 'Change one’s password; all other sessions end',
      tag,
      body: z.strictObject({ current: password, next: password }),
      handle: async ({ ctx, body, request, reply }) => {
        sendCookies(
          request,
          reply,
          await changePassword(services, sessionUser(ctx), body, clientOf(request)),
        );
      },
    }),
    route({
      method: 'GET',
      path: '/me/sessions',
      outside: true,
      summary: 'Where one is signed in',
      tag,
      handle: async ({ ctx, request }) => {
        const token = sessionToken(request.headers.cookie, services.secret);
        return { items: await listSessions(ctx, sessionUser(ctx), token) };
      },
    }),
    route({
      method: 'DELETE',
      path: '/me/sessions/{id}',
      outside: true,
      summary: 'Sign out elsewhere',
      tag,
      params: idParams,
      handle: ({ ctx, params }) => revokeSession(ctx, sessionUser(ctx), params.id),
    }),
    ...twoFactorRoutes(services),
  ];
}

function twoFactorRoutes(services: AccountServices): Route[] {
  return [
    route({
      method: 'GET',
      path: '/me/two-factor',
      outside: true,
      summary: 'Whether the second factor is on',
      tag,
      handle: async ({ ctx }) => ({
        on: (await findPerson(services.db, sessionUser(ctx)))?.twoFactor ?? false,
      }),
    }),
    route({
      method: 'POST',
      path: '/me/two-factor',
      outside: true,
      apart: true,
      summary: 'Begin setting up the second factor',
      secret: true,
      tag,
      body: z.strictObject({ password }),
      handle: ({ ctx, body, request }) =>
        beginTwoFactor(services, sessionUser(ctx), body.password, clientOf(request)),
    }),
    route({
      method: 'POST',
      path: '/me/two-factor/confirm',
      outside: true,
      apart: true,
      summary: 'Turn the second factor on with a code of the app',
      tag,
      body: z.strictObject({ code: z.string().trim().min(1).max(20) }),
      handle: async ({ ctx, body, request, reply }) => {
        sendCookies(
          request,
          reply,
          await confirmTwoFactor(services, sessionUser(ctx), body.code, clientOf(request)),
        );
      },
    }),
    route({
      method: 'DELETE',
      path: '/me/two-factor',
      outside: true,
      summary: 'Turn the second factor off',
      tag,
      body: z.strictObject({ password }),
      handle: async ({ ctx, body, request, reply }) => {
        sendCookies(
          request,
          reply,
          await endTwoFactor(services, sessionUser(ctx), body.password, clientOf(request)),
        );
      },
    }),
  ];
}
