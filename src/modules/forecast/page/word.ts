import type { Base } from '../../../platform/analysis/base.ts';
import type { Context } from '../../../platform/context/context.ts';
import { dayOf } from '../../../platform/context/day.ts';
import { isEnough, LEAST_DAYS, LEAST_WON } from '../model/fit.ts';
import { predict } from '../model/predict.ts';
import { arrivedBefore, standingNow } from '../model/standing.ts';
import type { Kept } from '../model/store.ts';
import type { ForecastPeriod } from '../period.shared.ts';
import type { ModelWord } from './page.shared.ts';

/** What the model says of a period: what is won in it already, and what the days to come bring. */
export async function wordOf(
  ctx: Context,
  base: Base,
  period: ForecastPeriod,
  kept: Kept | null,
  won: string,
): Promise<ModelWord> {
  if (!kept) return { state: 'none' };
  const { fit, at } = kept;
  if (!isEnough(fit))
    return {
      state: 'few',
      won: fit.won,
      needed: LEAST_WON,
      days: fit.span,
      neededDays: LEAST_DAYS,
      at,
    };
  const today = dayOf(ctx);
  if (today >= period.to) return { state: 'over' };
  const until = (day: string) =>
    Math.max(0, Temporal.PlainDate.from(today).until(Temporal.PlainDate.from(day)).days);
  const [standing, perDay] = await Promise.all([
    standingNow(ctx, base, today, Object.keys(fit.curves.stages)),
    arrivedBefore(ctx, base, today),
  ]);
  const said = predict(fit, standing, {
    end: period.to,
    days: until(period.to),
    perDay,
    ...(period.from > today ? { after: { end: period.from, days: until(period.from) } } : {}),
  });
  const sure = Number(won);
  const { mean, low, high, open, fresh } = said;
  return { state: 'on', won: sure, open, fresh, at, mean: sure + mean, low: sure + low, high: sure + high };
}
