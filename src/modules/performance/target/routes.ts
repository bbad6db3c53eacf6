import { z } from 'zod';
import { type Route, route } from '../../../platform/http/route.ts';
import { PERIODS } from '../../../platform/time/period.shared.ts';
import { aspectOf, aspectShape, day, subjectShape } from '../input.ts';
import { measuresKnown, requireMeasure } from '../measure.ts';
import { gridOf, putCells } from './grid.ts';
import { proposeCopy, proposeSplit } from './propose.ts';

const tag = 'performance';
const year = z.coerce.number().int().min(1900).max(9000);
const amount = z.string().regex(/^\d{1,13}(\.\d{1,4})?$/);
const measure = z.string().max(60);

/** Targets as a grid of people and months. */
export function targetRoutes(): Route[] {
  return [
    route({
      method: 'GET',
      path: '/performance/measures',
      summary: 'What targets can be set of',
      tag,
      handle: ({ ctx }) => ({ items: measuresKnown(ctx), currency: ctx.currency }),
    }),
    route({
      method: 'GET',
      path: '/performance/targets',
      summary: 'Targets of a year: the company, departments and people one may see',
      tag,
      query: z.strictObject({ measure, year, ...aspectShape }),
      handle: ({ ctx, query }) => {
        requireMeasure(ctx, query.measure);
        return gridOf(ctx, query.measure, query.year, aspectOf(query));
      },
    }),
    route({
      method: 'PUT',
      path: '/performance/targets',
      summary: 'Put values of the grid in place, all or none',
      tag,
      body: z.strictObject({
        measure,
        ...aspectShape,
        cells: z
          .array(
            z.strictObject({
              ...subjectShape,
              period: z.enum(PERIODS),
              startsOn: day,
              amount: amount.nullable(),
              was: amount.nullish(),
            }),
          )
          .min(1)
          .max(5000),
      }),
      handle: ({ ctx, body }) => {
        requireMeasure(ctx, body.measure);
        return putCells(ctx, body.measure, aspectOf(body), body.cells);
      },
    }),
    route({
      method: 'POST',
      path: '/performance/targets/split',
      summary: 'What a target comes to in shorter periods or for people; nothing is stored',
      tag,
      status: 200,
      body: z.strictObject({
        measure,
        ...aspectShape,
        ...subjectShape,
        period: z.enum(PERIODS),
        startsOn: day,
        amount,
        into: z.enum(['quarter', 'month', 'people']),
        way: z.enum(['evenly', 'lastYear']),
      }),
      handle: async ({ ctx, body }) => ({
        cells: await proposeSplit(ctx, { ...body, aspect: aspectOf(body) }),
      }),
    }),
    route({
      method: 'POST',
      path: '/performance/targets/copy',
      summary: 'Last year’s targets, so many per cent larger; nothing is stored',
      tag,
      status: 200,
      body: z.strictObject({
        measure,
        ...aspectShape,
        year,
        growth: z.string().regex(/^-?\d{1,4}(\.\d{1,2})?$/),
      }),
      handle: async ({ ctx, body }) => ({
        cells: await proposeCopy(ctx, { ...body, aspect: aspectOf(body) }),
      }),
    }),
  ];
}
