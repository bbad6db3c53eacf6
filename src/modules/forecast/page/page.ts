import { baseOf } from '../../../platform/analysis/base.ts';
import type { Context } from '../../../platform/context/context.ts';
import { dayOf } from '../../../platform/context/day.ts';
import { titlesOf, type Wanted, want } from '../../../platform/entity/titles.ts';
import { fitInUse } from '../model/store.ts';
import { periodAfter, periodAt } from '../period.shared.ts';
import { mustSeeForecast } from '../rights.ts';
import { filterOf, type PageQuery, periodAsked } from './asked.ts';
import { figuresOf } from './figures.ts';
import { FORECAST_BY, type ForecastLine, type ForecastPage, NAMED, TOLD_BY } from './page.shared.ts';
import { wordOf } from './word.ts';

/** More lines nobody reads; the total is of all. */
const MOST_LINES = 500;

/** The forecast of a period, of what the caller may see: by category, weighted, and by model. */
export async function forecastPage(ctx: Context, asked: PageQuery): Promise<ForecastPage> {
  const begin = performance.now();
  mustSeeForecast(ctx, 'forecastCategory', TOLD_BY[asked.by]);
  const period = periodAsked(ctx, asked.period);
  const [base, kept] = await Promise.all([baseOf(ctx, 'opportunity', filterOf(asked)), fitInUse(ctx)]);
  const { total, lines, withoutRate } = await figuresOf(
    ctx,
    base,
    period,
    asked.by,
    kept?.fit.stageWon ?? {},
  );
  const shown = lines
    .toSorted((a, b) => weightOf(b) - weightOf(a) || String(a.key).localeCompare(String(b.key)))
    .slice(0, MOST_LINES);
  const [titles, model] = await Promise.all([
    titlesOf(ctx, namesWanted(asked, shown)),
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
    chosen: Object.fromEntries(
      FORECAST_BY.flatMap((by) => {
        const id = asked[by];
        return id ? [[by, { id, title: titles.get(id) ?? null }]] : [];
      }),
    ),
    withoutRate,
    total,
    lines: shown.map(
      (line): ForecastLine => ({ ...line, title: line.key && (titles.get(line.key) ?? null) }),
    ),
    model,
    at: ctx.now,
    ms: Math.round(performance.now() - begin),
  };
}

/** Of the lines, and of what it was narrowed to. */
function namesWanted(asked: PageQuery, shown: readonly { key: string | null }[]): Wanted {
  const wanted: Wanted = new Map();
  for (const { key } of shown) if (key) want(wanted, NAMED[asked.by], key);
  for (const by of FORECAST_BY) if (asked[by]) want(wanted, NAMED[by], asked[by]);
  return wanted;
}

/** For the order only. */
const weightOf = ({ won, commit, best }: Pick<ForecastLine, 'won' | 'commit' | 'best'>): number =>
  Number(won) + Number(commit) + Number(best);
