import { z } from 'zod';
import type { ReportAnswer } from '../../../platform/analysis/query.shared.ts';
import { answered, answerLater, keepAnswer, type Question } from '../../../platform/analysis/store.ts';
import type { Context } from '../../../platform/context/context.ts';
import type { Services } from '../../../platform/context/services.ts';
import { defineJob } from '../../../platform/jobs/job.ts';
import { personContext } from '../../organisation/public.ts';
import { type Resolved, resolve, type Source, source } from './source.ts';

export const JOB_LIMIT_MS = 5 * 60_000;
const ANSWER_JOB = 'analysis.answer';

export const questionOf = (ctx: Context, asked: Source, resolved: Resolved): Question => ({
  asked: resolved.asked,
  job: ANSWER_JOB,
  input: { source: asked, language: ctx.principal.language },
  reads: resolved.reads,
});

/** The answer to a report: worked out now, or, where that is slow, kept from before with its age. */
export async function answerOf(
  ctx: Context,
  services: Services,
  asked: Source,
  options: { fresh?: boolean | undefined } = {},
): Promise<ReportAnswer> {
  const resolved = await resolve(ctx, services, asked);
  return answered(ctx, questionOf(ctx, asked, resolved), () => resolved.run(), options);
}

/** Works a heavy report out as a job; what it finds is kept for who asked. */
export async function reportLater(ctx: Context, services: Services, asked: Source): Promise<string> {
  return answerLater(ctx, questionOf(ctx, asked, await resolve(ctx, services, asked)));
}

export const answerJob = defineJob({
  name: ANSWER_JOB,
  input: z.object({ source, language: z.enum(['zh', 'en']) }),
  async run(services: Services, { source: asked, language }, { job }) {
    const person = await personContext(
      services,
      { id: job.createdBy as string },
      { kind: 'job', id: job.id },
    );
    const ctx = { ...person, principal: { ...person.principal, language } };
    const resolved = await resolve(ctx, services, asked);
    const answer = await resolved.run({ limitMs: JOB_LIMIT_MS });
    await keepAnswer(ctx, questionOf(ctx, asked, resolved), answer);
    return { ms: answer.ms };
  },
});
