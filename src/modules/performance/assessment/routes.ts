import { z } from 'zod';
import type { Context } from '../../../platform/context/context.ts';
import { problem } from '../../../platform/errors/problem.ts';
import { disposition } from '../../../platform/files/send.ts';
import { downloadHeaders } from '../../../platform/http/download.ts';
import { idParams, type Route, route } from '../../../platform/http/route.ts';
import { firstDay } from '../../../platform/time/period.shared.ts';
import { day } from '../input.ts';
import { assessmentFile } from './file.ts';
import { judge, judgeInput } from './judge.ts';
import { lockPeriod, unlockPeriod } from './lock.ts';
import { assessmentOf } from './read.ts';
import { schemeNamed } from './scheme.ts';
import { answerAppeal, sign } from './sign.ts';
import { tryFormula, tryInput } from './try.ts';
import { vocabulary } from './words.ts';

const tag = 'performance';
const asked = z.strictObject({ startsOn: day });
const text = z.string().trim().min(1).max(1000);

/** 业绩考核: what people come to, judging, closing a period, and what each says to his result. */
export function assessmentRoutes(): Route[] {
  const at = async (ctx: Context, id: string, startsOn: string) => {
    const scheme = await schemeNamed(ctx, id);
    return { scheme, startsOn: firstDay(scheme.period, startsOn, ctx.yearBegins) };
  };
  return [
    route({
      method: 'GET',
      path: '/performance/assessments/{id}',
      summary: 'Results of a period of a scheme: kept ones where it is closed, else as they stand now',
      tag,
      params: idParams,
      query: asked,
      handle: async ({ ctx, params, query }) => {
        const { scheme, startsOn } = await at(ctx, params.id, query.startsOn);
        return assessmentOf(ctx, scheme, startsOn);
      },
    }),
    route({
      method: 'PUT',
      path: '/performance/assessments/{id}/judgements',
      summary: 'Scores a superior gives for indicators that are judged',
      tag,
      params: idParams,
      body: judgeInput,
      handle: async ({ ctx, params, body }) => {
        const { scheme, startsOn } = await at(ctx, params.id, body.startsOn);
        return judge(ctx, scheme, startsOn, body.scores);
      },
    }),
    route({
      method: 'POST',
      path: '/performance/assessments/{id}/lock',
      summary: 'Close a period: its results stay as they are, whatever is booked later',
      tag,
      status: 200,
      params: idParams,
      body: z.strictObject({ startsOn: day, incomplete: z.boolean().optional() }),
      handle: async ({ ctx, params, body }) => {
        const { scheme, startsOn } = await at(ctx, params.id, body.startsOn);
        return lockPeriod(ctx, scheme, startsOn, body.incomplete ?? false);
      },
    }),
    route({
      method: 'POST',
      path: '/performance/assessments/{id}/unlock',
      summary: 'Open a closed period again, with a reason',
      tag,
      status: 200,
      params: idParams,
      body: z.strictObject({ startsOn: day, reason: text }),
      handle: async ({ ctx, params, body }) => {
        const { scheme, startsOn } = await at(ctx, params.id, body.startsOn);
        return unlockPeriod(ctx, scheme, startsOn, body.reason);
      },
    }),
    route({
      method: 'POST',
      path: '/performance/assessments/{id}/sign',
      summary: 'Confirm one’s own result, or appeal against it',
      tag,
      status: 200,
      params: idParams,
      body: z.strictObject({ startsOn: day, appeal: text.optional() }),
      handle: async ({ ctx, params, body }) => {
        const { scheme, startsOn } = await at(ctx, params.id, body.startsOn);
        return sign(ctx, scheme, startsOn, body.appeal ?? null);
      },
    }),
    route({
      method: 'POST',
      path: '/performance/assessments/{id}/answer',
      summary: 'Answer an appeal',
      tag,
      status: 200,
      params: idParams,
      body: z.strictObject({ startsOn: day, person: z.uuid(), answer: text }),
      handle: async ({ ctx, params, body }) => {
        const { scheme, startsOn } = await at(ctx, params.id, body.startsOn);
        return answerAppeal(ctx, scheme, startsOn, body.person, body.answer);
      },
    }),
    route({
      method: 'GET',
      path: '/performance/assessments/{id}/file',
      summary: 'Results as XLSX or PDF',
      tag,
      params: idParams,
      query: z.strictObject({ startsOn: day, format: z.enum(['xlsx', 'pdf']) }),
      handle: async ({ ctx, services, params, query, reply }) => {
        const { scheme, startsOn } = await at(ctx, params.id, query.startsOn);
        const company = (await services.settings()).companyName;
        const { name, content } = await assessmentFile(ctx, scheme, startsOn, query.format, company);
        if (query.format === 'xlsx') return downloadHeaders(reply, name, 'xlsx').send(content);
        return reply
          .header('content-disposition', disposition('inline', name))
          .header('x-content-type-options', 'nosniff')
          .header('cache-control', 'private, no-store')
          .type('application/pdf')
          .send(content);
      },
    }),
    route({
      method: 'GET',
      path: '/performance/words',
      summary: 'Names a formula may use',
      tag,
      handle: ({ ctx }) => ({
        items: [...vocabulary(ctx)].map(([name, meaning]) => ({ name, ...meaning })),
      }),
    }),
    route({
      method: 'POST',
      path: '/performance/try',
      summary:
        'What a formula gives for one person in a period, with its values, or what is wrong with it and where',
      tag,
      status: 200,
      body: tryInput,
      handle: ({ ctx, body }) => {
        const policy = ctx.policies.for('assessmentScheme');
        if (!policy.can('create') && !policy.can('update')) throw problem('forbidden', { status: 403 });
        return tryFormula(ctx, body);
      },
    }),
  ];
}
