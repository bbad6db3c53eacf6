import { baseOf } from '../../../platform/analysis/base.ts';
import type { Context } from '../../../platform/context/context.ts';
import { dayOf } from '../../../platform/context/day.ts';
import { titlesOf } from '../../../platform/entity/titles.ts';
import { fitInUse } from '../model/store.ts';
import { periodAfter, periodAt } from '../period.shared.ts';
import { mustSeeForecast } from '../rights.ts';
import { filterOf, type PageQuery, periodAsked } from './asked.ts';
import { figuresOf } from './figures.ts';
import { type ForecastLine, type ForecastPage, NAMED, TOLD_BY } from './page.shared.ts';
import { wordOf } from './word.ts';

/** More lines nobody reads; the total is of all. */
const MOST_LINES = 500;

/** The forecast of a period, of what the caller may see: by category, weighted, and by model. */
export async function forecastPage(ctx: Context, asked: PageQuery): Promise<ForecastPage> {
  const begin = performance.now();
  mustSeeForecast(ctx, TOLD_BY[asked.by]);
  const period = periodAsked(ctx, asked.period);
  const [base, kept] = await Promise.all([baseOf(ctx, 'opportunity', filterOf(asked)), fitInUse(ctx)]);
  const { total, lines } = await figuresOf(ctx, base, period, asked.by, kept?.fit.stageWon ?? {});
  const shown = lines
    .toSorted((a, b) => weightOf(b) - weightOf(a) || String(a.key).localeCompare(String(b.key)))
    .slice(0, MOST_LINES);
  const [titles, model] = await Promise.all([
    titlesOf(ctx, new Map([[NAMED[asked.by], new Set(shown.flatMap(({ key }) => key ?? []))]])),
    wordOf(ctx, base, period, kept, total.won),
  ]);
  return {
    period: period.key,
    unit: period.unit,
    around: {
      previous: periodAfter(period, -1).key,
      next: periodAfter(period, 1).key,
      month: periodAt(period.from, 'month').key,
      quarter: periodAt(period.from, 'quarter').key,
    },
    from: period.from,
    last: Temporal.PlainDate.from(period.to).subtract({ days: 1 }).toString(),
    today: dayOf(ctx),
    by: asked.by,
    total,
    lines: shown.map(
      (line): ForecastLine => ({ ...line, title: line.key && (titles.get(line.key) ?? null) }),
    ),
    model,
    at: ctx.now,
    ms: Math.round(performance.now() - begin),
  };
}

/** For the order only. */
const weightOf = ({ won, commit, best }: Pick<ForecastLine, 'won' | 'commit' | 'best'>): number =>
  Number(won) + Number(commit) + Number(best);
