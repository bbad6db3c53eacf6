import { toHalfWidth } from './text.shared.ts';

/** Order of the numbers in a date such as 3/5/2024. */
export type DateOrder = 'ymd' | 'dmy' | 'mdy';

/**
 * What a text says about a day, before the order of its numbers is decided. `numbers`: three numbers whose order is
 * open, with the digits of the first and last; `noYear`: month and day only.
 */
export type DateParts =
  | { kind: 'day'; year: number; month: number; day: number }
  | { kind: 'numbers'; a: number; b: number; c: number; yearAt: 'first' | 'last' | 'unknown' }
  | { kind: 'noYear' };

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const monthOf = (word: string) => MONTHS.indexOf(word.slice(0, 3).toLowerCase()) + 1;
const WEEKDAY =
  /[(\s,]*(?:星期|周|礼拜)[一二三四五六日天][)\s,]*|\b(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s*/gi;
const MONTH_WORD =
  '(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?';

const YEAR_FIRST = /^(\d{4})\s*[-/.年\s]\s*(\d{1,2})\s*[-/.月\s]\s*(\d{1,2})\s*[日号]?$/;
const COMPACT = /^(\d{4})(\d{2})(\d{2})$/;
const SHORT_CHINESE = /^(\d{2})年(\d{1,2})月(\d{1,2})[日号]?$/;
const NUMBERS = /^(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{4}|\d{1,2})$/;
const DAY_MONTH_YEAR = new RegExp(
  `^(\\d{1,2})(?:st|nd|rd|th)?[-/.\\s]*${MONTH_WORD}[-/.,\\s]*(\\d{4}|\\d{2})$`,
  'i',
);
const MONTH_DAY_YEAR = new RegExp(
  `^${MONTH_WORD}[-/.\\s]*(\\d{1,2})(?:st|nd|rd|th)?[-/.,\\s]+(\\d{4}|\\d{2})$`,
  'i',
);
const NO_YEAR = new RegExp(
  `^(?:\\d{1,2}[-/.月]\\d{1,2}[日号]?|\\d{1,2}[-\\s]?${MONTH_WORD}|${MONTH_WORD}[-\\s]?\\d{1,2})$`,
  'i',
);

/** Two digits of a year as Excel reads them: 00–29 are 2000–2029, 30–99 are 1930–1999. */
export function fullYear(year: number): number {
  return year >= 100 ? year : year < 30 ? 2000 + year : 1900 + year;
}

/** Takes the weekday off: `2024-03-05 (星期二)`. */
export function withoutWeekday(text: string): string {
  return text.replace(WEEKDAY, ' ').replace(/\s+/g, ' ').trim();
}

/** @param written a date without time of day */
export function readDateParts(written: string): DateParts | undefined {
  const text = withoutWeekday(toHalfWidth(written));
  const day = (year: string, month: number, date: string): DateParts => {
    return {
      kind: 'day',
      year: year.length === 2 ? fullYear(Number(year)) : Number(year),
      month,
      day: Number(date),
    };
  };
  const yearFirst = YEAR_FIRST.exec(text) ?? COMPACT.exec(text) ?? SHORT_CHINESE.exec(text);
  if (yearFirst) return day(yearFirst[1]!, Number(yearFirst[2]), yearFirst[3]!);
  const numbers = NUMBERS.exec(text);
  if (numbers) {
    const [a, b, c] = [Number(numbers[1]), Number(numbers[2]), Number(numbers[3])];
    const [first, last] = [numbers[1]!.length > 1, numbers[3]!.length > 1];
    if (!first && !last) return undefined;
    // A year has two digits or four: a single digit is none, and a number past 31 is no day.
    const yearAt = c > 31 || !first ? 'last' : a > 31 || !last ? 'first' : 'unknown';
    return { kind: 'numbers', a, b, c, yearAt };
  }
  const dayFirst = DAY_MONTH_YEAR.exec(text);
  if (dayFirst) return day(dayFirst[3]!, monthOf(dayFirst[2]!), dayFirst[1]!);
  const monthFirst = MONTH_DAY_YEAR.exec(text);
  if (monthFirst) return day(monthFirst[3]!, monthOf(monthFirst[1]!), monthFirst[2]!);
  return NO_YEAR.test(text) ? { kind: 'noYear' } : undefined;
}

/** ISO date of three numbers; undefined when there is no such day. */
export function isoDay(year: number, month: number, day: number): string | undefined {
  if (year < 1000 || year > 9999) return undefined;
  try {
    return Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' }).toString();
  } catch {
    return undefined;
  }
}

/** The day three numbers mean in an order; undefined when there is no such day. */
export function isoInOrder(a: number, b: number, c: number, order: DateOrder): string | undefined {
  if (order === 'ymd') return isoDay(fullYear(a), b, c);
  return order === 'dmy' ? isoDay(fullYear(c), b, a) : isoDay(fullYear(c), a, b);
}
