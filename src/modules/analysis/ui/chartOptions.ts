import type { ReportAnswer } from '../../../platform/analysis/query.shared.ts';
import type { ChartKind } from '../../../platform/analysis/view.shared.ts';

export interface Ink {
  text: string;
  quiet: string;
  line: string;
  surface: string;
  font: string;
  series: readonly string[];
}

/** Where a mark of the chart stands in the answer. */
export interface Mark {
  line: number;
  column: number | null;
  value: number;
}

const MOST_BARS = 20;
const MOST_SLICES = 8;
const MOST_SERIES = 12;

/** The lines a chart shows: those that are worth a mark. */
export function shownLines(answer: ReportAnswer, chart: ChartKind): number[] {
  const all = answer.lines.map((_, at) => at);
  if (chart === 'line' || answer.rows[0]?.by) return all;
  return all.slice(0, chart === 'pie' || chart === 'funnel' ? MOST_SLICES : MOST_BARS);
}

interface Series {
  name: string;
  data: { value: number | null; mark: Mark }[];
}

/** What stands side by side: the columns of a pivot, or the numbers that count in the same unit. */
export function seriesOf(answer: ReportAnswer, lines: readonly number[]): Series[] {
  const number = (text: string | null | undefined) => (text == null ? null : Number(text));
  if (answer.columns.length)
    return answer.columnKeys.slice(0, MOST_SERIES).map(({ keys }, column) => ({
      name: keys.map(({ label }) => label).join(' · '),
      data: lines.map((line) => ({
        value: number(answer.lines[line]?.cells[column]?.[0]),
        mark: { line, column, value: 0 },
      })),
    }));
  const [first] = answer.values;
  return answer.values.flatMap((told, value) =>
    told.kind !== first?.kind || told.additive !== first.additive
      ? []
      : [
          {
            name: told.label,
            data: lines.map((line) => ({
              value: number(answer.lines[line]?.total[value]),
              mark: { line, column: null, value },
            })),
          },
        ],
  );
}

export const lineLabel = (answer: ReportAnswer, line: number): string =>
  answer.lines[line]?.keys.map(({ label }) => label).join(' · ') ?? '';

/** A chart of an answer, as the drawing library knows it. `write` tells a number in a word. */
export function chartOptions(
  answer: ReportAnswer,
  chart: ChartKind,
  ink: Ink,
  write: (value: number, exact: boolean) => string,
): Record<string, unknown> {
  const lines = shownLines(answer, chart);
  const names = lines.map((line) => lineLabel(answer, line));
  const series = seriesOf(answer, lines);
  const shared = {
    animationDuration: 250,
    color: [...ink.series],
    textStyle: { color: ink.text, fontFamily: ink.font },
    tooltip: {
      trigger: chart === 'pie' || chart === 'funnel' ? 'item' : 'axis',
      confine: true,
      backgroundColor: ink.surface,
      borderColor: ink.line,
      textStyle: { color: ink.text },
      valueFormatter: (value: unknown) => (value == null ? '' : write(Number(value), true)),
    },
  };
  if (chart === 'pie' || chart === 'funnel')
    return {
      ...shared,
      series: [
        {
          type: chart,
          ...(chart === 'pie'
            ? { radius: ['45%', '72%'], label: { color: ink.text } }
            : {
                sort: 'none',
                left: 8,
                right: '34%',
                top: 8,
                bottom: 8,
                gap: 2,
                label: { position: 'right', color: ink.text },
              }),
          data: (series[0]?.data ?? []).map(({ value, mark }, at) => ({
            name: names[at],
            value: value ?? 0,
            mark,
          })),
        },
      ],
    };
  const flat = chart === 'bar';
  const categories = {
    type: 'category',
    data: names,
    ...(flat ? { inverse: true } : {}),
    axisLine: { lineStyle: { color: ink.line } },
    axisTick: { show: false },
    axisLabel: { color: ink.quiet, ...(flat ? { width: 110, overflow: 'truncate' } : { hideOverlap: true }) },
  };
  const numbers = {
    type: 'value',
    splitNumber: 4,
    splitLine: { lineStyle: { color: ink.line } },
    axisLabel: { color: ink.quiet, hideOverlap: true, formatter: (value: number) => write(value, false) },
  };
  return {
    ...shared,
    legend: { show: series.length > 1, type: 'scroll', top: 0, textStyle: { color: ink.text } },
    grid: {
      left: 8,
      right: 20,
      top: series.length > 1 ? 36 : 12,
      bottom: 8,
      outerBoundsMode: 'same',
      outerBoundsContain: 'axisLabel',
    },
    xAxis: flat ? numbers : categories,
    yAxis: flat ? categories : numbers,
    series: series.map(({ name, data }) => ({
      name,
      type: chart === 'line' ? 'line' : 'bar',
      barMaxWidth: 28,
      ...(answer.columns.length && answer.values[0]?.additive && chart !== 'line' ? { stack: 'all' } : {}),
      data,
    })),
  };
}
