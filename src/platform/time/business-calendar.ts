import { type DayKind, nationalDay } from './holidays.ts';

/** Times of day a company works, `["09:00","12:00"]`, in order and apart. */
export type WorkingHours = readonly (readonly [from: string, to: string])[];

/** What a company says of its working days, beyond the national calendar. */
export interface BusinessDays {
  /** Days that differ: a plant holiday, a Saturday worked, or an announcement the installation does not know yet. */
  days: Readonly<Record<string, 'work' | 'rest'>>;
  /** Hours of a working day. */
  hours: WorkingHours;
}

export const DEFAULT_BUSINESS_DAYS: BusinessDays = {
  days: {},
  hours: [
    ['09:00', '12:00'],
    ['13:30', '18:00'],
  ],
};

/** What a day (`2026-10-01`) is at this company. What the company itself says is never an estimate. */
export function businessDay(company: BusinessDays, date: string): DayKind {
  const day = nationalDay(date);
  const own = company.days[date];
  return own ? { ...day, working: own === 'work', estimated: false } : day;
}

export const isWorkday = (company: BusinessDays, date: string): boolean => businessDay(company, date).working;

/** A company that never works would be counted for ever. */
const FARTHEST_DAYS = 40_000;

/**
 * The day `count` working days after (negative: before) a day. Zero gives the day itself if it is a working day, else the
 * next one. It stays within the days that can be stored, 0001-01-01 to 9999-12-31.
 * @throws RangeError when no such day is found within a century
 */
export function addWorkdays(company: BusinessDays, date: string, count: number): string {
  const step = count < 0 ? -1 : 1;
  let left = Math.abs(count);
  let day = Temporal.PlainDate.from(date);
  if (left === 0 && isWorkday(company, date)) return date;
  if (left === 0) left = 1;
  for (let tried = 0; tried < FARTHEST_DAYS; tried++) {
    day = day.add({ days: step });
    if (day.year > 9999 || day.year < 1) return day.subtract({ days: step }).toString();
    if (isWorkday(company, day.toString())) left -= 1;
    if (left === 0) return day.toString();
  }
  throw new RangeError(`no ${count} working days around ${date}`);
}

/** Working days after `from` up to and including `to`; negative when `to` lies before. */
export function workdaysBetween(company: BusinessDays, from: string, to: string): number {
  if (to < from) return -workdaysBetween(company, to, from);
  let count = 0;
  for (let day = Temporal.PlainDate.from(from); day.toString() < to; ) {
    day = day.add({ days: 1 });
    if (isWorkday(company, day.toString())) count += 1;
  }
  return count;
}

/** The first day, looking back from `date`, after which `count` working days have gone by: who was last seen before it is due. */
export const workdaysAgo = (company: BusinessDays, date: string, count: number): string =>
  count === 0 ? date : addWorkdays(company, date, -count);
