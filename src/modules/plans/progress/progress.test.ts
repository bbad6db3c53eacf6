import { describe, expect, test } from 'vitest';
import { comparedOf, groupOf, type ProgressLine } from './progress.shared.ts';

const months = (amounts: Record<number, string>) => Array.from({ length: 12 }, (_, at) => amounts[at] ?? '0');
const figures = (amounts: Record<number, string>) => ({
  amounts: months(amounts),
  quantities: months({}),
  records: 0,
});
const line = (more: Partial<ProgressLine> = {}): ProgressLine => ({
  key: '',
  cut: { product: null, category: null, area: null, channel: null, partner: null },
  names: { product: null, category: null, partner: null },
  plan: figures({ 0: '100', 1: '100', 2: '100' }),
  actual: figures({ 0: '80', 1: '30.5' }),
  forecast: figures({ 2: '40' }),
  ...more,
});
// The second month is half over.
const ELAPSED = [1, 0.5, ...Array.from({ length: 10 }, () => 0)];

describe('a plan compared', () => {
  test.each<[string, [number, number], object]>([
    ['a month that is over', [0, 0], { plan: '100', actual: '80', due: '100', rate: '80', behind: true }],
    ['the month that runs', [1, 1], { plan: '100', actual: '30.5', due: '50', rate: '30.5', behind: true }],
    ['months together', [0, 2], { plan: '300', actual: '110.5', due: '150', forecast: '40', rate: '36.8' }],
    ['what is to come', [2, 2], { plan: '100', actual: '0', due: '0', behind: false }],
    ['nothing planned', [5, 6], { plan: '0', actual: '0', rate: null, behind: false }],
  ])('%s', (_what, range, told) => {
    expect(comparedOf([line()], ELAPSED, 'amounts', range)).toMatchObject(told);
  });

  test('lines add up exactly; what is not told of one is not told of all', () => {
    const two = [line(), line({ actual: figures({ 0: '0.1', 1: '0.2' }), forecast: null })];
    expect(comparedOf(two, ELAPSED, 'amounts', [0, 1])).toMatchObject({ actual: '110.8', forecast: null });
    expect(comparedOf(two, ELAPSED, 'quantities', [0, 1])).toMatchObject({ plan: '0', rate: null });
  });

  test('stands under what it names', () => {
    const named = line({
      cut: { product: null, category: 'c', area: '浙江', channel: 'dealer', partner: 'p' },
    });
    expect((['product', 'area', 'channel'] as const).map((by) => groupOf(named, by))).toEqual([
      'c',
      '浙江',
      'dealer',
    ]);
  });
});
