import { describe, expect, test } from 'vitest';
import { detectDateOrder, parseDate, parseMoment } from './date.shared.ts';
import type { DateOrder } from './date-parts.shared.ts';
import { readTimeOfDay } from './time-of-day.shared.ts';

const codeOf = (text: string, order?: DateOrder) => {
  const parsed = parseDate(text, { order });
  return parsed.ok ? parsed.value : parsed.code;
};

describe('a date by itself', () => {
  test.each([
    ['2024-03-05', '2024-03-05'],
    ['2024/3/5', '2024-03-05'],
    ['2024.3.5', '2024-03-05'],
    ['2024年3月5日', '2024-03-05'],
    ['2024 年 3 月 5 号', '2024-03-05'],
    ['２０２４／３／５', '2024-03-05'],
    ['24年3月5日', '2024-03-05'],
    ['20240305', '2024-03-05'],
    ['2024-03-05 14:30', '2024-03-05'],
    ['2024-03-05T14:30:00', '2024-03-05'],
    ['2024年3月5日下午2:30', '2024-03-05'],
    ['2024-03-05 星期二', '2024-03-05'],
    ['2024年3月5日（周二）', '2024-03-05'],
    ['Tue, 5 Mar 2024', '2024-03-05'],
    ['5-Mar-2024', '2024-03-05'],
    ['5-Mar-24', '2024-03-05'],
    ['5-Mar-85', '1985-03-05'],
    ['Mar 5, 2024', '2024-03-05'],
    ['March 5th, 2024', '2024-03-05'],
    ['1st September 2024', '2024-09-01'],
    ['10/20/2016', '2016-10-20'],
    ['20/10/2016', '2016-10-20'],
    ['5/5/2024', '2024-05-05'],
    ['24/3/5', '2024-03-05'],
    ['3/5/2', 'date_unreadable'],
    ['24/03/05', 'date_ambiguous'],
    ['45356', '2024-03-05'],
    ['45356.604166667', '2024-03-05'],
    ['', null],
    ['-', null],
    ['/', null],
    ['无', null],
    ['N/A', null],
    ['2024/2/30', 'date_impossible'],
    ['2023-02-29', 'date_impossible'],
    ['13/13/2024', 'date_impossible'],
    ['0024-03-05', 'date_impossible'],
    ['3/5/2024', 'date_ambiguous'],
    ['3/5/24', 'date_ambiguous'],
    ['3月5日', 'date_needs_year'],
    ['3/5', 'date_needs_year'],
    ['5-Mar', 'date_needs_year'],
    ['14:30', 'time_needs_date'],
    ['2024-03-05 25:00', 'time_unreadable'],
    ['明天', 'date_unreadable'],
    ['2024-03', 'date_unreadable'],
    ['12345', 'date_unreadable'],
    ['13800138000', 'date_unreadable'],
  ])('%s → %s', (text, expected) => {
    expect(codeOf(text)).toBe(expected);
  });

  test('an ambiguous one names both readings', () => {
    expect(parseDate('3/5/2024')).toEqual({
      ok: false,
      code: 'date_ambiguous',
      params: { text: '3/5/2024', first: '2024-03-05', second: '2024-05-03' },
    });
  });
});

test.each<[string, DateOrder, string]>([
  ['3/5/2024', 'mdy', '2024-03-05'],
  ['3/5/2024', 'dmy', '2024-05-03'],
  ['3/5/2024', 'ymd', 'date_ambiguous'],
  ['24/3/15', 'ymd', '2024-03-15'],
  ['24/3/15', 'dmy', '2015-03-24'],
  ['3/5/24', 'mdy', '2024-03-05'],
  ['10/20/2016', 'dmy', 'date_impossible'],
  ['2024-03-05', 'dmy', '2024-03-05'],
])('%s in the order %s → %s', (text, order, expected) => {
  expect(codeOf(text, order)).toBe(expected);
});

test.each<[string, string[], DateOrder | 'ambiguous']>([
  ['all ambiguous', ['3/5/2024', '4/6/2024'], 'ambiguous'],
  ['one decides for month first', ['3/5/2024', '10/20/2016', ''], 'mdy'],
  ['one decides for day first', ['3/5/2024', '20/10/2016'], 'dmy'],
  ['contradiction', ['10/20/2016', '20/10/2016'], 'ambiguous'],
  ['year first needs nothing', ['2024-03-05', '2024/5/3', 'x'], 'ymd'],
  ['mixed with year first', ['2024-03-05', '10/20/2016'], 'mdy'],
  ['same numbers need nothing', ['5/5/2024', '6/6/2024'], 'ymd'],
  ['two-digit years', ['24/03/05'], 'ambiguous'],
  ['a year that can be no day', ['85/3/5', '24/3/5'], 'ymd'],
  ['with times', ['10/20/2016 14:30', '3/5/2017 8:00 PM'], 'mdy'],
  ['nothing to see', [], 'ymd'],
])('order of a column: %s', (_, samples, expected) => {
  expect(detectDateOrder(samples)).toBe(expected);
});

test.each([
  ['14:30', '14:30:00'],
  ['14:30:15', '14:30:15'],
  ['9:05', '09:05:00'],
  ['14:30:15.123', '14:30:15'],
  ['下午2:30', '14:30:00'],
  ['上午 9:00', '09:00:00'],
  ['2:30 PM', '14:30:00'],
  ['12:05 AM', '00:05:00'],
  ['12:05 pm', '12:05:00'],
  ['中午12:30', '12:30:00'],
  ['中午1点', '13:00:00'],
  ['凌晨12:10', '00:10:00'],
  ['14时30分', '14:30:00'],
  ['14时30分15秒', '14:30:15'],
  ['晚上8点半', '20:30:00'],
  ['下午3点整', '15:00:00'],
  ['下午14:30', '14:30:00'],
  ['上午14:30', undefined],
  ['24:00', undefined],
  ['14:60', undefined],
  ['1430', undefined],
  ['5', undefined],
  ['', undefined],
])('time %s → %s', (text, expected) => {
  expect(readTimeOfDay(text)).toBe(expected);
});

describe('moments', () => {
  test.each([
    ['2024-03-05 14:30', '2024-03-05T06:30:00.000000Z'],
    ['2024年3月5日下午2:30', '2024-03-05T06:30:00.000000Z'],
    ['2024年3月5日 下午2点', '2024-03-05T06:00:00.000000Z'],
    ['3/25/2024 2:30 PM', '2024-03-25T06:30:00.000000Z'],
    ['20240305143015', '2024-03-05T06:30:15.000000Z'],
    ['2024-03-05', '2024-03-04T16:00:00.000000Z'],
    ['45356.6041666667', '2024-03-05T06:30:00.000000Z'],
    ['2024-03-05T14:30:00.123456+09:00', '2024-03-05T05:30:00.123456Z'],
    ['2024-03-05 14:30:00+0800', '2024-03-05T06:30:00.000000Z'],
    ['2024-03-05T06:30:00Z', '2024-03-05T06:30:00.000000Z'],
  ])('%s in Shanghai → %s', (text, expected) => {
    expect(parseMoment(text, 'Asia/Shanghai')).toEqual({ ok: true, value: expected });
  });

  test('cells of a file', () => {
    const cell = {
      kind: 'date',
      precision: 'datetime',
      value: '2024-03-05T14:30:00',
      text: '2024-03-05 14:30:00',
    } as const;
    expect(parseMoment(cell, 'Asia/Shanghai')).toEqual({ ok: true, value: '2024-03-05T06:30:00.000000Z' });
    expect(parseDate(cell)).toEqual({ ok: true, value: '2024-03-05' });
    expect(parseDate({ kind: 'date', precision: 'time', value: '14:30:00', text: '14:30:00' })).toMatchObject(
      { code: 'time_needs_date' },
    );
    expect(parseDate({ kind: 'number', value: '45356', text: '45356', lossy: false })).toEqual({
      ok: true,
      value: '2024-03-05',
    });
    expect(parseDate({ kind: 'error', text: '#REF!', code: 'cell_error' })).toMatchObject({
      code: 'cell_error',
    });
    expect(parseDate({ kind: 'empty', text: '' })).toEqual({ ok: true, value: null });
  });
});
