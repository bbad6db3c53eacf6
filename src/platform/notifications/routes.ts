import { z } from 'zod';
import { flag, limitOf, noQuery, type Route, route } from '../http/route.ts';
import { markInput, markNotifications } from './mark.ts';
import { listNotifications, unreadNotifications } from './read.ts';

const tag = 'notifications';

/** What one is told of (PRO-4). */
export function notificationRoutes(): Route[] {
  return [
    route({
      method: 'GET',
      path: '/notifications',
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
      summary: 'How many one has not read',
      tag,
      query: noQuery,
      handle: ({ ctx }) => unreadNotifications(ctx),
    }),
    route({
      method: 'POST',
      path: '/notifications/read',
      summary: 'Mark notifications as read, or as unread again',
      tag,
      body: markInput,
      handle: async ({ ctx, body }) => ({ changed: await markNotifications(ctx, body) }),
    }),
  ];
}
