import { z } from 'zod';
import type { ReportAnswer } from '../../../platform/analysis/query.shared.ts';
import { answerKey, commonKey, keepAnswer, keptAnswer } from '../../../platform/analysis/store.ts';
import type { Context } from '../../../platform/context/context.ts';
import type { Services } from '../../../platform/context/services.ts';
import { addJob, defineJob } from '../../../platform/jobs/job.ts';
import { personContext } from '../../organisation/public.ts';
import { type Resolved, resolve, type Source, source } from './source.ts';

/** What takes longer than this is kept. */
const SLOW_MS = 300;
/** So long a kept answer is shown as it is; later it is shown while a new one is worked out. */
const FRESH_SECONDS = 600;
export const JOB_LIMIT_MS = 5 * 60_000;
const ANSWER_JOB = 'analysis.answer';

/** The answer to a report: worked out now, or, where that is slow, kept from before with its age. */
export async function answerOf(
  ctx: Context,
  services: Services,
  asked: Source,
  { fresh = false }: { fresh?: boolean | undefined } = {},
): Promise<ReportAnswer> {
  const resolved = await resolve(ctx, services, asked);
  const { key } = keyOf(ctx, resolved);
  const kept = fresh ? null : await keptAnswer(ctx, key);
  if (!kept) return worked(ctx, resolved);
  const age = Temporal.Instant.from(kept.at).until(Temporal.Instant.from(ctx.now)).total('seconds');
  if (age <= FRESH_SECONDS) return kept;
  await later(ctx, asked, key);
  return { ...kept, refreshing: true };
}

/** Under which key an answer is kept; common to all who may be told the same. */
export function keyOf(ctx: Context, { asked, reads }: Resolved): { key: string; common: boolean } {
  const key = reads && commonKey(ctx, asked, reads);
  return key ? { key, common: true } : { key: answerKey(ctx, asked), common: false };
}

/** Works an answer out. The key is that of the rights it was worked out with, whatever they were when it was asked for. */
export async function worked(
  ctx: Context,
  resolved: Resolved,
  { limitMs, keep = false }: { limitMs?: number; keep?: boolean } = {},
): Promise<ReportAnswer> {
  const { key, common } = keyOf(ctx, resolved);
  const answer = await resolved.run(limitMs ? { limitMs } : {});
  if (keep || answer.ms >= SLOW_MS) await keepAnswer(ctx, key, answer, { common });
  return answer;
}

/** Works a heavy report out as a job; what it finds is kept for who asked. */
export async function answerLater(ctx: Context, services: Services, asked: Source): Promise<string> {
  const { key } = keyOf(ctx, await resolve(ctx, services, asked));
  return later(ctx, asked, key);
}

const later = (ctx: Context, asked: Source, key: string) =>
  addJob(ctx, ANSWER_JOB, { source: asked, language: ctx.principal.language }, { key });

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
    const { ms } = await worked(ctx, resolved, { limitMs: JOB_LIMIT_MS, keep: true });
    return { ms };
  },
});
