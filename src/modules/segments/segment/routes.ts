import { z } from 'zod';
import type { Context } from '../../../platform/context/context.ts';
import { compileFilter } from '../../../platform/entity/filter.ts';
import { countWithSome } from '../../../platform/entity/list.ts';
import { forbidden, ProblemError } from '../../../platform/errors/problem.ts';
import { idParams, type Route, route } from '../../../platform/http/route.ts';
import { translate } from '../../../platform/i18n/translations.ts';
import { addJob } from '../../../platform/jobs/job.ts';
import { explain, membershipsOf } from './explain.ts';
import { preview, previewInput } from './preview.ts';
import { segmentNamed } from './read.ts';
import { COUNT_JOB } from './refresh.ts';
import { ruleProblem } from './term.ts';

const tag = 'segments';

/** How a segment stands for the caller: its size, or why it cannot be opened; of a frozen one also that its rule is lost. */
async function standing(ctx: Context, id: string) {
  const segment = await segmentNamed(ctx, id);
  const filter = { segment: segment.id };
  try {
    const { total, totalIsExact } = await countWithSome(ctx, segment.entity, { filter }, 0);
    const policy = ctx.policies.for(segment.entity);
    const lost = segment.kind === 'frozen' ? await ruleProblem({ ctx, policy, alias: 't' }, segment) : null;
    return {
      state: 'ok',
      total,
      totalIsExact,
      ...(lost ? { rule: { code: lost.code, reason: reasonOf(ctx, lost) } } : {}),
    };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return { state: STATES[error.code] ?? 'refused', code: error.code, reason: reasonOf(ctx, error) };
  }
}

/** By the field where it names one: people know no places within a definition. */
function reasonOf(ctx: Context, { code, params, errors }: ProblemError): string {
  const say = (key: string, given: Record<string, unknown>) =>
    translate(ctx.registry.words, ctx.principal.language, `error.${key}`, given);
  return [
    say(code, params),
    ...errors.map((each) => `${each.params?.field ?? each.path}: ${say(each.code, each.params ?? {})}`),
  ].join(' ');
}

const STATES: Record<string, string> = {
  segment_broken: 'broken',
  segment_hidden: 'hidden',
  segment_filling: 'filling',
};

/** What is asked of segments besides their records. */
export function segmentRoutes(): Route[] {
  return [
    route({
      method: 'POST',
      path: '/segments/preview',
      summary: 'How many a definition would take in, with some of them',
      tag,
      body: previewInput,
      handle: ({ ctx, body }) => preview(ctx, body),
    }),
    route({
      method: 'POST',
      path: '/segments/count',
      summary: 'Count exactly, as a job',
      tag,
      status: 202,
      body: previewInput.omit({ sample: true }),
      handle: async ({ ctx, body }) => {
        const policy = ctx.policies.for(body.entity);
        if (!policy.can('read')) throw forbidden();
        await compileFilter(body.definition, { ctx, policy });
        return { jobId: await addJob(ctx, COUNT_JOB, body, { entity: body.entity }) };
      },
    }),
    route({
      method: 'GET',
      path: '/segments/of/{entity}/{id}',
      summary: 'The segments and whether a record is in them',
      tag,
      params: z.strictObject({ entity: z.string().max(100), id: z.uuid() }),
      handle: async ({ ctx, params }) => ({ items: await membershipsOf(ctx, params.entity, params.id) }),
    }),
    route({
      method: 'GET',
      path: '/segments/{id}/standing',
      summary: 'Size of a segment, or why it cannot be opened',
      tag,
      params: idParams,
      handle: ({ ctx, params }) => standing(ctx, params.id),
    }),
    route({
      method: 'GET',
      path: '/segments/{id}/explain/{recordId}',
      summary: 'Why a record is in a segment, or why not',
      tag,
      params: idParams.extend({ recordId: z.uuid() }),
      handle: ({ ctx, params }) => explain(ctx, params.id, params.recordId),
    }),
  ];
}
