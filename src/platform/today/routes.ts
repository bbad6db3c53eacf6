import { z } from 'zod';
import { flag, type Route, route } from '../http/route.ts';
import { readToday, teamOf } from './read.ts';
import type { TodaySource } from './today.ts';

const tag = 'today';

/** The day's work list, and whose days a manager may look at. */
export function todayRoutes(sources: readonly TodaySource[]): Route[] {
  return [
    route({
      method: 'GET',
      path: '/today',
      outside: true,
      summary: 'What to do today: what, why now, and the one step that does it',
      tag,
      query: z.strictObject({ team: flag.optional() }),
      handle: ({ ctx, query }) => readToday(ctx, sources, query.team ?? false),
    }),
    route({
      method: 'GET',
      path: '/today/team',
      summary: 'The people whose day one may look at',
      tag,
      handle: async ({ ctx }) => ({ items: await teamOf(ctx) }),
    }),
  ];
}
