import { localToInstant, parseInstant } from '../time/instant.shared.ts';
import {
  type DateOrder,
  type DateParts,
  isoDay,
  isoInOrder,
  readDateParts,
  withoutWeekday,
} from './date-parts.shared.ts';
import { done, failed, type Parsed, type Problem, type Written, writtenText } from './result.shared.ts';
import { isNothing, toHalfWidth } from './text.shared.ts';
import { readTimeOfDay } from './time-of-day.shared.ts';

export type DateOptions = {
  /** How numbers such as 3/5/2024 are to be read: decided over the column, or asked. */
  order?: DateOrder | undefined;
};

/** Day numbers a spreadsheet may have left as text: 1954 to 2118. Others are more likely to be something else. */
const SERIAL = /^([2-7]\d{4})(?:\.(\d+))?$/;
const OFFSET = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}.*(?:Z|[+-]\d{2}:?\d{2})$/i;
const COMPACT_TIME = /^(\d{8})[ T]?(\d{2})(\d{2})(\d{2})?$/;
/** Where the date ends and the time begins: a space, T, or a word such as 下午 directly after 日. */
const TIME_START =
  /[T\s,]*((?:(?:上午|下午|早上|早晨|凌晨|中午|晚上|晚间|傍晚|清晨|夜里)\s*|[ap]\.?m\.?\s*)?\d{1,2}\s*[:时点].*|(?:上午|下午|早上|凌晨|中午|晚上)\s*\d{1,2})$/i;

type Moment = { date: string; time: string | undefined };

/**
 * Decides the order of the numbers over a whole column: `10/20/2016` says month first, `20/10/2016` day first,
 * `2016-10-20` needs no decision. `ambiguous` when values like 3/5/2024 are all there is, or contradict each other:
 * the person has to say.
 */
export function detectDateOrder(samples: Iterable<string>): DateOrder | 'ambiguous' {
  const seen = { ymd: false, dmy: false, mdy: false, open: false };
  for (const sample of samples) {
    const parts = readDateParts(splitTime(toHalfWidth(sample)).date);
    if (parts?.kind !== 'numbers') continue;
    const { a, b, yearAt } = parts;
    if (yearAt === 'first') seen.ymd = true;
    else if (yearAt === 'last' && a > 12 && b <= 12) seen.dmy = true;
    else if (yearAt === 'last' && b > 12 && a <= 12) seen.mdy = true;
    else if (yearAt === 'unknown' || a !== b) seen.open = true;
  }
  const found = (['ymd', 'dmy', 'mdy'] as const).filter((order) => seen[order]);
  if (found.length > 1) return 'ambiguous';
  return found[0] ?? (seen.open ? 'ambiguous' : 'ymd');
}

function splitTime(text: string): { date: string; time: string | undefined } {
  const plain = withoutWeekday(text);
  const match = TIME_START.exec(plain);
  const at = match?.index ?? -1;
  if (!match?.[1] || at <= 0) return { date: plain, time: undefined };
  return { date: plain.slice(0, at), time: match[1] };
}

function readMoment(written: Written, options: DateOptions): Moment | Problem | null {
  if (typeof written !== 'string' && written.kind === 'date')
    return fromDateCell(written.value, written.precision);
  const text = writtenText(written);
  if (typeof text !== 'string') return text;
  if (isNothing(text)) return null;
  const plain = toHalfWidth(text);
  const serial = SERIAL.exec(plain);
  if (serial) return fromSerial(Number(plain));
  const packed = COMPACT_TIME.exec(plain);
  const { date, time } = packed
    ? { date: packed[1]!, time: `${packed[2]}:${packed[3]}:${packed[4] ?? '00'}` }
    : splitTime(plain);
  const parts = readDateParts(date);
  if (!parts) return failed(readTimeOfDay(plain) ? 'time_needs_date' : 'date_unreadable', text);
  const iso = resolveParts(parts, options.order, text);
  if (typeof iso !== 'string') return iso;
  if (time === undefined) return { date: iso, time: undefined };
  const clock = readTimeOfDay(time);
  return clock === undefined ? failed('time_unreadable', text) : { date: iso, time: clock };
}

function fromDateCell(value: string, precision: 'date' | 'datetime' | 'time'): Moment | Problem {
  if (precision === 'time') return failed('time_needs_date', value);
  return { date: value.slice(0, 10), time: precision === 'datetime' ? value.slice(11, 19) : undefined };
}

function fromSerial(serial: number): Moment {
  const seconds = Math.round((serial % 1) * 86_400);
  const at = Temporal.PlainDateTime.from('1899-12-30').add({ days: Math.floor(serial), seconds });
  const time = serial % 1 === 0 ? undefined : at.toPlainTime().toString({ smallestUnit: 'second' });
  return { date: at.toPlainDate().toString(), time };
}

function resolveParts(parts: DateParts, order: DateOrder | undefined, text: string): string | Problem {
  if (parts.kind === 'noYear') return failed('date_needs_year', text);
  if (parts.kind === 'day') {
    return isoDay(parts.year, parts.month, parts.day) ?? failed('date_impossible', text);
  }
  const { a, b, c, yearAt } = parts;
  const allowed: DateOrder[] =
    yearAt === 'first' ? ['ymd'] : yearAt === 'last' ? ['mdy', 'dmy'] : ['ymd', 'mdy', 'dmy'];
  const asked = order !== undefined && allowed.includes(order) ? [order] : allowed;
  const days = [...new Set(asked.flatMap((candidate) => isoInOrder(a, b, c, candidate) ?? []))];
  if (days.length > 1) return failed('date_ambiguous', text, { first: days[0]!, second: days[1]! });
  return days[0] ?? failed('date_impossible', text);
}

/** A day as people write it → `2024-03-05`. A time of day that comes with it is left out. */
export function parseDate(written: Written, options: DateOptions = {}): Parsed<string> {
  const moment = readMoment(written, options);
  if (moment === null) return done<string>(null);
  return 'ok' in moment ? moment : done(moment.date);
}

/**
 * A moment as people write it → RFC 3339 in UTC. Without a zone of its own it is read in the zone given; without a
 * time of day it is the beginning of the day.
 * @param zone of the person who wrote it or whose file it is
 */
export function parseMoment(written: Written, zone: string, options: DateOptions = {}): Parsed<string> {
  if (typeof written === 'string' || written.kind === 'text') {
    const text = (typeof written === 'string' ? written : written.text).trim();
    if (OFFSET.test(text)) {
      const instant = parseInstant(text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
      return instant === undefined ? failed('date_impossible', text) : done(instant);
    }
  }
  const moment = readMoment(written, options);
  if (moment === null) return done<string>(null);
  return 'ok' in moment ? moment : done(localToInstant(`${moment.date}T${moment.time ?? '00:00:00'}`, zone));
}
