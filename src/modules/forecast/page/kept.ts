import { z } from 'zod';
import { answered, keepAnswer, type Question } from '../../../platform/analysis/store.ts';
import type { Context } from '../../../platform/context/context.ts';
import type { Services } from '../../../platform/context/services.ts';
import { defineJob } from '../../../platform/jobs/job.ts';
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

const ANSWER_JOB = 'forecast.answer';
const JOB_LIMIT_MS = 5 * 60_000;

const questionOf = (ctx: Context, what: Asked): Question => ({
  asked: what,
  job: ANSWER_JOB,
  input: { asked: what, language: ctx.principal.language },
});

/** An answer worked out now; where that is slow the one kept, and a new one is worked out meanwhile. */
export const forecastAnswer = (ctx: Context, what: Asked, fresh: boolean): Promise<Answer> =>
  answered(ctx, questionOf(ctx, what), () => worked(ctx, what), { fresh });

const worked = (ctx: Context, what: Asked, limitMs?: number): Promise<ForecastPage | BacktestAnswer> =>
  'page' in what ? forecastPage(ctx, what.page) : tested(ctx, what.backtest, limitMs);

async function tested(
  ctx: Context,
  unit: 'month' | 'quarter',
  limitMs: number | undefined,
): Promise<BacktestAnswer> {
  const begin = performance.now();
  const tested = await backtest(ctx, unit, undefined, { limitMs });
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
    const answer = await worked(ctx, what, JOB_LIMIT_MS);
    await keepAnswer(ctx, questionOf(ctx, what), answer);
    return { ms: answer.ms };
  },
});
