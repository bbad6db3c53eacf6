/**
 * A birthday or another day of remembrance: solar or lunar, with or without year.
 */
export type Birthday = {
  calendar: 'solar' | 'lunar';
  /** Of a lunar birthday: the year in which its Chinese year begins (1990 for 庚午年). */
  year: number | null;
  month: number;
  /** Born in the leap month (闰六月). Always false in the solar calendar. */
  leap: boolean;
  day: number;
};

const CHINESE = 'chinese';

/** The stored and travelling form: `1990-03-05`, `--03-05`, `lunar:1990-08-15`, `lunar:--06L-01` (闰六月初一). */
export function birthdayText({ calendar, year, month, leap, day }: Birthday): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const text = `${year === null ? '-' : String(year).padStart(4, '0')}-${two(month)}${leap ? 'L' : ''}-${two(day)}`;
  return calendar === 'lunar' ? `lunar:${text}` : text;
}

/** Reads the travelling form; undefined for anything else, days that do not exist included. */
export function readBirthdayText(text: string): Birthday | undefined {
  const match = /^(lunar:)?(\d{4}|-)-(\d{2})(L)?-(\d{2})$/.exec(text);
  if (!match) return undefined;
  const birthday: Birthday = {
    calendar: match[1] ? 'lunar' : 'solar',
    year: match[2] === '-' ? null : Number(match[2]),
    month: Number(match[3]),
    leap: match[4] !== undefined,
    day: Number(match[5]),
  };
  return isBirthday(birthday) ? birthday : undefined;
}

/** Does the day exist: in its year when that is known, otherwise in some year? */
export function isBirthday({ calendar, year, month, leap, day }: Birthday): boolean {
  if (month < 1 || month > 12 || day < 1 || day > (calendar === 'lunar' ? 30 : 31)) return false;
  if (year !== null && (year < 1850 || year > 2150)) return false;
  if (calendar === 'lunar') return year === null || exists(CHINESE, year, monthCode(month, leap), day);
  // 2000 is a leap year, so 29 February exists when the year is not known.
  return !leap && exists('iso8601', year ?? 2000, monthCode(month, false), day);
}

function monthCode(month: number, leap: boolean): string {
  return `M${String(month).padStart(2, '0')}${leap ? 'L' : ''}`;
}

function exists(calendar: string, year: number, code: string, day: number): boolean {
  try {
    Temporal.PlainDate.from({ calendar, year, monthCode: code, day }, { overflow: 'reject' });
    return true;
  } catch {
    return false;
  }
}

/** The lunar date of a solar day, with the Chinese year it lies in. */
export function lunarOf(date: string): Birthday {
  const lunar = Temporal.PlainDate.from(date).withCalendar(CHINESE);
  const leap = lunar.monthCode.endsWith('L');
  return {
    calendar: 'lunar',
    year: lunar.year,
    month: Number(lunar.monthCode.slice(1, 3)),
    leap,
    day: lunar.day,
  };
}

/**
 * The solar day on which a birthday is kept in a year of its calendar. A missing 闰月 falls to the plain month, 三十
 * to 廿九 (the last day of the month), 29 February to the 28th.
 */
export function birthdayIn(birthday: Birthday, year: number): string {
  const calendar = birthday.calendar === 'lunar' ? CHINESE : 'iso8601';
  const leap = birthday.leap && exists(calendar, year, monthCode(birthday.month, true), 1);
  const parts = { calendar, year, monthCode: monthCode(birthday.month, leap), day: birthday.day };
  return Temporal.PlainDate.from(parts, { overflow: 'constrain' }).withCalendar('iso8601').toString();
}

/** The next day it is kept, on or after `from` (a date), and the age reached then (null without year; 周岁). */
export function nextBirthday(birthday: Birthday, from: string): { date: string; age: number | null } {
  const start = Temporal.PlainDate.from(from);
  const first = birthday.calendar === 'lunar' ? start.withCalendar(CHINESE).year : start.year;
  let year = first;
  while (birthdayIn(birthday, year) < from) year++;
  return { date: birthdayIn(birthday, year), age: birthday.year === null ? null : year - birthday.year };
}
