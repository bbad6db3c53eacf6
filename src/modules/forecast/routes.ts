import { z } from 'zod';
import { dayOf } from '../../platform/context/day.ts';
import { forbidden } from '../../platform/errors/problem.ts';
import { type Route, route } from '../../platform/http/route.ts';
import { addJob } from '../../platform/jobs/job.ts';
import { localToInstant } from '../../platform/time/instant.shared.ts';
import { backtestCard } from './backtest/card.ts';
import { LEARN_JOB } from './model/learn.ts';
import { pageQuery, scopeAsked } from './page/asked.ts';
import { forecastAnswer } from './page/kept.ts';
import { risksOf } from './review/risks.ts';
import { mustSeeForecast } from './rights.ts';
import { movementsSince } from './snapshot/moves.ts';
import { courseOf, mondayOf, snapshots, takeSnapshot } from './snapshot/snapshot.ts';
import {
  adjust,
  adjustBody,
  deadlineBody,
  deadlineSetting,
  submissionsOf,
  submit,
  submitBody,
} from './submission/submission.ts';

const tag = 'forecast';
const scope = z.strictObject(scopeAsked);

/** The sales forecast: what a period will bring, what moved, who promised what, and how well it was told before. */
export function forecastRoutes(): Route[] {
  return [
    route({
      method: 'GET',
      path: '/forecast',
      summary:
        'The forecast of a period: by category, weighted, by model; kept for ten minutes where that is slow',
      tag,
      query: pageQuery.extend({ fresh: z.stringbool().optional() }),
      handle: ({ ctx, query: { fresh, ...asked } }) => forecastAnswer(ctx, { page: asked }, fresh ?? false),
    }),
    route({
      method: 'GET',
      path: '/forecast/backtest',
      summary: 'How far off forecasts were, against looking at the last period',
      tag,
      query: z.strictObject({ unit: z.enum(['month', 'quarter']).default('month') }),
      handle: ({ ctx, query }) => forecastAnswer(ctx, { backtest: query.unit }, false),
    }),
    route({
      method: 'GET',
      path: '/forecast/model',
      summary: 'What the forecast was learnt from',
      tag,
      handle: ({ ctx }) => backtestCard(ctx),
    }),
    route({
      method: 'POST',
      path: '/forecast/learn',
      summary: 'Learn the forecast now instead of next night',
      tag,
      status: 202,
      body: z.strictObject({}),
      handle: async ({ ctx }) => {
        if (!ctx.policies.for('opportunity').can('transfer')) throw forbidden();
        return { jobId: await addJob(ctx, LEARN_JOB, {}, { key: 'now' }) };
      },
    }),
    route({
      method: 'GET',
      path: '/forecast/moves',
      summary: 'What moved in a period since Monday, a week before, or a snapshot',
      tag,
      query: scope.extend({ since: z.iso.datetime({ offset: true }).optional() }),
      handle: ({ ctx, query: { since, ...asked } }) =>
        movementsSince(
          ctx,
          asked,
          since ?? localToInstant(`${mondayOf(dayBefore(dayOf(ctx)))}T00:00`, ctx.timeZone),
        ),
    }),
    route({
      method: 'GET',
      path: '/forecast/risks',
      summary: 'Open business counted on in a period that is endangered, and why',
      tag,
      query: scope,
      handle: ({ ctx, query }) => risksOf(ctx, query),
    }),
    route({
      method: 'GET',
      path: '/forecast/snapshots',
      summary: 'When the forecast was kept, and how a period stood then',
      tag,
      query: z.strictObject({ period: z.string().max(7).optional() }),
      handle: async ({ ctx, query }) => {
        mustSeeForecast(ctx);
        return { items: await snapshots(ctx), course: query.period ? await courseOf(ctx, query.period) : [] };
      },
    }),
    route({
      method: 'POST',
      path: '/forecast/snapshots',
      summary: 'Keep how the forecast stands now',
      tag,
      status: 201,
      body: z.strictObject({ note: z.string().trim().max(300).nullish() }),
      handle: async ({ ctx, body }) => {
        mustSeeForecast(ctx);
        if (!ctx.policies.for('opportunity').can('transfer')) throw forbidden();
        return takeSnapshot(ctx, 'manual', body.note ?? null);
      },
    }),
    route({
      method: 'GET',
      path: '/forecast/submissions',
      summary: 'What people promised for a period, in the open round and the one before',
      tag,
      query: z.strictObject({ period: z.string().max(7) }),
      handle: ({ ctx, query }) => submissionsOf(ctx, query.period),
    }),
    route({
      method: 'POST',
      path: '/forecast/submissions',
      summary: 'Promise what one’s own business, or one’s team, brings in a period',
      tag,
      status: 200,
      body: submitBody,
      handle: ({ ctx, body }) => submit(ctx, body),
    }),
    route({
      method: 'POST',
      path: '/forecast/adjustments',
      summary: 'Say what one makes of somebody’s promise; without an amount take that back',
      tag,
      status: 200,
      body: adjustBody,
      handle: ({ ctx, body }) => adjust(ctx, body),
    }),
    route({
      method: 'GET',
      path: '/forecast/deadline',
      summary: 'When promises are due every week, as it is set',
      tag,
      access: 'administrator',
      handle: ({ ctx }) => deadlineSetting.read(ctx.db),
    }),
    route({
      method: 'PUT',
      path: '/forecast/deadline',
      summary: 'When promises are due every week',
      tag,
      access: 'administrator',
      body: deadlineBody,
      handle: ({ ctx, body }) => deadlineSetting.change(ctx, body),
    }),
  ];
}

/** On a Monday people look at the week that is over. */
const dayBefore = (day: string): string => Temporal.PlainDate.from(day).subtract({ days: 1 }).toString();
