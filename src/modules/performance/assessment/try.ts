import { z } from 'zod';
import type { Context } from '../../../platform/context/context.ts';
import { forbidden, ProblemError } from '../../../platform/errors/problem.ts';
import { translate } from '../../../platform/i18n/translations.ts';
import { firstDay, PERIODS } from '../../../platform/time/period.shared.ts';
import { day } from '../input.ts';
import { requireMeasure } from '../measure.ts';
import { peopleSeen } from '../people.ts';
import { computeAll } from './compute.ts';
import { indicatorInput } from './definition.ts';
import { stepsOf, vocabulary } from './words.ts';

export const tryInput = z.strictObject({
  indicator: indicatorInput,
  period: z.enum(PERIODS),
  startsOn: day,
  person: z.uuid(),
});

export interface Tried {
  score: string | null;
  /** The values it was worked out from. */
  values: { name: string; value: string | null }[];
  /** Why there is no number: a stable code and a sentence; `at` is the place in the formula where it cannot be read. */
  problem: { code: string; text: string; at: number | null; length: number } | null;
}

/** What a formula gives for a person one may see. It never fails: what is wrong is told. */
export async function tryFormula(
  ctx: Context,
  { indicator, period, startsOn, person }: z.output<typeof tryInput>,
): Promise<Tried> {
  if (!(await peopleSeen(ctx)).some(({ id }) => id === person)) throw forbidden();
  const words = vocabulary(ctx);
  const tell = (code: string, params: Record<string, unknown> = {}): Tried['problem'] => ({
    code,
    text: translate(
      ctx.registry.words,
      ctx.principal.language,
      `error.${code}`,
      params as Record<string, string>,
    ),
    at: typeof params.at === 'number' ? params.at : null,
    length: typeof params.length === 'number' ? params.length : 1,
  });
  let names: readonly string[];
  try {
    ({ names } = stepsOf(indicator, words));
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return { score: null, values: [], problem: tell(error.code, error.params) };
  }
  for (const name of names) {
    const measure = words.get(name)?.measure ?? indicator.measure;
    if (measure) requireMeasure(ctx, measure);
  }
  const scheme = { id: '00000000-0000-0000-0000-000000000000', name: '', period, departments: [] };
  const definition = { indicators: [{ ...indicator, kind: 'computed' as const }], levels: [] };
  const [row] = await computeAll(
    ctx,
    { ...scheme, definition },
    firstDay(period, startsOn, ctx.yearBegins),
    new Set([person]),
  );
  const score = row?.scores[0];
  if (!score) return { score: null, values: [], problem: null };
  const own: Record<string, string | null> = {
    actual: score.actual,
    target: score.target,
    lastYear: score.lastYear,
    weight: indicator.weight,
  };
  return {
    score: score.problem ? null : score.score,
    values: names.flatMap((name) => {
      const meaning = words.get(name);
      if (meaning?.measure) return [{ name, value: score.values[name] ?? null }];
      return meaning && meaning.what !== 'rate' ? [{ name, value: own[meaning.what] ?? null }] : [];
    }),
    problem: score.problem ? tell(score.problem.code, score.problem.params) : null,
  };
}
