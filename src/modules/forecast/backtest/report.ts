import type { AnswerValue, ReportAnswer, ValueKind } from '../../../platform/analysis/query.shared.ts';
import type { RunOptions } from '../../../platform/analysis/run.ts';
import { type Asked, type ShippedReport, within } from '../../../platform/analysis/shipped.ts';
import type { Context } from '../../../platform/context/context.ts';
import { translate } from '../../../platform/i18n/translations.ts';
import { type PeriodUnit, periodOf } from '../period.shared.ts';
import { backtest } from './backtest.ts';
import { scoresOf } from './score.shared.ts';

const UNITS: readonly PeriodUnit[] = ['month', 'quarter'];

/** Past forecasts against what came, as a report: drawn, printed, exported and put on dashboards like any other. */
export const forecastBacktest: ShippedReport = {
  name: 'forecastBacktest',
  entity: 'opportunity',
  also: ['stage'],
  reads: [],
  order: 45,
  chart: 'line',
  by: UNITS.map((by) => ({ field: 'closedOn', by })),
  compute: runBacktest,
};

async function runBacktest(ctx: Context, asked: Asked, options: RunOptions): Promise<ReportAnswer> {
  const begin = performance.now();
  const unit = UNITS[asked.by ?? 0] ?? 'month';
  const tested = await backtest(ctx, unit, asked.filter, options);
  const { model } = scoresOf(tested);
  const say = (key: string) => translate(ctx.registry.words, ctx.principal.language, key);
  const value = (label: string, kind: ValueKind): AnswerValue => ({
    label: say(`shipped.forecast.${label}`),
    kind,
    filter: null,
    additive: false,
  });
  const money = (amount: number | null | undefined) => (amount == null ? null : amount.toFixed(2));
  const share = (part: number | null) => (part === null ? null : part.toFixed(6));
  const lines = tested.map((one) => {
    const numbers = [
      money(one.actual),
      money(one.model?.mean),
      money(one.model?.low),
      money(one.model?.high),
      money(one.naive.last),
      money(one.naive.average),
      money(one.naive.year),
      one.model && one.actual > 0 ? share((one.model.mean - one.actual) / one.actual) : null,
    ];
    const { from = '', to = '' } = periodOf(one.key) ?? {};
    const last = Temporal.PlainDate.from(to).subtract({ days: 1 }).toString();
    const won = {
      and: [{ field: 'status', op: 'eq' as const, value: 'won' }, within('closedOn', { from, to: last })],
    };
    return {
      keys: [{ key: one.key, label: one.key }],
      filter: null,
      cells: [numbers],
      total: numbers,
      filters: numbers.map((_, at) => (at === 0 ? won : null)),
    };
  });
  // The last line says how far off each of them was, of all that came.
  const all = [...new Array<null>(7).fill(null), share(model.wape)];
  return {
    entity: 'opportunity',
    plural: 'opportunities',
    filter: null,
    rows: [{ label: say('shipped.forecast.period'), kind: 'text', by: unit }],
    columns: [],
    values: [
      value('actual', 'money'),
      value('model', 'money'),
      value('low', 'money'),
      value('high', 'money'),
      value('naiveLast', 'money'),
      value('naiveAverage', 'money'),
      value('naiveYear', 'money'),
      value('error', 'percent'),
    ],
    columnKeys: [{ keys: [], filter: null }],
    lines,
    totals: { columns: [all], all },
    found: lines.length,
    at: ctx.now,
    ms: Math.round(performance.now() - begin),
  };
}
