import { expect, test } from 'vitest';
import {
  formatDate,
  formatInstant,
  formatLongDate,
  formatNearDate,
  formatNearInstant,
} from './format.shared.ts';

test('dates and instants for lists', () => {
  expect([formatDate('2024-03-05', 'zh'), formatDate('2024-03-05', 'en')]).toEqual([
    '2024-03-05',
    'Mar 5, 2024',
  ]);
  expect([formatLongDate('2024-03-05', 'zh'), formatLongDate('2024-12-31', 'en')]).toEqual([
    '2024年3月5日',
    'Dec 31, 2024',
  ]);
  expect(formatInstant('2024-03-05T06:05:00Z', 'zh', 'Asia/Shanghai')).toBe('2024-03-05 14:05');
  expect(formatInstant('2024-03-05T06:05:00Z', 'en', 'America/New_York')).toBe('Mar 5, 2024 01:05');
});

test.each([
  ['2024-03-03', '前天', 'Mar 3'],
  ['2024-03-04', '昨天', 'Yesterday'],
  ['2024-03-05', '今天', 'Today'],
  ['2024-03-06', '明天', 'Tomorrow'],
  ['2024-03-07', '后天', 'Mar 7'],
  ['2024-03-08', '3月8日', 'Mar 8'],
  ['2023-12-31', '2023-12-31', 'Dec 31, 2023'],
])('%s seen from 2024-03-05', (date, zh, en) => {
  expect([formatNearDate(date, 'zh', '2024-03-05'), formatNearDate(date, 'en', '2024-03-05')]).toEqual([
    zh,
    en,
  ]);
});

test('near instants count days in the zone of the reader', () => {
  const now = '2024-03-04T17:00:00Z';
  expect(formatNearInstant('2024-03-04T15:30:00Z', 'zh', 'Asia/Shanghai', now)).toBe('昨天 23:30');
  expect(formatNearInstant('2024-03-04T15:30:00Z', 'en', 'UTC', now)).toBe('Today 15:30');
});
