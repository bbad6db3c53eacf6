import { z } from 'zod';
import { dayOf } from '../../platform/context/day.ts';
import { readRecord } from '../../platform/entity/records.ts';
import { idParams, type Route, route } from '../../platform/http/route.ts';
import { frozenFigures, handIn, myReport, saveMine } from './report/mine.ts';
import { teamReports } from './report/team.ts';

const tag = 'reports';
const which = { kind: z.enum(['day', 'week']), date: z.iso.date().optional() };
const query = z.strictObject(which);
const text = z.string().trim().max(20_000).nullish();
const body = z.strictObject({ ...which, words: text, plan: text });

type Asked = { kind: 'day' | 'week'; date?: string | undefined };

/** One's own report, the team's, and the figures of one that was handed in. */
export function reportRoutes(): Route[] {
  const whichOf = (ctx: Parameters<typeof dayOf>[0], { kind, date }: Asked) => ({
    kind,
    date: date ?? dayOf(ctx),
  });
  return [
    route({
      method: 'GET',
      path: '/work-reports/mine',
      summary: 'One’s own report of a day or week with its figures and quotas',
      tag,
      query,
      handle: ({ ctx, query: asked }) => myReport(ctx, whichOf(ctx, asked)),
    }),
    route({
      method: 'PUT',
      path: '/work-reports/mine',
      summary: 'Keep what one has written so far',
      tag,
      body,
      handle: ({ ctx, body: { words, plan, ...asked } }) =>
        saveMine(ctx, whichOf(ctx, asked), { words, plan }),
    }),
    route({
      method: 'POST',
      path: '/work-reports/mine/hand-in',
      summary: 'Hand one’s report in; its figures stay as they are now',
      tag,
      body,
      handle: ({ ctx, body: { words, plan, ...asked } }) => handIn(ctx, whichOf(ctx, asked), { words, plan }),
    }),
    route({
      method: 'GET',
      path: '/work-reports/team',
      summary: 'Who has handed in and who has not',
      tag,
      query,
      handle: async ({ ctx, query: asked }) => ({ items: await teamReports(ctx, whichOf(ctx, asked)) }),
    }),
    route({
      method: 'GET',
      path: '/work-reports/{id}/figures',
      summary: 'The figures of a report that was handed in',
      tag,
      params: idParams,
      handle: async ({ ctx, params: { id } }) => {
        await readRecord(ctx, 'workReport', id);
        const seen = ctx.policies.for('workReport').sees('figures');
        return { items: (seen && (await frozenFigures(ctx, id))) || [] };
      },
    }),
  ];
}
