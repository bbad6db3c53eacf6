import { Lunar, Solar } from 'lunar-typescript';
import { describe, expect, test } from 'vitest';
import {
  type Birthday,
  birthdayIn,
  birthdayText,
  isBirthday,
  lunarOf,
  nextBirthday,
  readBirthdayText,
} from './birthday.shared.ts';
import { formatBirthday, parseBirthday } from './birthday-words.shared.ts';

const solar = (year: number | null, month: number, day: number): Birthday => ({
  calendar: 'solar',
  year,
  month,
  leap: false,
  day,
});
const lunar = (year: number | null, month: number, day: number, leap = false): Birthday => ({
  calendar: 'lunar',
  year,
  month,
  leap,
  day,
});

test('the lunar calendar agrees with lunar-typescript on every day from 2000 to 2050', () => {
  let day = Temporal.PlainDate.from('2000-01-01');
  const differing: string[] = [];
  for (; day.year <= 2050; day = day.add({ days: 1 })) {
    const ours = lunarOf(day.toString());
    const theirs = Solar.fromYmd(day.year, day.month, day.day).getLunar();
    const month = theirs.getMonth();
    const same =
      ours.year === theirs.getYear() &&
      ours.month === Math.abs(month) &&
      ours.leap === month < 0 &&
      ours.day === theirs.getDay();
    if (!same) differing.push(day.toString());
  }
  expect(differing).toEqual([]);
});

test('the day a lunar birthday is kept agrees with lunar-typescript', () => {
  for (let year = 2000; year <= 2050; year++) {
    for (const [month, day] of [
      [1, 1],
      [5, 5],
      [8, 15],
      [12, 8],
    ] as const) {
      expect(birthdayIn(lunar(null, month, day), year)).toBe(
        Lunar.fromYmd(year, month, day).getSolar().toYmd(),
      );
    }
  }
});

describe('text form', () => {
  test.each<[Birthday, string]>([
    [solar(1990, 3, 5), '1990-03-05'],
    [solar(null, 2, 29), '--02-29'],
    [lunar(1990, 8, 15), 'lunar:1990-08-15'],
    [lunar(null, 6, 1, true), 'lunar:--06L-01'],
  ])('%j', (birthday, text) => {
    expect(birthdayText(birthday)).toBe(text);
    expect(readBirthdayText(text)).toEqual(birthday);
  });

  test.each([
    '1990-02-29',
    '--02-30',
    '1990-13-01',
    '--06L-01',
    'lunar:1990-06L-01',
    'lunar:1990-08-31',
    '1700-01-01',
    'x',
    '',
  ])('%s is none', (text) => {
    expect(readBirthdayText(text)).toBeUndefined();
  });
});

describe('as people write them', () => {
  test.each<[string, Birthday | undefined]>([
    ['1990-03-05', solar(1990, 3, 5)],
    ['1990/3/5', solar(1990, 3, 5)],
    ['1990.3.5', solar(1990, 3, 5)],
    ['１９９０年３月５日', solar(1990, 3, 5)],
    ['19900305', solar(1990, 3, 5)],
    ['03-05', solar(null, 3, 5)],
    ['3月5日', solar(null, 3, 5)],
    ['3月5号', solar(null, 3, 5)],
    ['三月五日', solar(null, 3, 5)],
    ['阳历3月5日', solar(null, 3, 5)],
    ['一九九〇年三月五日', solar(1990, 3, 5)],
    ['农历八月十五', lunar(null, 8, 15)],
    ['阴历 8月15', lunar(null, 8, 15)],
    ['八月十五（农历）', lunar(null, 8, 15)],
    ['农历8-15', lunar(null, 8, 15)],
    ['1990年农历八月十五', lunar(1990, 8, 15)],
    ['农历1990年8月15日', lunar(1990, 8, 15)],
    ['1990年闰五月初一', lunar(1990, 5, 1, true)],
    ['腊月廿三', lunar(null, 12, 23)],
    ['正月初一', lunar(null, 1, 1)],
    ['冬月三十', lunar(null, 11, 30)],
    ['腊月二十', lunar(null, 12, 20)],
    ['lunar 8/15', lunar(null, 8, 15)],
    ['lunar:--08-15', lunar(null, 8, 15)],
    ['2月30日', undefined],
    ['1990年闰六月初一', undefined],
    ['阳历八月初一', undefined],
    ['八月三十一(农历)', undefined],
    ['13-05', undefined],
    ['春天', undefined],
    ['', undefined],
  ])('%s', (written, expected) => {
    expect(parseBirthday(written)).toEqual(expected);
  });

  test('what we show can be read back, every day of both calendars', () => {
    for (let month = 1; month <= 12; month++) {
      for (let day = 1; day <= 31; day++) {
        for (const birthday of [
          solar(1992, month, day),
          solar(null, month, day),
          lunar(null, month, day),
          lunar(null, month, day, true),
        ]) {
          if (!isBirthday(birthday)) continue;
          expect(parseBirthday(formatBirthday(birthday, 'zh'))).toEqual(birthday);
        }
      }
    }
    expect(formatBirthday(lunar(1990, 5, 21, true), 'zh')).toBe('1990年农历闰五月廿一');
    expect(formatBirthday(solar(1990, 3, 5), 'en')).toBe('Mar 5, 1990');
    expect(formatBirthday(lunar(null, 5, 21, true), 'en')).toBe('lunar leap 5/21');
  });
});

describe('the next one', () => {
  test.each<[string, Birthday, string, string, number | null]>([
    ['today counts', solar(1990, 3, 5), '2024-03-05', '2024-03-05', 34],
    ['the day after, next year', solar(1990, 3, 5), '2024-03-06', '2025-03-05', 35],
    ['29 February in a plain year', solar(2000, 2, 29), '2025-01-01', '2025-02-28', 25],
    ['29 February in a leap year', solar(2000, 2, 29), '2024-01-01', '2024-02-29', 24],
    ['Mid-Autumn', lunar(null, 8, 15), '2024-01-01', '2024-09-17', null],
    ['lunar New Year before the solar one is over', lunar(1990, 12, 30), '2024-01-15', '2024-02-09', 33],
    ['三十 in a month of 29 days', lunar(null, 12, 30), '2025-01-01', '2025-01-28', null],
    ['leap month that exists', lunar(null, 6, 1, true), '2025-07-01', '2025-07-25', null],
    ['leap month that is missing', lunar(null, 6, 1, true), '2024-01-01', '2024-07-06', null],
    ['plain month, although a leap one follows', lunar(null, 6, 1), '2025-01-01', '2025-06-25', null],
  ])('%s', (_, birthday, from, date, age) => {
    expect(nextBirthday(birthday, from)).toEqual({ date, age });
  });

  test('is never in the past and less than 13 lunar months away', () => {
    for (let from = Temporal.PlainDate.from('2019-12-01'); from.year < 2027; from = from.add({ days: 5 })) {
      for (const birthday of [
        lunar(null, 1, 1),
        lunar(null, 12, 30),
        lunar(null, 4, 15, true),
        solar(null, 2, 29),
      ]) {
        const { date } = nextBirthday(birthday, from.toString());
        expect(date >= from.toString()).toBe(true);
        expect(from.until(date).days).toBeLessThan(386);
      }
    }
  });
});
