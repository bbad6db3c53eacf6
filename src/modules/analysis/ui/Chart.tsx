import { BarChart, FunnelChart, LineChart, PieChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import { type ECharts, init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReportAnswer } from '../../../platform/analysis/query.shared.ts';
import type { ChartKind } from '../../../platform/analysis/view.shared.ts';
import { useMeta } from '../../../web/api/meta.tsx';
import { chartOptions, type Ink, type Mark } from './chartOptions.ts';
import { numberText, shortText } from './format.ts';

use([
  BarChart,
  FunnelChart,
  LineChart,
  PieChart,
  GridComponent,
  LegendComponent,
  TooltipComponent,
  SVGRenderer,
]);

interface Props {
  answer: ReportAnswer;
  chart: ChartKind;
  label: string;
  onMark(mark: Mark): void;
}

/** Colours are those of the page, by day and by night. */
function inkOf(element: HTMLElement): Ink {
  const style = getComputedStyle(element);
  const colour = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return {
    text: colour('ink'),
    quiet: colour('ink-3'),
    line: colour('line'),
    surface: colour('surface'),
    font: style.fontFamily,
    series: ['dai', 'song', 'teng', 'zhu', 'nav-ink-2', 'dai-hover', 'ink-3', 'control'].map(colour),
  };
}

/** An answer drawn. The same numbers stand in the table, so that nobody needs to see it. */
export function Chart({ answer, chart, label, onMark }: Props) {
  const { i18n } = useTranslation();
  const { company } = useMeta();
  const place = useRef<HTMLDivElement>(null);
  const drawn = useRef<ECharts | null>(null);
  const mark = useRef(onMark);
  mark.current = onMark;
  useEffect(() => {
    const element = place.current;
    if (!element) return;
    const made = init(element, null, { renderer: 'svg' });
    drawn.current = made;
    made.on('click', ({ data }) => {
      const found = (data as { mark?: Mark } | undefined)?.mark;
      if (found) mark.current(found);
    });
    const resized = new ResizeObserver(() => made.resize());
    resized.observe(element);
    return () => {
      resized.disconnect();
      made.dispose();
    };
  }, []);
  useEffect(() => {
    if (!place.current || !drawn.current) return;
    const { kind = 'number' } = answer.values[0] ?? {};
    const write = (value: number, exact: boolean) =>
      exact
        ? numberText(String(value), kind, company.currency)
        : shortText(String(value), kind, company.currency, i18n.language);
    drawn.current.setOption(chartOptions(answer, chart, inkOf(place.current), write), { notMerge: true });
  }, [answer, chart, company.currency, i18n.language]);
  return <div ref={place} className="report-chart" role="img" aria-label={label} />;
}
