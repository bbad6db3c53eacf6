import { baseOf } from '../../../platform/analysis/base.ts';
import type { AnswerValue, ReportAnswer } from '../../../platform/analysis/query.shared.ts';
import type { RunOptions } from '../../../platform/analysis/run.ts';
import { type Asked, daysOf, type ShippedReport } from '../../../platform/analysis/shipped.ts';
import type { Context } from '../../../platform/context/context.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { titlesOf } from '../../../platform/entity/titles.ts';
import { translate } from '../../../platform/i18n/translations.ts';
import { fitInUse } from '../model/store.ts';
import { mustSeeForecast } from '../rights.ts';
import { figuresOf } from './figures.ts';
import { type Figures, FORECAST_BY, NAMED, TOLD_BY } from './page.shared.ts';

const PERIOD = 'thisMonth';
const TOLD = [
  'won',
  'commit',
  'best',
  'pipeline',
  'omitted',
  'weighted',
  'learnt',
  'profit',
  'costed',
] as const;

/** The forecast as a report: printed, exported, mailed and put on dashboards like any other. */
export const salesForecast: ShippedReport = {
  name: 'salesForecast',
  entity: 'opportunity',
  also: ['stage'],
  reads: ['pipeline', 'product', 'quote', 'quoteLine', 'department'],
  order: 42,
  chart: 'bar',
  period: PERIOD,
  by: [{ field: 'owner' }, { field: 'owner.department' }, { field: 'products' }, { field: 'pipeline' }],
  compute: runForecast,
};

async function runForecast(ctx: Context, asked: Asked, { action }: RunOptions): Promise<ReportAnswer> {
  const begin = performance.now();
  const by = FORECAST_BY[asked.by ?? 0] ?? 'owner';
  mustSeeForecast(ctx, 'forecastCategory', TOLD_BY[by]);
  const { from = '1900-01-01', to = '9999-12-31' } = daysOf(ctx, asked.period ?? PERIOD);
  const [base, kept] = await Promise.all([baseOf(ctx, 'opportunity', asked.filter, action), fitInUse(ctx)]);
  const { total, lines } = await figuresOf(ctx, base, { from, to }, by, kept?.fit.stageWon ?? {});
  const titles = await titlesOf(ctx, new Map([[NAMED[by], new Set(lines.flatMap(({ key }) => key ?? []))]]));
  const say = (key: string) =>
    translate(ctx.registry.words, ctx.principal.language, `shipped.forecast.${key}`);
  const numbers = (figures: Figures) => TOLD.map((name) => figures[name]);
  const all = numbers(total);
  return {
    entity: 'opportunity',
    plural: 'opportunities',
    filter: null,
    rows: [{ label: say(by), kind: 'reference', plural: entityNamed(ctx.registry, NAMED[by]).plural }],
    columns: [],
    values: TOLD.map(
      (name): AnswerValue => ({ label: say(name), kind: 'money', filter: null, additive: true }),
    ),
    columnKeys: [{ keys: [], filter: null }],
    lines: lines.map(({ key, ...figures }) => ({
      keys: [{ key, label: (key && titles.get(key)) || '—' }],
      filter: null,
      cells: [numbers(figures)],
      total: numbers(figures),
    })),
    totals: { columns: [all], all },
    found: lines.length,
    at: ctx.now,
    ms: Math.round(performance.now() - begin),
  };
}
