import { z } from 'zod';
import type { ReportAnswer } from '../../../platform/analysis/query.shared.ts';
import { answerKey, keepAnswer, keptAnswer } from '../../../platform/analysis/store.ts';
import type { Context } from '../../../platform/context/context.ts';
import type { Services } from '../../../platform/context/services.ts';
import { addJob, defineJob } from '../../../platform/jobs/job.ts';
import { personContext } from '../../organisation/public.ts';
import { type Resolved, resolve, type Source, source } from './source.ts';

/** What takes longer than this is kept. */
const SLOW_MS = 300;
/** So long a kept answer is shown as it is; later it is shown while a new one is worked out. */
const FRESH_SECONDS = 600;
const JOB_LIMIT_MS = 5 * 60_000;
const ANSWER_JOB = 'analysis.answer';

/** The answer to a report: worked out now, or, where that is slow, kept from before with its age. */
export async function answerOf(
  ctx: Context,
  services: Services,
  asked: Source,
  { fresh = false }: { fresh?: boolean | undefined } = {},
): Promise<ReportAnswer> {
  const resolved = await resolve(ctx, services, asked);
  const key = answerKey(ctx, resolved.asked);
  const kept = fresh ? null : await keptAnswer(ctx, key);
  if (!kept) return worked(ctx, key, resolved);
  const age = Temporal.Instant.from(kept.at).until(Temporal.Instant.from(ctx.now)).total('seconds');
  if (age <= FRESH_SECONDS) return kept;
  await later(ctx, asked, key);
  return { ...kept, refreshing: true };
}

async function worked(ctx: Context, key: string, { run }: Resolved, limitMs?: number): Promise<ReportAnswer> {
  const answer = await run(limitMs ? { limitMs } : {});
  if (limitMs || answer.ms >= SLOW_MS) await keepAnswer(ctx, key, answer);
  return answer;
}

/** Works a heavy report out as a job; what it finds is kept for who asked. */
export async function answerLater(ctx: Context, services: Services, asked: Source): Promise<string> {
  const { asked: question } = await resolve(ctx, services, asked);
  return later(ctx, asked, answerKey(ctx, question));
}

const later = (ctx: Context, asked: Source, key: string) =>
  addJob(ctx, ANSWER_JOB, { source: asked, key, language: ctx.principal.language }, { key });

export const answerJob = defineJob({
  name: ANSWER_JOB,
  input: z.object({ source, key: z.string(), language: z.enum(['zh', 'en']) }),
  async run(services: Services, { source: asked, key, language }, { job }) {
    const person = await personContext(
      services,
      { id: job.createdBy as string },
      { kind: 'job', id: job.id },
    );
    const ctx = { ...person, principal: { ...person.principal, language } };
    const { ms } = await worked(ctx, key, await resolve(ctx, services, asked), JOB_LIMIT_MS);
    return { ms };
  },
});
