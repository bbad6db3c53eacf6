import { expect, test } from 'vitest';
import {
  dateIn,
  instantToLocal,
  isZone,
  localToInstant,
  nowText,
  parseDateText,
  parseInstant,
  startOfDay,
} from './instant.shared.ts';

test.each([
  ['2024-03-05T06:30:00Z', '2024-03-05T06:30:00.000000Z'],
  ['2024-03-05T14:30:00.123456+08:00', '2024-03-05T06:30:00.123456Z'],
  ['2024-03-05T06:30:00.123456789Z', '2024-03-05T06:30:00.123456Z'],
  ['2024-03-05T06:30:00', undefined],
  ['2024-03-05', undefined],
  ['2024-02-30T00:00:00Z', undefined],
  ['-271821-04-20T00:00:00Z', undefined],
  ['', undefined],
])('instant %s', (text, expected) => {
  expect(parseInstant(text)).toBe(expected);
});

test('now has six digits and orders as text', () => {
  expect(nowText()).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
});

test.each([
  ['2024-02-29', '2024-02-29'],
  ['2023-02-29', undefined],
  ['2024-2-9', undefined],
  ['20240229', undefined],
  ['2024-02-29T00:00', undefined],
])('date %s', (text, expected) => {
  expect(parseDateText(text)).toBe(expected);
});

test('zones', () => {
  expect(['Asia/Shanghai', 'UTC', '+08:00', 'Mars/Olympus', ''].map(isZone)).toEqual([
    true,
    true,
    true,
    false,
    false,
  ]);
  expect(dateIn('Asia/Shanghai', '2024-03-04T16:00:00Z')).toBe('2024-03-05');
  expect(dateIn('UTC', '2024-03-04T16:00:00Z')).toBe('2024-03-04');
  expect(startOfDay('2024-03-05', 'Asia/Shanghai')).toBe('2024-03-04T16:00:00.000000Z');
  // Midnight did not exist in Cairo on this day.
  expect(startOfDay('2024-04-26', 'Africa/Cairo')).toBe('2024-04-25T22:00:00.000000Z');
  // Shanghai kept summer time until 1991: a zone is not an offset.
  expect(localToInstant('1990-07-01T12:00', 'Asia/Shanghai')).toBe('1990-07-01T03:00:00.000000Z');
  expect(localToInstant('2024-11-03T01:30', 'America/New_York')).toBe('2024-11-03T05:30:00.000000Z');
  expect(instantToLocal('2024-03-05T06:30:15.999999Z', 'Asia/Shanghai')).toBe('2024-03-05T14:30:15');
});
