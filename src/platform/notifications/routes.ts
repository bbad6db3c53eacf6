import { z } from 'zod';
import { flag, limitOf, noQuery, type Route, route } from '../http/route.ts';
import { changeCompanyPreferences, changeOwnPreferences, choice, shownPreferences } from './choose.ts';
import { markInput, markNotifications } from './mark.ts';
import { endMails, mailsOf } from './off.ts';
import { listNotifications, unreadNotifications } from './read.ts';

const tag = 'notifications';
const offParams = z.strictObject({ token: z.string().min(20).max(2000) });

/** What one is told of (PRO-4). */
export function notificationRoutes(): Route[] {
  return [
    route({
      method: 'GET',
      path: '/notifications',
      outside: true,
      summary: 'What one was told, newest first',
      tag,
      query: z.strictObject({
        kind: z.string().max(100).optional(),
        unread: flag.optional(),
        cursor: z.uuid().optional(),
        limit: limitOf(100).optional(),
      }),
      handle: ({ ctx, query }) => listNotifications(ctx, { ...query, limit: query.limit ?? 30 }),
    }),
    route({
      method: 'GET',
      path: '/notifications/unread',
      outside: true,
      summary: 'How many one has not read',
      tag,
      query: noQuery,
      handle: ({ ctx }) => unreadNotifications(ctx),
    }),
    route({
      method: 'POST',
      path: '/notifications/read',
      outside: true,
      summary: 'Mark notifications as read, or as unread again',
      tag,
      body: markInput,
      handle: async ({ ctx, body }) => ({ changed: await markNotifications(ctx, body) }),
    }),
    route({
      method: 'GET',
      path: '/notifications/preferences',
      outside: true,
      summary: 'What one is told of, and how',
      tag,
      query: noQuery,
      handle: ({ ctx }) => shownPreferences(ctx, 'own'),
    }),
    route({
      method: 'PATCH',
      path: '/notifications/preferences',
      outside: true,
      summary: 'Choose what one is told of, and how',
      tag,
      body: choice,
      handle: async ({ ctx, body }) => {
        await changeOwnPreferences(ctx, body);
        return shownPreferences(ctx, 'own');
      },
    }),
    route({
      method: 'GET',
      path: '/notifications/defaults',
      summary: 'What people are told of unless they choose otherwise',
      tag,
      access: 'administrator',
      query: noQuery,
      handle: ({ ctx }) => shownPreferences(ctx, 'company'),
    }),
    route({
      method: 'PATCH',
      path: '/notifications/defaults',
      summary: 'Set what people are told of unless they choose otherwise',
      tag,
      access: 'administrator',
      body: choice,
      handle: async ({ ctx, body }) => {
        await changeCompanyPreferences(ctx, body);
        return shownPreferences(ctx, 'company');
      },
    }),
    route({
      method: 'GET',
      path: '/notifications/off/{token}',
      summary: 'Which mails the link in a mail ends',
      tag,
      access: 'open',
      params: offParams,
      handle: ({ ctx, services, params }) => mailsOf(ctx, services.secret, params.token),
    }),
    route({
      method: 'POST',
      path: '/notifications/off/{token}',
      summary: 'End mails of a kind by the link in a mail, without signing in',
      tag,
      access: 'open',
      params: offParams,
      handle: ({ ctx, services, params }) => endMails(ctx, services.secret, params.token),
    }),
  ];
}
