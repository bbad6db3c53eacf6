import { expect, test } from 'vitest';
import { spansOf } from './query.ts';

test.each<[string, string, string, string[][]]>([
  ['a month', '2026-02-01', '2026-02-28', [['2026-02', '2026-02-01', '2026-02-28']]],
  ['a day', '2024-02-29', '2024-02-29', [['2024-02', '2024-02-29', '2024-02-29']]],
  [
    'parts of months over a new year',
    '2025-12-15',
    '2026-02-03',
    [
      ['2025-12', '2025-12-15', '2025-12-31'],
      ['2026-01', '2026-01-01', '2026-01-31'],
      ['2026-02', '2026-02-01', '2026-02-03'],
    ],
  ],
])('%s', (_what, from, to, months) => {
  expect(spansOf({ from, to }, true).map((span) => [span.key, span.from, span.to])).toEqual(months);
  expect(spansOf({ from, to }, false)).toEqual([{ key: '', from, to }]);
});

test('thirty-six months are the most', () => {
  expect(spansOf({ from: '2023-01-01', to: '2025-12-31' }, true)).toHaveLength(36);
  expect(() => spansOf({ from: '2023-01-01', to: '2026-01-01' }, true)).toThrow('invalid');
});
