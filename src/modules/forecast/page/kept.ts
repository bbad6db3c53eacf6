import { z } from 'zod';
import { answerKey, keepAnswer, keptAnswer } from '../../../platform/analysis/store.ts';
import type { Context } from '../../../platform/context/context.ts';
import type { Services } from '../../../platform/context/services.ts';
import { addJob, defineJob } from '../../../platform/jobs/job.ts';
import { personContext } from '../../organisation/public.ts';
import { backtest } from '../backtest/backtest.ts';
import { type Scores, scoresOf, type Tested } from '../backtest/score.shared.ts';
import { pageQuery } from './asked.ts';
import type { ForecastPage } from './page.shared.ts';
import { forecastPage } from './page.ts';

const asked = z.union([
  z.strictObject({ page: pageQuery }),
  z.strictObject({ backtest: z.enum(['month', 'quarter']) }),
]);
type Asked = z.output<typeof asked>;

/** Past forecasts and how far off they were. */
export interface BacktestAnswer {
  tested: Tested[];
  scores: Scores;
  at: string;
  ms: number;
}
type Answer = (ForecastPage | BacktestAnswer) & { refreshing?: boolean };

/** What takes longer is kept, and shown with its age. */
const SLOW_MS = 300;
const FRESH_SECONDS = 600;
const ANSWER_JOB = 'forecast.answer';

/** An answer worked out now; where that is slow the one kept, and a new one is worked out meanwhile. */
export async function answered(ctx: Context, what: Asked, fresh: boolean): Promise<Answer> {
  const key = answerKey(ctx, { forecast: what });
  const kept = fresh ? null : await keptAnswer<Answer>(ctx, key);
  if (!kept) return worked(ctx, key, what);
  const age = Temporal.Instant.from(kept.at).until(Temporal.Instant.from(ctx.now)).total('seconds');
  if (age <= FRESH_SECONDS) return kept;
  await addJob(ctx, ANSWER_JOB, { asked: what, language: ctx.principal.language }, { key });
  return { ...kept, refreshing: true };
}

async function worked(ctx: Context, key: string, what: Asked): Promise<Answer> {
  const answer = 'page' in what ? await forecastPage(ctx, what.page) : await tested(ctx, what.backtest);
  if (answer.ms >= SLOW_MS) await keepAnswer(ctx, key, answer);
  return answer;
}

async function tested(ctx: Context, unit: 'month' | 'quarter'): Promise<BacktestAnswer> {
  const begin = performance.now();
  const tested = await backtest(ctx, unit, undefined);
  return { tested, scores: scoresOf(tested), at: ctx.now, ms: Math.round(performance.now() - begin) };
}

/** Works an answer out again for who asked. */
export const answerJob = defineJob({
  name: ANSWER_JOB,
  input: z.object({ asked, language: z.enum(['zh', 'en']) }),
  async run(services: Services, { asked: what, language }, { job }) {
    const person = await personContext(
      services,
      { id: job.createdBy as string },
      { kind: 'job', id: job.id },
    );
    const ctx = { ...person, principal: { ...person.principal, language } };
    const { ms } = await worked(ctx, answerKey(ctx, { forecast: what }), what);
    return { ms };
  },
});
