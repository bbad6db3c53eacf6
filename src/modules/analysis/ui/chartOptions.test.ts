import { describe, expect, test } from 'vitest';
import type { ReportAnswer } from '../../../platform/analysis/query.shared.ts';
import { chartOptions, type Ink, seriesOf, shownLines } from './chartOptions.ts';

const INK: Ink = {
  text: '#000',
  quiet: '#666',
  line: '#ccc',
  surface: '#fff',
  font: 'serif',
  series: ['#123'],
};
const value = (label: string, kind: 'count' | 'money') => ({ label, kind, filter: null, additive: true });

const answer = (lines: number, more: Partial<ReportAnswer> = {}): ReportAnswer => ({
  entity: 'opportunity',
  plural: 'opportunities',
  filter: null,
  rows: [{ label: '负责人', kind: 'reference' }],
  columns: [],
  values: [value('赢单', 'count'), value('金额', 'money'), value('输单', 'count')],
  columnKeys: [{ keys: [], filter: null }],
  lines: Array.from({ length: lines }, (_, at) => ({
    keys: [{ key: `${at}`, label: `第${at}人` }],
    filter: null,
    cells: [[`${at}`, '1', null]],
    total: [`${at}`, '1', null],
  })),
  totals: { columns: [], all: [] },
  found: lines,
  at: '',
  ms: 1,
  ...more,
});

describe('what a chart shows', () => {
  test.each([
    ['bar', 30, 20],
    ['pie', 30, 8],
    ['line', 30, 30],
    ['column', 3, 3],
  ] as const)('%s of %i lines', (chart, lines, shown) => {
    expect(shownLines(answer(lines), chart)).toHaveLength(shown);
  });

  test('all of a time is shown', () => {
    const rows = [{ label: '月', kind: 'date', by: 'month' }] as ReportAnswer['rows'];
    expect(shownLines(answer(36, { rows }), 'column')).toHaveLength(36);
  });

  test('numbers of one unit stand side by side, others do not', () => {
    expect(seriesOf(answer(2), [0, 1]).map(({ name }) => name)).toEqual(['赢单', '输单']);
  });

  test('a pivot shows its columns, with where each mark stands', () => {
    const pivot = answer(1, {
      columns: [{ label: '状态', kind: 'choice' }],
      columnKeys: ['进行中', '赢单'].map((label) => ({ keys: [{ key: label, label }], filter: null })),
      lines: [{ keys: [{ key: 'a', label: '甲' }], filter: null, cells: [['1'], ['2']], total: ['3'] }],
    });
    expect(seriesOf(pivot, [0])).toEqual([
      { name: '进行中', data: [{ value: 1, mark: { line: 0, column: 0, value: 0 } }] },
      { name: '赢单', data: [{ value: 2, mark: { line: 0, column: 1, value: 0 } }] },
    ]);
  });
});

test.each([
  ['bar', 'value', 'category'],
  ['column', 'category', 'value'],
  ['line', 'category', 'value'],
] as const)('%s lies or stands', (chart, x, y) => {
  const made = chartOptions(answer(2), chart, INK, String) as {
    xAxis: { type: string };
    yAxis: { type: string };
  };
  expect([made.xAxis.type, made.yAxis.type]).toEqual([x, y]);
});
