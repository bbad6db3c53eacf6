import { baseOf } from '../../../platform/analysis/base.ts';
import type { RunOptions } from '../../../platform/analysis/run.ts';
import type { Context } from '../../../platform/context/context.ts';
import { dayOf } from '../../../platform/context/day.ts';
import type { Filter } from '../../../platform/entity/meta.shared.ts';
import { isEnough } from '../model/fit.ts';
import { predict } from '../model/predict.ts';
import { countedIn, RUN_DAYS, standingBefore } from '../model/standing.ts';
import { endsOf, fitsOf, lastPeriod } from '../model/store.ts';
import { daysLeft, type PeriodUnit, periodAfter } from '../period.shared.ts';
import { mustSeeForecast } from '../rights.ts';
import type { Tested } from './score.shared.ts';

/** So many periods back. */
const MOST: Record<PeriodUnit, number> = { month: 24, quarter: 8 };

/**
 * Each of the last periods as it was forecast on its first day with what was known then, and what came; of what the caller
 * may see, as it is owned today. Periods before the first sale are left out.
 */
export async function backtest(
  ctx: Context,
  unit: PeriodUnit,
  filter: Filter | undefined,
  { limitMs, action }: RunOptions = {},
): Promise<Tested[]> {
  mustSeeForecast(ctx);
  const base = await baseOf(ctx, 'opportunity', filter, action);
  const running = lastPeriod(dayOf(ctx), (await endsOf(ctx)).last, unit);
  // Also those before the first that is told: what is naively said of it stands there.
  const yearBack = unit === 'month' ? 12 : 4;
  const spans = Array.from({ length: MOST[unit] + yearBack }, (_, at) =>
    periodAfter(running, at - MOST[unit] - yearBack),
  );
  const runs = spans.map(({ from }) => ({
    from: Temporal.PlainDate.from(from).subtract({ days: RUN_DAYS }).toString(),
    to: from,
  }));
  const [counted, fits] = await Promise.all([
    countedIn(ctx, base, [...spans, ...runs], limitMs),
    fitsOf(
      ctx,
      spans.map(({ from }) => from),
    ),
  ]);
  const won = spans.map((_, at) => Number(counted[at]?.amount ?? 0));
  const first = won.findIndex((amount) => amount > 0);
  if (first < 0) return [];
  const said = (at: number) => (at >= first ? (won[at] ?? null) : null);
  const tested: Tested[] = [];
  for (let at = Math.max(first + 1, yearBack); at < spans.length; at++) {
    const span = spans[at] as (typeof spans)[number];
    const fit = fits.get(span.from);
    const three = [said(at - 1), said(at - 2), said(at - 3)].flatMap((amount) => amount ?? []);
    let model: Tested['model'] = null;
    if (fit && isEnough(fit)) {
      const standing = await standingBefore(ctx, base, span.from, Object.keys(fit.curves.stages), limitMs);
      const perDay = (counted[spans.length + at]?.began ?? 0) / RUN_DAYS;
      const { mean, low, high } = predict(fit, standing, {
        end: span.to,
        days: daysLeft(span, span.from),
        perDay,
      });
      model = { mean, low, high };
    }
    tested.push({
      key: span.key,
      actual: won[at] as number,
      model,
      naive: {
        last: said(at - 1),
        year: said(at - yearBack),
        average: three.length === 3 ? three.reduce((all, one) => all + one, 0) / 3 : null,
      },
    });
  }
  return tested;
}
