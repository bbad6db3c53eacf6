import { z } from 'zod';
import { recordsBehind } from '../../../platform/achievements/read.ts';
import { limitOf, type Route, route } from '../../../platform/http/route.ts';
import { firstDay, lastDay, PERIODS } from '../../../platform/time/period.shared.ts';
import { aspectOf, aspectShape, day } from '../input.ts';
import { askedOf, requireMeasure } from '../measure.ts';
import { attainmentOf, peopleOfLine } from './read.ts';

const tag = 'performance';
const asked = { measure: z.string().max(60), period: z.enum(PERIODS), startsOn: day, ...aspectShape };

/** How far people have come, and the records behind it. */
export function attainmentRoutes(): Route[] {
  return [
    route({
      method: 'GET',
      path: '/performance/attainment',
      summary: 'Target, actual, expected by today and last year of everybody one may see',
      tag,
      query: z.strictObject(asked),
      handle: ({ ctx, query }) =>
        attainmentOf(ctx, {
          ...query,
          startsOn: firstDay(query.period, query.startsOn, ctx.yearBegins),
          aspect: aspectOf(query),
        }),
    }),
    route({
      method: 'GET',
      path: '/performance/records',
      summary: 'The records behind an actual number; names only of those one may read',
      tag,
      query: z.strictObject({
        ...asked,
        person: z.uuid().optional(),
        team: z.uuid().optional(),
        cursor: z.string().max(2000).optional(),
        limit: limitOf(200).default(50),
      }),
      handle: async ({ ctx, query }) => {
        const achievement = requireMeasure(ctx, query.measure);
        const people = await peopleOfLine(ctx, query);
        const from = firstDay(query.period, query.startsOn, ctx.yearBegins);
        const question = await askedOf(ctx, aspectOf(query), from, lastDay(query.period, from));
        return recordsBehind(
          ctx,
          achievement,
          { ...question, ...(people ? { people } : {}) },
          { cursor: query.cursor, limit: query.limit },
        );
      },
    }),
  ];
}
